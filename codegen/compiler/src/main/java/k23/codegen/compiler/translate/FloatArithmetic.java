package k23.codegen.compiler.translate;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.util.List;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.world.Support;
import k23.codegen.cranelift.FloatCondition;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;

/** Arithmetic on {@code float} and {@code double} as Java has it (JLS 4.2.4, 5.1.3, 15.4). */
final class FloatArithmetic {
    private final Activation activation;

    FloatArithmetic(Activation activation) {
        this.activation = activation;
    }

    private FunctionBuilder f() {
        return activation.f();
    }

    void operator(Opcode opcode) {
        switch (opcode) {
            case FNEG, DNEG -> negate();
            case FCMPL, DCMPL -> compare(false);
            case FCMPG, DCMPG -> compare(true);
            default -> binary(opcode);
        }
    }

    private void negate() {
        Word x = activation.popWord();
        activation.push(x.isConstant() ? x.type() == Type.F32 ? constant(-single(x))
                : constant(-number(x)) : new Word(x.type(), f().fneg(x.value()), 0));
    }

    private void binary(Opcode opcode) {
        Word y = activation.popWord();
        Word x = activation.popWord();
        if (x.isConstant() && y.isConstant()) {
            activation.push(x.type() == Type.F32 ? constant(fold(opcode, single(x), single(y)))
                    : constant(fold(opcode, number(x), number(y))));
            return;
        }
        if (opcode == Opcode.FREM || opcode == Opcode.DREM) {
            String type = x.type() == Type.F32 ? "F" : "D";
            activation.push(new CallInstructions(activation).direct(Support.remainder(
                    activation.code().world().repository(), type).method(), List.of(x, y), true));
            return;
        }
        Value a = activation.code().value(x);
        Value b = activation.code().value(y);
        activation.push(new Word(x.type(), switch (opcode) {
            case FADD, DADD -> f().fadd(a, b);
            case FSUB, DSUB -> f().fsub(a, b);
            case FMUL, DMUL -> f().fmul(a, b);
            case FDIV, DDIV -> f().fdiv(a, b);
            default -> throw new IllegalStateException(opcode.toString());
        }, 0));
    }

    private static float fold(Opcode opcode, float x, float y) {
        return switch (opcode) {
            case FADD -> x + y;
            case FSUB -> x - y;
            case FMUL -> x * y;
            case FDIV -> x / y;
            case FREM -> x % y;
            default -> throw new IllegalStateException(opcode.toString());
        };
    }

    private static double fold(Opcode opcode, double x, double y) {
        return switch (opcode) {
            case DADD -> x + y;
            case DSUB -> x - y;
            case DMUL -> x * y;
            case DDIV -> x / y;
            case DREM -> x % y;
            default -> throw new IllegalStateException(opcode.toString());
        };
    }

    private static float single(Word word) {
        return Float.intBitsToFloat((int) word.bits());
    }

    private static double number(Word word) {
        return Double.longBitsToDouble(word.bits());
    }

    /** A constant; a NaN is the one that the machine makes, whatever this host makes. */
    private static Word constant(float value) {
        return new Word(Type.F32, null, Float.floatToIntBits(value));
    }

    private static Word constant(double value) {
        return new Word(Type.F64, null, Double.doubleToLongBits(value));
    }

    /** {@code fcmpg} and the like: NaN counts as greater than everything, or as less. */
    private void compare(boolean isNanGreater) {
        Word y = activation.popWord();
        Word x = activation.popWord();
        Value a = activation.code().value(x);
        Value b = activation.code().value(y);
        if (activation.following() instanceof BranchInstruction branch
                && BranchInstructions.zeroCondition(branch.opcode()) != null) {
            activation.advance();
            activation.locate();
            new BranchInstructions(activation).conditional(
                    f().fcmp(condition(branch.opcode(), isNanGreater), a, b));
            return;
        }
        Value above = f().fcmp(isNanGreater ? FloatCondition.UNORDERED_OR_GREATER_THAN
                : FloatCondition.GREATER_THAN, a, b);
        Value below = f().fcmp(isNanGreater ? FloatCondition.LESS_THAN
                : FloatCondition.UNORDERED_OR_LESS_THAN, a, b);
        activation.pushInt(f().isub(f().uextend(Type.I64, above), f().uextend(Type.I64, below)));
    }

    /** When a branch on the sign of a comparison's result is taken. */
    private static FloatCondition condition(Opcode branch, boolean isNanGreater) {
        return switch (branch) {
            case IFEQ -> FloatCondition.EQUAL;
            case IFNE -> FloatCondition.NOT_EQUAL;
            case IFLT -> isNanGreater ? FloatCondition.LESS_THAN
                    : FloatCondition.UNORDERED_OR_LESS_THAN;
            case IFLE -> isNanGreater ? FloatCondition.LESS_OR_EQUAL
                    : FloatCondition.UNORDERED_OR_LESS_OR_EQUAL;
            case IFGT -> isNanGreater ? FloatCondition.UNORDERED_OR_GREATER_THAN
                    : FloatCondition.GREATER_THAN;
            case IFGE -> isNanGreater ? FloatCondition.UNORDERED_OR_GREATER_OR_EQUAL
                    : FloatCondition.GREATER_OR_EQUAL;
            default -> throw new IllegalStateException(branch.toString());
        };
    }

    /** Conversions from, to and between the two types. */
    void convert(Opcode opcode, Word x) {
        if (x.isConstant()) {
            activation.push(fold(opcode, x));
            return;
        }
        Value value = activation.code().value(x);
        switch (opcode) {
            // An int is exactly its sign extension.
            case I2F, L2F -> push(Type.F32, f().fcvtFromSint(Type.F32, value));
            case I2D, L2D -> push(Type.F64, f().fcvtFromSint(Type.F64, value));
            case F2D -> push(Type.F64, f().fpromote(value));
            case D2F -> push(Type.F32, f().fdemote(value));
            case F2I, D2I -> activation.pushInt(f().fcvtToSintSat(Type.I32, value));
            case F2L, D2L -> activation.pushLong(f().fcvtToSintSat(Type.I64, value));
            default -> throw new IllegalStateException(opcode.toString());
        }
    }

    private static Word fold(Opcode opcode, Word x) {
        return switch (opcode) {
            case I2F, L2F -> constant((float) x.bits());
            case I2D, L2D -> constant((double) x.bits());
            case F2D -> constant((double) single(x));
            case D2F -> constant((float) number(x));
            case F2I -> Word.ofInt((int) single(x));
            case F2L -> Word.ofLong((long) single(x));
            case D2I -> Word.ofInt((int) number(x));
            case D2L -> Word.ofLong((long) number(x));
            default -> throw new IllegalStateException(opcode.toString());
        };
    }

    /**
     * The bits of a number as {@code equals} and {@code hashCode} see them: every NaN has the same
     * ones.
     */
    static Value canonicalBits(FunctionBuilder f, Value x) {
        boolean isSingle = x.type() == Type.F32;
        Type bits = isSingle ? Type.I32 : Type.I64;
        Value nan = f.iconst(bits, isSingle ? Float.floatToIntBits(Float.NaN)
                : Double.doubleToLongBits(Double.NaN));
        return f.select(f.fcmp(FloatCondition.UNORDERED, x, x), nan, f.bitcast(bits, x));
    }

    private void push(Type type, Value value) {
        activation.push(new Word(type, value, 0));
    }
}
