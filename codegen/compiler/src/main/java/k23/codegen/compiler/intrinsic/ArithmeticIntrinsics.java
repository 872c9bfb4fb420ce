package k23.codegen.compiler.intrinsic;

import java.util.Map;
import java.util.function.BiFunction;
import k23.codegen.compiler.translate.Activation;
import k23.codegen.compiler.translate.Operand;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.IntCondition;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;

/** Helpers of {@code Integer}, {@code Long}, {@code Short}, {@code Byte} and {@code Math}. */
final class ArithmeticIntrinsics {
    private interface Unary {
        Value emit(FunctionBuilder f, Value x);
    }

    private interface Binary {
        Value emit(FunctionBuilder f, Value x, Value y);
    }

    private ArithmeticIntrinsics() {}

    static void addTo(Map<String, Emitter> table) {
        addBits(table, "java/lang/Integer.", "I", Type.I32);
        addBits(table, "java/lang/Long.", "J", Type.I64);
        addUnsigned(table, "java/lang/Integer.", "I");
        addUnsigned(table, "java/lang/Long.", "J");
        addMath(table, "I");
        addMath(table, "J");
        unary(table, "java/lang/Integer.toUnsignedLong(I)J", (f, x) -> f.uextend(Type.I64, x));
        unary(table, "java/lang/Byte.toUnsignedInt(B)I", (f, x) -> f.bandImm(x, 0xff));
        unary(table, "java/lang/Short.toUnsignedInt(S)I", (f, x) -> f.bandImm(x, 0xffff));
        unary(table, "java/lang/Byte.toUnsignedLong(B)J",
                (f, x) -> f.uextend(Type.I64, f.bandImm(x, 0xff)));
        unary(table, "java/lang/Short.toUnsignedLong(S)J",
                (f, x) -> f.uextend(Type.I64, f.bandImm(x, 0xffff)));
        unary(table, "java/lang/Short.reverseBytes(S)S", (f, x) ->
                f.sextend(Type.I32, f.bswap(f.ireduce(Type.I16, x))));
        unary(table, "java/lang/Character.reverseBytes(C)C", (f, x) ->
                f.uextend(Type.I32, f.bswap(f.ireduce(Type.I16, x))));
        unary(table, "java/lang/Math.abs(I)I", FunctionBuilder::iabs);
        unary(table, "java/lang/Math.abs(J)J", FunctionBuilder::iabs);
        binary(table, "java/lang/Math.multiplyHigh(JJ)J", FunctionBuilder::smulhi);
        binary(table, "java/lang/Math.unsignedMultiplyHigh(JJ)J", FunctionBuilder::umulhi);
        binary(table, "java/lang/Math.multiplyFull(II)J", (f, x, y) ->
                f.imul(f.sextend(Type.I64, x), f.sextend(Type.I64, y)));
    }

    private static void unary(Map<String, Emitter> table, String key, Unary emitter) {
        table.put(key, (a, args) -> Word.of(emitter.emit(a.f(), value(a, args.get(0)))));
    }

    private static void binary(Map<String, Emitter> table, String key, Binary emitter) {
        table.put(key, (a, args) -> Word.of(emitter.emit(a.f(), value(a, args.get(0)),
                value(a, args.get(1)))));
    }

    private static Value value(Activation a, Operand operand) {
        return a.code().value(operand);
    }

    private static void addBits(Map<String, Emitter> table, String owner, String t, Type type) {
        String one = "(" + t + ")";
        BiFunction<FunctionBuilder, Value, Value> asInt = (f, x) ->
                type == Type.I64 ? f.ireduce(Type.I32, x) : x;
        unary(table, owner + "numberOfLeadingZeros" + one + "I",
                (f, x) -> asInt.apply(f, f.clz(x)));
        unary(table, owner + "numberOfTrailingZeros" + one + "I",
                (f, x) -> asInt.apply(f, f.ctz(x)));
        unary(table, owner + "bitCount" + one + "I", (f, x) -> asInt.apply(f, f.popcnt(x)));
        unary(table, owner + "reverse" + one + t, FunctionBuilder::bitrev);
        unary(table, owner + "reverseBytes" + one + t, FunctionBuilder::bswap);
        unary(table, owner + "lowestOneBit" + one + t, (f, x) -> f.band(x, f.ineg(x)));
        unary(table, owner + "highestOneBit" + one + t, (f, x) -> f.band(x,
                f.ushr(f.iconst(type, type == Type.I32 ? Integer.MIN_VALUE : Long.MIN_VALUE),
                        f.clz(x))));
        binary(table, owner + "rotateLeft(" + t + "I)" + t, FunctionBuilder::rotl);
        binary(table, owner + "rotateRight(" + t + "I)" + t, FunctionBuilder::rotr);
        unary(table, owner + "signum" + one + "I", (f, x) -> {
            Value zero = f.iconst(type, 0);
            Value above = f.icmp(IntCondition.SIGNED_GREATER_THAN, x, zero);
            Value below = f.icmp(IntCondition.SIGNED_LESS_THAN, x, zero);
            return f.isub(f.uextend(Type.I32, above), f.uextend(Type.I32, below));
        });
    }

    private static Value compare(FunctionBuilder f, Value x, Value y, IntCondition greater) {
        Value above = f.uextend(Type.I32, f.icmp(greater, x, y));
        Value below = f.uextend(Type.I32, f.icmp(greater, y, x));
        return f.isub(above, below);
    }

    private static void addUnsigned(Map<String, Emitter> table, String owner, String t) {
        String two = "(" + t + t + ")";
        binary(table, owner + "compareUnsigned" + two + "I",
                (f, x, y) -> compare(f, x, y, IntCondition.UNSIGNED_GREATER_THAN));
        binary(table, owner + "compare" + two + "I",
                (f, x, y) -> compare(f, x, y, IntCondition.SIGNED_GREATER_THAN));
        binary(table, owner + "divideUnsigned" + two + t, FunctionBuilder::udiv);
        binary(table, owner + "remainderUnsigned" + two + t, FunctionBuilder::urem);
        binary(table, owner + "sum" + two + t, FunctionBuilder::iadd);
        binary(table, owner + "min" + two + t, FunctionBuilder::smin);
        binary(table, owner + "max" + two + t, FunctionBuilder::smax);
    }

    private static void addMath(Map<String, Emitter> table, String t) {
        String two = "(" + t + t + ")" + t;
        binary(table, "java/lang/Math.min" + two, FunctionBuilder::smin);
        binary(table, "java/lang/Math.max" + two, FunctionBuilder::smax);
    }
}
