package k23.codegen.compiler.translate;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ConstantDesc;
import java.util.ArrayList;
import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Concatenation;
import k23.codegen.compiler.translate.Operand.Piece;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.world.Callee;
import k23.codegen.compiler.world.RecordText;
import k23.codegen.compiler.world.Support;
import k23.codegen.compiler.world.TextUse;
import k23.codegen.cranelift.Block;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;

/**
 * Texts: of concatenations, {@code String.valueOf} and records. Each becomes pieces: strings, and
 * primitives whose digits are still to be written. Where the program holds the text, the pieces are
 * written into a string of the region, otherwise whoever takes the pieces writes them.
 */
public final class Texts {
    private static final char ARGUMENT = '\u0001';
    private static final char CONSTANT = '\u0002';
    private static final String STRING = "Ljava/lang/String;";
    private static final String CHARACTERS = "[C";

    private final Activation activation;

    /** The texts of {@code activation}'s current instruction. */
    public Texts(Activation activation) {
        this.activation = activation;
    }

    /** {@code String.valueOf} of an object. */
    public Operand valueOf(Operand value) {
        return make(List.of(new Piece(null, value, "Ljava/lang/Object;")));
    }

    /** The text of a record, component by component. */
    Operand ofRecord(Tuple record) {
        List<Piece> pieces = new ArrayList<>();
        addComponents(record, pieces);
        return finish(TextUse.STRING, pieces);
    }

    /** A concatenation. */
    Operand concatenate(InvokeDynamicInstruction call, List<Operand> arguments) {
        List<ConstantDesc> constants = call.bootstrapArgs();
        String recipe = (String) constants.getFirst();
        List<Piece> pieces = new ArrayList<>();
        int nextArgument = 0;
        int nextConstant = 1;
        int start = 0;
        for (int i = 0; i <= recipe.length(); i++) {
            char c = i == recipe.length() ? ARGUMENT : recipe.charAt(i);
            if (c != ARGUMENT && c != CONSTANT) {
                continue;
            }
            if (i > start) {
                pieces.add(new Piece(recipe.substring(start, i), null, null));
            }
            start = i + 1;
            if (i < recipe.length() && c == ARGUMENT) {
                pieces.add(new Piece(null, arguments.get(nextArgument), call.typeSymbol()
                        .parameterType(nextArgument).descriptorString()));
                nextArgument++;
            } else if (i < recipe.length()) {
                pieces.add(new Piece(constants.get(nextConstant++).toString(), null, null));
            }
        }
        return make(pieces);
    }

    private Operand make(List<Piece> pieces) {
        TextUse use = TextUse.of(activation.code().world().resolver(), activation.method(),
                activation.index());
        if (use == TextUse.MESSAGE) {
            return new Concatenation(List.copyOf(pieces));
        }
        List<Piece> plain = new ArrayList<>();
        pieces.forEach(piece -> add(piece, plain));
        return finish(use, plain);
    }

    private Operand finish(TextUse use, List<Piece> pieces) {
        return use == TextUse.STRING ? string(pieces) : new Concatenation(List.copyOf(pieces));
    }

    // Pieces

    private void add(Piece piece, List<Piece> into) {
        if (piece.text() != null) {
            into.add(piece);
            return;
        }
        switch (piece.operand()) {
            case Concatenation nested -> into.addAll(nested.pieces());
            case Tuple tuple -> addRecord(tuple, into);
            case Reference reference -> into.add(new Piece(null, text(reference), STRING));
            case Word word -> into.add(new Piece(null, word, switch (piece.descriptor()) {
                case "B", "S", "I", "J" -> "J";
                default -> piece.descriptor();
            }));
            default -> activation.code().value(piece.operand());
        }
    }

    private void addRecord(Tuple record, List<Piece> into) {
        if (RecordText.isAddress(record.type())) {
            into.add(new Piece(null, record.components().getFirst(), Piece.ADDRESS));
            return;
        }
        var own = RecordText.own(activation.code().world().resolver(), record.type());
        if (own != null) {
            into.add(new Piece(null, new CallInstructions(activation).direct(own,
                    List.of(record), true), STRING));
        } else {
            addComponents(record, into);
        }
    }

    private void addComponents(Tuple record, List<Piece> into) {
        RecordType type = record.type();
        for (int i = 0; i < type.components().size(); i++) {
            into.add(new Piece(RecordText.before(type, i), null, null));
            add(new Piece(null, record.components().get(i),
                    type.components().get(i).type().descriptor()), into);
        }
        into.add(new Piece(RecordText.before(type, type.components().size()), null, null));
    }

    /** The string that stands for an object, or null for null. */
    private Operand text(Reference reference) {
        if (reference.type().equals("java/lang/String") || reference.isNull()) {
            return reference.as("java/lang/String");
        }
        Callee callee = activation.code().world().resolver().resolve(Opcode.INVOKEVIRTUAL,
                reference.type(), "toString", "()" + STRING);
        if (callee instanceof Callee.Refused || reference.type().startsWith("[")) {
            throw new Refusal(Problem.CONCATENATION, "a value of type "
                    + reference.type().replace('/', '.') + " has no text form");
        }
        if (activation.code().isNonNull(reference)) {
            return textOf(callee, reference);
        }
        FunctionBuilder f = activation.f();
        Merge merge = new Merge(activation.code(), ReferenceType.STRING);
        Block isNull = f.createBlock();
        Block isThere = f.createBlock();
        Value value = activation.code().value(reference);
        f.brif(value, isThere, isNull);
        f.switchTo(isNull);
        merge.arrive(Reference.NULL);
        f.switchTo(isThere);
        merge.arrive(textOf(callee, Reference.nonNull(value, reference.type())));
        return merge.leave();
    }

    private Operand textOf(Callee toString, Reference reference) {
        List<Operand> stack = List.copyOf(activation.stack());
        Operand text = new CallInstructions(activation).call(toString, List.of(reference));
        if (text == null) {
            // It always throws. What follows is translated all the same, and never runs.
            activation.f().switchTo(activation.f().createBlock());
            activation.revive(stack);
            return Reference.NULL;
        }
        return text;
    }

    // Strings

    Operand literal(String text) {
        return Reference.image(activation.code().world().heap().stringSymbol(text),
                "java/lang/String", text);
    }

    private Operand string(List<Piece> pieces) {
        if (pieces.size() == 1 && pieces.getFirst().operand() instanceof Reference reference) {
            return call("orNull", "(" + STRING + ")" + STRING, reference);
        }
        Word length = Word.ofInt(pieces.stream().filter(piece -> piece.text() != null)
                .mapToInt(piece -> piece.text().length()).sum());
        for (Piece piece : pieces) {
            if (piece.text() == null) {
                Word part = piece.descriptor().equals(Piece.ADDRESS)
                        ? (Word) call("addressLength", "(J)I", piece.operand())
                        : (Word) call("length", "(" + piece.descriptor() + ")I", piece.operand());
                length = sum(length, part);
            }
        }
        Reference characters = new ArrayInstructions(activation).make(CHARACTERS, length);
        Operand at = Word.ofInt(0);
        for (Piece piece : pieces) {
            boolean isAddress = piece.text() == null && piece.descriptor().equals(Piece.ADDRESS);
            String type = piece.text() != null ? STRING : isAddress ? "J" : piece.descriptor();
            at = call(isAddress ? "putAddress" : "put", "(" + CHARACTERS + "I" + type + ")I",
                    characters, at,
                    piece.text() != null ? literal(piece.text()) : piece.operand());
        }
        return seal(activation, characters);
    }

    private Word sum(Word x, Word y) {
        FunctionCode code = activation.code();
        return code.intWord(code.f().iadd(code.narrow(x), code.narrow(y)));
    }

    private Operand call(String name, String descriptor, Operand... arguments) {
        return new CallInstructions(activation).direct(Support.text(
                activation.code().world().repository(), name, descriptor).method(),
                List.of(arguments), false);
    }

    /** Turns an array of characters into the string of them: they differ in nothing but type. */
    public static Reference seal(Activation activation, Reference characters) {
        activation.f().store(MemoryFlags.TRUSTED, activation.f().iconst(Type.I32,
                activation.code().world().typeIds().id("java/lang/String")),
                activation.code().value(characters), Layouts.TYPE_ID);
        return new Reference(activation.code().value(characters), null, "java/lang/String", true,
                null);
    }
}
