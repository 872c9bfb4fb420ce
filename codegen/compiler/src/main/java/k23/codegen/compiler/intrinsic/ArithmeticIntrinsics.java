package k23.codegen.compiler.intrinsic;

import java.util.List;
import java.util.Map;
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
        for (boolean isLong : new boolean[] {false, true}) {
            addBits(table, isLong);
            addUnsigned(table, isLong);
            addMath(table, isLong);
        }
        addNarrow(table);
        table.put("java/lang/Integer.toUnsignedLong(I)J", (a, args) ->
                Word.ofLong(a.code().unsigned((Word) args.getFirst())));
        binary(table, "java/lang/Math.multiplyHigh(JJ)J", true, FunctionBuilder::smulhi);
        binary(table, "java/lang/Math.unsignedMultiplyHigh(JJ)J", true, FunctionBuilder::umulhi);
        table.put("java/lang/Math.multiplyFull(II)J", (a, args) -> Word.ofLong(a.f().imul(
                wide(a, args, 0), wide(a, args, 1))));
    }

    /** Conversions of what is narrower than an {@code int}. */
    private static void addNarrow(Map<String, Emitter> table) {
        table.put("java/lang/Byte.toUnsignedInt(B)I", (a, args) ->
                Word.ofInt(a.f().bandImm(wide(a, args, 0), 0xff)));
        table.put("java/lang/Short.toUnsignedInt(S)I", (a, args) ->
                Word.ofInt(a.f().bandImm(wide(a, args, 0), 0xffff)));
        table.put("java/lang/Byte.toUnsignedLong(B)J", (a, args) ->
                Word.ofLong(a.f().bandImm(wide(a, args, 0), 0xff)));
        table.put("java/lang/Short.toUnsignedLong(S)J", (a, args) ->
                Word.ofLong(a.f().bandImm(wide(a, args, 0), 0xffff)));
        table.put("java/lang/Short.reverseBytes(S)S", (a, args) -> Word.ofInt(a.f().sextend(
                Type.I64, a.f().bswap(a.f().ireduce(Type.I16, wide(a, args, 0))))));
        table.put("java/lang/Character.reverseBytes(C)C", (a, args) -> Word.ofInt(a.f().uextend(
                Type.I64, a.f().bswap(a.f().ireduce(Type.I16, wide(a, args, 0))))));
    }

    /** The argument as an I64. */
    private static Value wide(Activation a, List<Operand> args, int index) {
        return a.code().value(args.get(index));
    }

    /** The argument as an I32 or, for a {@code long}, an I64. */
    private static Value argument(Activation a, List<Operand> args, int index, boolean isLong) {
        return isLong ? wide(a, args, index) : a.code().narrow((Word) args.get(index));
    }

    private static Word result(Activation a, Value value, boolean isLong) {
        return isLong ? Word.ofLong(value) : a.code().intWord(value);
    }

    /** An operation that gives a number of its operand's type. */
    private static void unary(Map<String, Emitter> table, String key, boolean isLong,
            Unary emitter) {
        table.put(key, (a, args) -> result(a,
                emitter.emit(a.f(), argument(a, args, 0, isLong)), isLong));
    }

    /** An operation that gives a small number as an {@code int}. */
    private static void count(Map<String, Emitter> table, String key, boolean isLong,
            Unary emitter) {
        table.put(key, (a, args) -> a.code().intWord(
                emitter.emit(a.f(), argument(a, args, 0, isLong))));
    }

    private static void binary(Map<String, Emitter> table, String key, boolean isLong,
            Binary emitter) {
        table.put(key, (a, args) -> result(a, emitter.emit(a.f(),
                argument(a, args, 0, isLong), argument(a, args, 1, isLong)), isLong));
    }

    /** An operation on the sign-extended numbers, whose result is one of them. */
    private static void choice(Map<String, Emitter> table, String key, boolean isLong,
            Binary emitter) {
        table.put(key, (a, args) -> result(a, emitter.emit(a.f(), wide(a, args, 0),
                wide(a, args, 1)), isLong));
    }

    private static String owner(boolean isLong) {
        return isLong ? "java/lang/Long." : "java/lang/Integer.";
    }

    private static void addBits(Map<String, Emitter> table, boolean isLong) {
        String owner = owner(isLong);
        String t = isLong ? "J" : "I";
        Type type = isLong ? Type.I64 : Type.I32;
        String one = "(" + t + ")";
        count(table, owner + "numberOfLeadingZeros" + one + "I", isLong, FunctionBuilder::clz);
        count(table, owner + "numberOfTrailingZeros" + one + "I", isLong, FunctionBuilder::ctz);
        count(table, owner + "bitCount" + one + "I", isLong, FunctionBuilder::popcnt);
        unary(table, owner + "reverse" + one + t, isLong, FunctionBuilder::bitrev);
        unary(table, owner + "reverseBytes" + one + t, isLong, FunctionBuilder::bswap);
        unary(table, owner + "lowestOneBit" + one + t, isLong,
                (f, x) -> f.band(x, f.ineg(x)));
        unary(table, owner + "highestOneBit" + one + t, isLong, (f, x) -> f.band(x,
                f.ushr(f.iconst(type, isLong ? Long.MIN_VALUE : Integer.MIN_VALUE), f.clz(x))));
        for (boolean isLeft : new boolean[] {false, true}) {
            table.put(owner + (isLeft ? "rotateLeft(" : "rotateRight(") + t + "I)" + t,
                    (a, args) -> result(a, ((Word) args.get(1)).isConstant()
                            ? rotate(a.f(), argument(a, args, 0, isLong),
                                    ((Word) args.get(1)).bits(), isLeft)
                            : rotate(a.f(), argument(a, args, 0, isLong),
                                    argument(a, args, 1, false), isLeft), isLong));
        }
        table.put(owner + "signum" + one + "I", (a, args) -> Word.ofInt(compare(a.f(),
                wide(a, args, 0), a.f().iconst(Type.I64, 0),
                IntCondition.SIGNED_GREATER_THAN)));
    }

    /**
     * A rotation as two shifts, whose counts are taken modulo the width: without Zbb Cranelift's
     * own rotation is three times as long.
     */
    private static Value rotate(FunctionBuilder f, Value x, Value amount, boolean isLeft) {
        Value rest = f.ineg(amount);
        Value high = f.ishl(x, isLeft ? amount : rest);
        Value low = f.ushr(x, isLeft ? rest : amount);
        return x.type() == Type.I64 ? f.bor(high, low)
                : f.bor(f.sextend(Type.I64, high), f.sextend(Type.I64, low));
    }

    /**
     * A rotation by a constant. The halves are added: were they or-ed, Cranelift would make its own
     * rotation of them again. With no bit in common the sum is the same.
     */
    private static Value rotate(FunctionBuilder f, Value x, long amount, boolean isLeft) {
        int width = x.type() == Type.I64 ? 64 : 32;
        long left = (isLeft ? amount : -amount) & width - 1;
        if (left == 0) {
            return width == 64 ? x : f.sextend(Type.I64, x);
        }
        Value high = f.ishl(x, f.iconst(Type.I32, left));
        Value low = f.ushr(x, f.iconst(Type.I32, width - left));
        return width == 64 ? f.iadd(high, low)
                : f.iadd(f.sextend(Type.I64, high), f.sextend(Type.I64, low));
    }

    /** -1, 0 or 1 as an I64. */
    private static Value compare(FunctionBuilder f, Value x, Value y, IntCondition greater) {
        Value above = f.uextend(Type.I64, f.icmp(greater, x, y));
        Value below = f.uextend(Type.I64, f.icmp(greater, y, x));
        return f.isub(above, below);
    }

    private static void addUnsigned(Map<String, Emitter> table, boolean isLong) {
        String owner = owner(isLong);
        String t = isLong ? "J" : "I";
        String two = "(" + t + t + ")";
        // Sign extension keeps the order of 32-bit numbers, signed and unsigned.
        table.put(owner + "compareUnsigned" + two + "I", (a, args) -> Word.ofInt(compare(a.f(),
                wide(a, args, 0), wide(a, args, 1), IntCondition.UNSIGNED_GREATER_THAN)));
        table.put(owner + "compare" + two + "I", (a, args) -> Word.ofInt(compare(a.f(),
                wide(a, args, 0), wide(a, args, 1), IntCondition.SIGNED_GREATER_THAN)));
        binary(table, owner + "divideUnsigned" + two + t, isLong, FunctionBuilder::udiv);
        binary(table, owner + "remainderUnsigned" + two + t, isLong, FunctionBuilder::urem);
        binary(table, owner + "sum" + two + t, isLong, FunctionBuilder::iadd);
        choice(table, owner + "min" + two + t, isLong, FunctionBuilder::smin);
        choice(table, owner + "max" + two + t, isLong, FunctionBuilder::smax);
    }

    private static void addMath(Map<String, Emitter> table, boolean isLong) {
        String t = isLong ? "J" : "I";
        String two = "(" + t + t + ")" + t;
        choice(table, "java/lang/Math.min" + two, isLong, FunctionBuilder::smin);
        choice(table, "java/lang/Math.max" + two, isLong, FunctionBuilder::smax);
        unary(table, "java/lang/Math.abs(" + t + ")" + t, isLong, FunctionBuilder::iabs);
    }
}
