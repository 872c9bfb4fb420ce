package k23.codegen.compiler.translate;

import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Concatenation;
import k23.codegen.compiler.translate.Operand.Piece;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.world.Support;

/** Writes a concatenation straight to the log, piece by piece. */
final class LogCalls {
    private static final String STRING = "Ljava/lang/String;";

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
                call("begin", "(" + STRING + ")V", string(name));
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
                call("append", "(" + STRING + ")V", string(piece.text()));
            } else if (piece.descriptor().equals(Piece.ADDRESS)) {
                call("appendHex", "(J)V", piece.operand());
            } else if (piece.descriptor().equals(STRING)) {
                Operand shown = activation.call("k23/codegen/compiler/support/JavaText", "orNull",
                        "(" + STRING + ")" + STRING, piece.operand());
                call("append", "(" + STRING + ")V", shown);
            } else if (piece.descriptor().equals("F") || piece.descriptor().equals("D")) {
                new CallInstructions(activation).direct(Support.text(
                        activation.code().world().repository(), "append",
                        "(" + piece.descriptor() + ")V").method(),
                        List.of(piece.operand()), false);
            } else {
                call("append", "(" + piece.descriptor() + ")V", piece.operand());
            }
        }
    }
}
