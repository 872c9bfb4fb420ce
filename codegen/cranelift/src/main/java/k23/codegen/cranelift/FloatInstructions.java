package k23.codegen.cranelift;

/** Floating-point instructions: IEEE 754, round to nearest, ties to even. */
public abstract sealed class FloatInstructions extends IntegerInstructions
        permits MemoryInstructions {
    FloatInstructions(String name, Signature signature) {
        super(name, signature);
    }

    /** A binary32 constant, by its bits. */
    public final Value f32const(int bits) {
        instruction(Opcode.F32CONST, Type.NONE, 0);
        word(bits);
        return newValue(Type.F32);
    }

    /** A binary64 constant, by its bits. */
    public final Value f64const(long bits) {
        instruction(Opcode.F64CONST, Type.NONE, 0);
        longWord(bits);
        return newValue(Type.F64);
    }

    /** Sum. */
    public final Value fadd(Value x, Value y) {
        floating(Opcode.FADD, x);
        return binary(Opcode.FADD, x, y);
    }

    /** Difference. */
    public final Value fsub(Value x, Value y) {
        floating(Opcode.FSUB, x);
        return binary(Opcode.FSUB, x, y);
    }

    /** Product. */
    public final Value fmul(Value x, Value y) {
        floating(Opcode.FMUL, x);
        return binary(Opcode.FMUL, x, y);
    }

    /** Quotient. */
    public final Value fdiv(Value x, Value y) {
        floating(Opcode.FDIV, x);
        return binary(Opcode.FDIV, x, y);
    }

    /** {@code x} with the sign of {@code y}. */
    public final Value fcopysign(Value x, Value y) {
        floating(Opcode.FCOPYSIGN, x);
        return binary(Opcode.FCOPYSIGN, x, y);
    }

    /** The lesser; NaN when one is; -0 is less than +0. */
    public final Value fmin(Value x, Value y) {
        floating(Opcode.FMIN, x);
        return binary(Opcode.FMIN, x, y);
    }

    /** The greater; NaN when one is; +0 is greater than -0. */
    public final Value fmax(Value x, Value y) {
        floating(Opcode.FMAX, x);
        return binary(Opcode.FMAX, x, y);
    }

    /** Square root. */
    public final Value sqrt(Value x) {
        floating(Opcode.SQRT, x);
        return unary(Opcode.SQRT, x);
    }

    /** The sign flipped, of NaN too. */
    public final Value fneg(Value x) {
        floating(Opcode.FNEG, x);
        return unary(Opcode.FNEG, x);
    }

    /** The sign cleared, of NaN too. */
    public final Value fabs(Value x) {
        floating(Opcode.FABS, x);
        return unary(Opcode.FABS, x);
    }

    /** Rounded towards positive infinity. */
    public final Value ceil(Value x) {
        floating(Opcode.CEIL, x);
        return unary(Opcode.CEIL, x);
    }

    /** Rounded towards negative infinity. */
    public final Value floor(Value x) {
        floating(Opcode.FLOOR, x);
        return unary(Opcode.FLOOR, x);
    }

    /** Rounded towards zero. */
    public final Value trunc(Value x) {
        floating(Opcode.TRUNC, x);
        return unary(Opcode.TRUNC, x);
    }

    /** Rounded to nearest, ties to even. */
    public final Value nearest(Value x) {
        floating(Opcode.NEAREST, x);
        return unary(Opcode.NEAREST, x);
    }

    /** {@code x * y + z}, rounded once. */
    public final Value fma(Value x, Value y, Value z) {
        floating(Opcode.FMA, x);
        sameType(Opcode.FMA, x, y);
        sameType(Opcode.FMA, y, z);
        return ternary(Opcode.FMA, x, y, z, x.type());
    }

    /** Whether the condition holds: {@link Type#I8}, 1 or 0. */
    public final Value fcmp(FloatCondition condition, Value x, Value y) {
        floating(Opcode.FCMP, x);
        sameType(Opcode.FCMP, x, y);
        instruction(Opcode.FCMP, Type.NONE, condition.code());
        value(x);
        value(y);
        return comparison(Type.I64);
    }

    /** {@link Type#F32} as {@link Type#F64}. */
    public final Value fpromote(Value x) {
        type(Opcode.FPROMOTE, x, Type.F32);
        return unary(Opcode.FPROMOTE, Type.F64, x, Type.F64);
    }

    /** {@link Type#F64} rounded to {@link Type#F32}. */
    public final Value fdemote(Value x) {
        type(Opcode.FDEMOTE, x, Type.F64);
        return unary(Opcode.FDEMOTE, Type.F32, x, Type.F32);
    }

    /**
     * Towards zero to an unsigned {@link Type#I32} or {@link Type#I64}; traps with
     * {@link TrapCode#BAD_CONVERSION_TO_INTEGER} or {@link TrapCode#INTEGER_OVERFLOW}.
     */
    public final Value fcvtToUint(Type to, Value x) {
        return toInteger(Opcode.FCVT_TO_UINT, to, x);
    }

    /** Towards zero to a signed integer; traps as {@link #fcvtToUint}. */
    public final Value fcvtToSint(Type to, Value x) {
        return toInteger(Opcode.FCVT_TO_SINT, to, x);
    }

    /** Towards zero to the nearest unsigned integer; NaN gives 0. */
    public final Value fcvtToUintSat(Type to, Value x) {
        return toInteger(Opcode.FCVT_TO_UINT_SAT, to, x);
    }

    /** Towards zero to the nearest signed integer; NaN gives 0. */
    public final Value fcvtToSintSat(Type to, Value x) {
        return toInteger(Opcode.FCVT_TO_SINT_SAT, to, x);
    }

    /** An unsigned integer, rounded to a float type. */
    public final Value fcvtFromUint(Type to, Value x) {
        return fromInteger(Opcode.FCVT_FROM_UINT, to, x);
    }

    /** A signed integer, rounded to a float type. */
    public final Value fcvtFromSint(Type to, Value x) {
        return fromInteger(Opcode.FCVT_FROM_SINT, to, x);
    }

    /** The same bits as another type of the same size. */
    public final Value bitcast(Type to, Value x) {
        if (to.bytes() != x.type().bytes()) {
            throw new IllegalArgumentException("bitcast of " + x + " to " + to.clifName());
        }
        return unary(Opcode.BITCAST, to, x, to);
    }

    private Value toInteger(Opcode opcode, Type to, Value x) {
        floating(opcode, x);
        if (to != Type.I32 && to != Type.I64) {
            throw new IllegalArgumentException(opcode.clifName() + " to " + to.clifName());
        }
        return unary(opcode, to, x, to);
    }

    private Value fromInteger(Opcode opcode, Type to, Value x) {
        integer(opcode, x);
        if (!to.isFloat()) {
            throw new IllegalArgumentException(opcode.clifName() + " to " + to.clifName());
        }
        return unary(opcode, to, x, to);
    }
}
