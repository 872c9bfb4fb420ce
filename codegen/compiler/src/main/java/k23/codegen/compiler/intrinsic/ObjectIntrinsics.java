package k23.codegen.compiler.intrinsic;

import java.util.List;
import java.util.Map;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Activation;
import k23.codegen.compiler.translate.FunctionCode;
import k23.codegen.compiler.translate.Operand;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.translate.Texts;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.ObjectLayout;
import k23.codegen.cranelift.IntCondition;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.TrapKind;

/** What strings, enums, arrays and {@code Objects} have built in. */
final class ObjectIntrinsics {
    private static final String STRING = "java/lang/String.";

    private ObjectIntrinsics() {}

    static void addTo(Map<String, Emitter> table) {
        table.put(STRING + "length()I", (a, args) -> length(a, a.reference(args.getFirst())));
        table.put(STRING + "charAt(I)C", ObjectIntrinsics::charAt);
        // What javac makes of a piece of a concatenation that is no primitive and no string.
        table.put(STRING + "valueOf(Ljava/lang/Object;)Ljava/lang/String;", (a, args) ->
                new Texts(a).valueOf(args.getFirst()));
        table.put("k23/codegen/compiler/support/JavaText.seal([C)Ljava/lang/String;",
                (a, args) -> Texts.seal(a, a.code().checkNull(a.reference(args.getFirst()))));
        table.put("java/lang/Enum.ordinal()I", (a, args) ->
                field(a, args.getFirst(), Scalar.INT, ObjectLayout.ENUM_ORDINAL));
        for (String method : List.of("name", "toString")) {
            table.put("java/lang/Enum." + method + "()Ljava/lang/String;", (a, args) ->
                    field(a, args.getFirst(), ReferenceType.STRING, ObjectLayout.ENUM_NAME));
        }
        table.put("java/lang/Enum.equals(Ljava/lang/Object;)Z", (a, args) ->
                a.code().comparison(IntCondition.EQUAL,
                        a.code().value(a.code().checkNull(a.reference(args.get(0)))),
                        a.code().value(args.get(1))));
        table.put("java/lang/Enum.compareTo(Ljava/lang/Enum;)I", (a, args) -> Word.ofInt(a.f().isub(
                a.code().value(field(a, args.get(0), Scalar.INT, ObjectLayout.ENUM_ORDINAL)),
                a.code().value(field(a, args.get(1), Scalar.INT, ObjectLayout.ENUM_ORDINAL)))));
        table.put("java/lang/Enum.hashCode()I", (a, args) ->
                field(a, args.getFirst(), Scalar.INT, ObjectLayout.ENUM_ORDINAL));
        table.put("java/util/Objects.requireNonNull(Ljava/lang/Object;)Ljava/lang/Object;",
                ObjectIntrinsics::requireNonNull);
        table.put("java/util/Objects.requireNonNull(Ljava/lang/Object;Ljava/lang/String;)"
                + "Ljava/lang/Object;", ObjectIntrinsics::requireNonNull);
        table.put("java/util/Objects.checkIndex(II)I", (a, args) -> checkIndex(a, args));
        table.put("java/util/Objects.checkIndex(JJ)J", (a, args) -> checkIndex(a, args));
        table.put("array.clone", ObjectIntrinsics::cloneArray);
        table.put("java/lang/System.arraycopy(Ljava/lang/Object;ILjava/lang/Object;II)V",
                ObjectIntrinsics::arraycopy);
    }

    private static Word length(Activation a, Reference array) {
        if (array.host() instanceof String text) {
            return Word.ofInt(text.length());
        }
        return Word.ofInt(a.code().wideLength(array));
    }

    private static Operand charAt(Activation a, List<Operand> args) {
        Reference string = a.reference(args.getFirst());
        FunctionCode code = a.code();
        Value index = code.value(args.get(1));
        code.requireBelow(index, code.wideLength(string), TrapKind.BOUNDS);
        Value place = code.f().iadd(code.value(string), code.f().ishlImm(index, 1));
        return Word.ofInt(code.f().uload16(Type.I64, MemoryFlags.TRUSTED, place, Layouts.BODY));
    }

    private static Operand field(Activation a, Operand object, JavaType type, int offset) {
        Reference reference = a.reference(object);
        MemoryFlags flags = a.code().access(reference, offset);
        return a.code().load(type, flags, a.code().value(reference), offset);
    }

    private static Operand requireNonNull(Activation a, List<Operand> args) {
        if (args.getFirst() instanceof Tuple tuple) {
            return tuple;
        }
        Reference reference = a.reference(args.getFirst());
        Reference checked = a.code().checkNull(reference);
        a.replaceOnStack(reference, checked);
        return checked;
    }

    private static Operand checkIndex(Activation a, List<Operand> args) {
        FunctionCode code = a.code();
        Value index = code.value(args.get(0));
        Value length = code.value(args.get(1));
        Value zero = code.f().iconst(Type.I64, 0);
        code.f().trapnz(code.f().icmp(IntCondition.SIGNED_LESS_THAN, length, zero),
                code.trapCode(TrapKind.BOUNDS));
        code.requireBelow(index, length, TrapKind.BOUNDS);
        return args.getFirst();
    }

    /** Only what an enum's {@code values()} does: its array is read-only and need not be copied. */
    private static Operand cloneArray(Activation a, List<Operand> args) {
        if (a.method().owner().isEnum() && a.method().name().equals("values")) {
            return args.getFirst();
        }
        throw new Refusal(Problem.UNSUPPORTED_METHOD, "clone of an array");
    }

    private static Operand arraycopy(Activation a, List<Operand> args) {
        FunctionCode code = a.code();
        Reference from = code.checkNull(a.reference(args.get(0)));
        Reference to = code.checkNull(a.reference(args.get(2)));
        if (!from.type().startsWith("[") || !to.type().equals(from.type())) {
            throw new Refusal(Problem.UNSUPPORTED_METHOD,
                    "System.arraycopy of arrays whose type is not known to be the same");
        }
        int stride = Layouts.stride(a.type(from.type().substring(1)));
        Value fromAt = code.unsigned((Word) args.get(1));
        Value toAt = code.unsigned((Word) args.get(3));
        Value count = code.unsigned((Word) args.get(4));
        checkRange(code, fromAt, count, from);
        checkRange(code, toAt, count, to);
        a.call("k23/sdk/memory/RawMemory", "copy", "(JJJ)V",
                Word.ofLong(place(code, from, fromAt, stride)),
                Word.ofLong(place(code, to, toAt, stride)),
                Word.ofLong(code.f().imulImm(count, stride)));
        return null;
    }

    /** Traps unless {@code 0 <= at && 0 <= count && at + count <= length}. */
    private static void checkRange(FunctionCode code, Value at, Value count, Reference array) {
        Value end = code.f().iadd(at, count);
        Value isOutside = code.f().icmp(IntCondition.UNSIGNED_GREATER_THAN, end,
                code.wideLength(array));
        code.f().trapnz(isOutside, code.trapCode(TrapKind.BOUNDS));
    }

    private static Value place(FunctionCode code, Reference array, Value at, int stride) {
        Value offset = code.f().imulImm(at, stride);
        return code.f().iaddImm(code.f().iadd(code.value(array), offset), Layouts.BODY);
    }
}
