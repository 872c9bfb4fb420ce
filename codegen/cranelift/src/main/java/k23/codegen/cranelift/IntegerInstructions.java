package k23.codegen.cranelift;

import java.util.BitSet;
import java.util.List;

/**
 * Integer instructions. Operands of one instruction have one type, which is the result's too,
 * unless said otherwise; shift amounts may have any integer type and are taken modulo the width.
 */
public abstract sealed class IntegerInstructions extends FunctionWriter
        permits FloatInstructions {
    private final BitSet comparisons = new BitSet();
    private final BitSet wideComparisons = new BitSet();

    IntegerInstructions(String name, Signature signature) {
        super(name, signature);
    }

    /** A constant; the bits above the type's width are ignored. Not for {@link Type#I128}. */
    public final Value iconst(Type type, long value) {
        if (!type.isInteger() || type == Type.I128) {
            throw new IllegalArgumentException("iconst of " + type.clifName());
        }
        instruction(Opcode.ICONST, type, 0);
        longWord(value);
        return newValue(type);
    }

    /** Sum, wrapping. */
    public final Value iadd(Value x, Value y) {
        integer(Opcode.IADD, x);
        return binary(Opcode.IADD, x, y);
    }

    /** Difference, wrapping. */
    public final Value isub(Value x, Value y) {
        integer(Opcode.ISUB, x);
        return binary(Opcode.ISUB, x, y);
    }

    /** Product, wrapping. */
    public final Value imul(Value x, Value y) {
        integer(Opcode.IMUL, x);
        return binary(Opcode.IMUL, x, y);
    }

    /** The upper half of the unsigned product. */
    public final Value umulhi(Value x, Value y) {
        integer(Opcode.UMULHI, x);
        return binary(Opcode.UMULHI, x, y);
    }

    /** The upper half of the signed product. */
    public final Value smulhi(Value x, Value y) {
        integer(Opcode.SMULHI, x);
        return binary(Opcode.SMULHI, x, y);
    }

    /** Unsigned quotient; traps with {@link TrapCode#INTEGER_DIVISION_BY_ZERO}. */
    public final Value udiv(Value x, Value y) {
        integer(Opcode.UDIV, x);
        return binary(Opcode.UDIV, x, y);
    }

    /**
     * Signed quotient; traps as {@link #udiv}, and with
     * {@link TrapCode#INTEGER_OVERFLOW} for the least integer by -1.
     */
    public final Value sdiv(Value x, Value y) {
        integer(Opcode.SDIV, x);
        return binary(Opcode.SDIV, x, y);
    }

    /** Unsigned remainder; traps as {@link #udiv}. */
    public final Value urem(Value x, Value y) {
        integer(Opcode.UREM, x);
        return binary(Opcode.UREM, x, y);
    }

    /** Signed remainder; traps as {@link #udiv}; the least integer by -1 gives 0. */
    public final Value srem(Value x, Value y) {
        integer(Opcode.SREM, x);
        return binary(Opcode.SREM, x, y);
    }

    /** The lesser, signed. */
    public final Value smin(Value x, Value y) {
        integer(Opcode.SMIN, x);
        return binary(Opcode.SMIN, x, y);
    }

    /** The greater, signed. */
    public final Value smax(Value x, Value y) {
        integer(Opcode.SMAX, x);
        return binary(Opcode.SMAX, x, y);
    }

    /** The lesser, unsigned. */
    public final Value umin(Value x, Value y) {
        integer(Opcode.UMIN, x);
        return binary(Opcode.UMIN, x, y);
    }

    /** The greater, unsigned. */
    public final Value umax(Value x, Value y) {
        integer(Opcode.UMAX, x);
        return binary(Opcode.UMAX, x, y);
    }

    /** Bitwise and. */
    public final Value band(Value x, Value y) {
        integer(Opcode.BAND, x);
        return binary(Opcode.BAND, x, y);
    }

    /** Bitwise or. */
    public final Value bor(Value x, Value y) {
        integer(Opcode.BOR, x);
        return binary(Opcode.BOR, x, y);
    }

    /** Bitwise exclusive or. */
    public final Value bxor(Value x, Value y) {
        integer(Opcode.BXOR, x);
        return binary(Opcode.BXOR, x, y);
    }

    /** {@code x & ~y}. */
    public final Value bandNot(Value x, Value y) {
        integer(Opcode.BAND_NOT, x);
        return binary(Opcode.BAND_NOT, x, y);
    }

    /** {@code x | ~y}. */
    public final Value borNot(Value x, Value y) {
        integer(Opcode.BOR_NOT, x);
        return binary(Opcode.BOR_NOT, x, y);
    }

    /** {@code x ^ ~y}. */
    public final Value bxorNot(Value x, Value y) {
        integer(Opcode.BXOR_NOT, x);
        return binary(Opcode.BXOR_NOT, x, y);
    }

    /** Shift left. */
    public final Value ishl(Value x, Value amount) {
        integer(Opcode.ISHL, x);
        integer(Opcode.ISHL, amount);
        return binaryOfAny(Opcode.ISHL, x, amount, x.type());
    }

    /** Shift right, zeros move in. */
    public final Value ushr(Value x, Value amount) {
        integer(Opcode.USHR, x);
        integer(Opcode.USHR, amount);
        return binaryOfAny(Opcode.USHR, x, amount, x.type());
    }

    /** Shift right, copies of the sign move in. */
    public final Value sshr(Value x, Value amount) {
        integer(Opcode.SSHR, x);
        integer(Opcode.SSHR, amount);
        return binaryOfAny(Opcode.SSHR, x, amount, x.type());
    }

    /** Rotate left. */
    public final Value rotl(Value x, Value amount) {
        integer(Opcode.ROTL, x);
        integer(Opcode.ROTL, amount);
        return binaryOfAny(Opcode.ROTL, x, amount, x.type());
    }

    /** Rotate right. */
    public final Value rotr(Value x, Value amount) {
        integer(Opcode.ROTR, x);
        integer(Opcode.ROTR, amount);
        return binaryOfAny(Opcode.ROTR, x, amount, x.type());
    }

    /** Negation, wrapping. */
    public final Value ineg(Value x) {
        integer(Opcode.INEG, x);
        return unary(Opcode.INEG, x);
    }

    /** Absolute value; the least integer stays. */
    public final Value iabs(Value x) {
        integer(Opcode.IABS, x);
        return unary(Opcode.IABS, x);
    }

    /** Bitwise complement. */
    public final Value bnot(Value x) {
        integer(Opcode.BNOT, x);
        return unary(Opcode.BNOT, x);
    }

    /** Leading zero bits; the width for 0. */
    public final Value clz(Value x) {
        integer(Opcode.CLZ, x);
        return unary(Opcode.CLZ, x);
    }

    /** Leading copies of the sign bit, itself not counted. */
    public final Value cls(Value x) {
        integer(Opcode.CLS, x);
        return unary(Opcode.CLS, x);
    }

    /** Trailing zero bits; the width for 0. */
    public final Value ctz(Value x) {
        integer(Opcode.CTZ, x);
        return unary(Opcode.CTZ, x);
    }

    /** One bits. */
    public final Value popcnt(Value x) {
        integer(Opcode.POPCNT, x);
        return unary(Opcode.POPCNT, x);
    }

    /** Bits in the reverse order. */
    public final Value bitrev(Value x) {
        integer(Opcode.BITREV, x);
        return unary(Opcode.BITREV, x);
    }

    /** Bytes in the reverse order. */
    public final Value bswap(Value x) {
        integer(Opcode.BSWAP, x);
        return unary(Opcode.BSWAP, x);
    }

    /** {@code x + immediate}. */
    public final Value iaddImm(Value x, long immediate) {
        return binaryImmediate(Opcode.IADD_IMM, x, immediate);
    }

    /** {@code x * immediate}. */
    public final Value imulImm(Value x, long immediate) {
        return binaryImmediate(Opcode.IMUL_IMM, x, immediate);
    }

    /** {@link #udiv} by a constant. */
    public final Value udivImm(Value x, long immediate) {
        return binaryImmediate(Opcode.UDIV_IMM, x, immediate);
    }

    /** {@link #sdiv} by a constant. */
    public final Value sdivImm(Value x, long immediate) {
        return binaryImmediate(Opcode.SDIV_IMM, x, immediate);
    }

    /** {@link #urem} by a constant. */
    public final Value uremImm(Value x, long immediate) {
        return binaryImmediate(Opcode.UREM_IMM, x, immediate);
    }

    /** {@link #srem} by a constant. */
    public final Value sremImm(Value x, long immediate) {
        return binaryImmediate(Opcode.SREM_IMM, x, immediate);
    }

    /** {@code x & immediate}. */
    public final Value bandImm(Value x, long immediate) {
        return binaryImmediate(Opcode.BAND_IMM, x, immediate);
    }

    /** {@code x | immediate}. */
    public final Value borImm(Value x, long immediate) {
        return binaryImmediate(Opcode.BOR_IMM, x, immediate);
    }

    /** {@code x ^ immediate}. */
    public final Value bxorImm(Value x, long immediate) {
        return binaryImmediate(Opcode.BXOR_IMM, x, immediate);
    }

    /** {@link #ishl} by a constant. */
    public final Value ishlImm(Value x, long amount) {
        return binaryImmediate(Opcode.ISHL_IMM, x, amount);
    }

    /** {@link #ushr} by a constant. */
    public final Value ushrImm(Value x, long amount) {
        return binaryImmediate(Opcode.USHR_IMM, x, amount);
    }

    /** {@link #sshr} by a constant. */
    public final Value sshrImm(Value x, long amount) {
        return binaryImmediate(Opcode.SSHR_IMM, x, amount);
    }

    /** {@link #rotl} by a constant. */
    public final Value rotlImm(Value x, long amount) {
        return binaryImmediate(Opcode.ROTL_IMM, x, amount);
    }

    /** {@link #rotr} by a constant. */
    public final Value rotrImm(Value x, long amount) {
        return binaryImmediate(Opcode.ROTR_IMM, x, amount);
    }

    /** Whether the condition holds: {@link Type#I8}, 1 or 0. */
    public final Value icmp(IntCondition condition, Value x, Value y) {
        integer(Opcode.ICMP, x);
        sameType(Opcode.ICMP, x, y);
        instruction(Opcode.ICMP, Type.NONE, condition.code());
        value(x);
        value(y);
        return comparison(x.type());
    }

    /** Whether the condition holds against a constant: {@link Type#I8}, 1 or 0. */
    public final Value icmpImm(IntCondition condition, Value x, long immediate) {
        integer(Opcode.ICMP_IMM, x);
        instruction(Opcode.ICMP_IMM, Type.NONE, condition.code());
        value(x);
        longWord(immediate);
        return comparison(x.type());
    }

    /**
     * The result of a comparison; of 64 bits where nothing undefined can be beside the operands.
     */
    final Value comparison(Type operands) {
        Value result = newValue(Type.I8);
        comparisons.set(result.index());
        wideComparisons.set(result.index(), operands == Type.I64);
        return result;
    }

    /**
     * {@code value} in a form that a branch or conditional trap tests rightly. On riscv64 Cranelift
     * 0.113 and 0.123 lower {@code trapz}, {@code trapnz}, and a {@code brif} to a block that only
     * traps, to a test of whole registers, whatever is in the upper bits of a narrower number
     * ({@code lower.isle}, "fold icmp + trapz"). A comparison behind an extension is not folded.
     */
    final Value condition(Value value) {
        if (value.type().bits() >= 64 || wideComparisons.get(value.index())) {
            return value;
        }
        return uextend(Type.I32, comparisons.get(value.index()) ? value
                : icmpImm(IntCondition.NOT_EQUAL, value, 0));
    }

    /**
     * {@code x} where the condition is not zero, else {@code y}, of any type. Both are evaluated.
     */
    public final Value select(Value condition, Value x, Value y) {
        integer(Opcode.SELECT, condition);
        sameType(Opcode.SELECT, x, y);
        return ternary(Opcode.SELECT, condition, x, y, x.type());
    }

    /** {@link #select} that the processor does not guess: for indices after a bounds check. */
    public final Value selectSpectreGuard(Value condition, Value x, Value y) {
        integer(Opcode.SELECT_SPECTRE_GUARD, condition);
        sameType(Opcode.SELECT_SPECTRE_GUARD, x, y);
        return ternary(Opcode.SELECT_SPECTRE_GUARD, condition, x, y, x.type());
    }

    /** Each bit of {@code x} where {@code mask} has a one, else of {@code y}. */
    public final Value bitselect(Value mask, Value x, Value y) {
        sameType(Opcode.BITSELECT, mask, x);
        sameType(Opcode.BITSELECT, x, y);
        return ternary(Opcode.BITSELECT, mask, x, y, x.type());
    }

    /** Widens with zeros to a wider type. */
    public final Value uextend(Type to, Value x) {
        widen(Opcode.UEXTEND, to, x);
        return unary(Opcode.UEXTEND, to, x, to);
    }

    /** Widens with copies of the sign to a wider type. */
    public final Value sextend(Type to, Value x) {
        widen(Opcode.SEXTEND, to, x);
        return unary(Opcode.SEXTEND, to, x, to);
    }

    /** The low bits, as a narrower type. */
    public final Value ireduce(Type to, Value x) {
        integer(Opcode.IREDUCE, x);
        if (!to.isInteger() || to.bits() >= x.type().bits()) {
            throw new IllegalArgumentException("ireduce of " + x + " to " + to.clifName());
        }
        return unary(Opcode.IREDUCE, to, x, to);
    }

    /** Two {@link Type#I64} as one {@link Type#I128}. */
    public final Value iconcat(Value low, Value high) {
        type(Opcode.ICONCAT, low, Type.I64);
        type(Opcode.ICONCAT, high, Type.I64);
        return binaryOfAny(Opcode.ICONCAT, low, high, Type.I128);
    }

    /** An {@link Type#I128} as its low and high {@link Type#I64}. */
    public final List<Value> isplit(Value x) {
        type(Opcode.ISPLIT, x, Type.I128);
        instruction(Opcode.ISPLIT, Type.NONE, 0);
        value(x);
        return newValues(List.of(Type.I64, Type.I64));
    }

    /** Sum; traps when it does not fit, unsigned. */
    public final Value uaddOverflowTrap(Value x, Value y, TrapCode code) {
        integer(Opcode.UADD_OVERFLOW_TRAP, x);
        sameType(Opcode.UADD_OVERFLOW_TRAP, x, y);
        instruction(Opcode.UADD_OVERFLOW_TRAP, Type.NONE, code.code());
        value(x);
        value(y);
        return newValue(x.type());
    }

    private void widen(Opcode opcode, Type to, Value x) {
        integer(opcode, x);
        if (!to.isInteger() || to.bits() <= x.type().bits()) {
            throw new IllegalArgumentException(opcode.clifName() + " of " + x + " to "
                    + to.clifName());
        }
    }
}
