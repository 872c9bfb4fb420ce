package k23.codegen.compiler.translate;

import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Concatenation;
import k23.codegen.compiler.translate.Operand.Piece;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.world.ObjectLayout;
import k23.codegen.compiler.world.Support;

/** Writes a concatenation straight to the log, piece by piece. */
final class LogCalls {
    private final Activation activation;

    LogCalls(Activation activation) {
        this.activation = activation;
    }

    static boolean isLog(String owner) {
        return owner.equals("k23/sdk/Log");
    }

    /** Expands a call of {@code Log.name}; false when no argument is a concatenation. */
    boolean expand(String name, List<Operand> arguments) {
        if (arguments.size() != 1 || !(arguments.getFirst() instanceof Concatenation text)) {
            return false;
        }
        switch (name) {
            case "info", "warn", "error" -> {
                call("begin", "(Ljava/lang/String;)V", string(name));
                append(text);
                call("end", "()V");
            }
            case "print", "append" -> append(text);
            default -> throw new Refusal(Problem.CONCATENATION, "argument of Log." + name);
        }
        return true;
    }

    private Operand string(String text) {
        return Reference.image(activation.code().world().heap().stringSymbol(text),
                "java/lang/String", text);
    }

    private void call(String name, String descriptor, Operand... arguments) {
        new CallInstructions(activation).direct(Support.log(
                activation.code().world().repository(), name, descriptor).method(),
                List.of(arguments), false);
    }

    private void append(Concatenation text) {
        for (Piece piece : text.pieces()) {
            if (piece.text() != null) {
                call("append", "(Ljava/lang/String;)V", string(piece.text()));
            } else {
                append(piece);
            }
        }
    }

    private void append(Piece piece) {
        switch (piece.operand()) {
            case Concatenation nested -> append(nested);
            case Tuple tuple -> appendRecord(tuple);
            case Reference reference -> appendReference(reference, piece.descriptor());
            default -> {
                String type = switch (piece.descriptor()) {
                    case "B", "S" -> "I";
                    case "F", "D" -> throw new Refusal(Problem.FLOAT, "in a log line");
                    default -> piece.descriptor();
                };
                call("append", "(" + type + ")V", piece.operand());
            }
        }
    }

    private void appendRecord(Tuple tuple) {
        switch (tuple.type().name()) {
            case "k23/sdk/word/Address", "k23/sdk/word/PhysAddress", "k23/sdk/word/Mmio" ->
                    call("appendHex", "(J)V", tuple.components().getFirst());
            default -> throw new Refusal(Problem.CONCATENATION,
                    tuple.type().name().replace('/', '.') + " has no text form");
        }
    }

    private void appendReference(Reference reference, String descriptor) {
        if (reference.isNull()) {
            call("append", "(Ljava/lang/String;)V", string("null"));
            return;
        }
        var repository = activation.code().world().repository();
        if (repository.isSubclass(reference.type(), "java/lang/Enum")) {
            FunctionCode code = activation.code();
            Operand name = code.load(ReferenceType.STRING,
                    code.access(reference, ObjectLayout.ENUM_NAME + Layouts.BODY),
                    code.value(reference), ObjectLayout.ENUM_NAME);
            call("append", "(Ljava/lang/String;)V", name);
        } else if (reference.type().equals("java/lang/String")) {
            call("append", "(Ljava/lang/String;)V", reference);
        } else {
            throw new Refusal(Problem.CONCATENATION, "a value of type "
                    + descriptor.replace('/', '.') + " has no text form");
        }
    }
}
