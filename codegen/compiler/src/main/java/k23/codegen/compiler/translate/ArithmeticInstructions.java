package k23.codegen.compiler.translate;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.IntCondition;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.TrapKind;

/** Integer arithmetic with Java's semantics (JLS 15.17 to 15.22). */
final class ArithmeticInstructions {
    private final Activation activation;

    ArithmeticInstructions(Activation activation) {
        this.activation = activation;
    }

    private FunctionBuilder f() {
        return activation.f();
    }

    void operator(OperatorInstruction instruction) {
        Opcode opcode = instruction.opcode();
        switch (opcode) {
            case ARRAYLENGTH -> new ArrayInstructions(activation).length();
            case INEG, LNEG -> negate();
            case LCMP -> compareLongs();
            case FADD, FSUB, FMUL, FDIV, FREM, FNEG, DADD, DSUB, DMUL, DDIV, DREM, DNEG,
                    FCMPL, FCMPG, DCMPL, DCMPG ->
                    new FloatArithmetic(activation).operator(opcode);
            default -> binary(opcode);
        }
    }

    private void negate() {
        Word x = activation.popWord();
        if (x.isConstant()) {
            activation.push(constant(x.type(), -x.bits()));
        } else if (x.type() == Type.I32) {
            activation.pushInt(f().isub(f().iconst(Type.I32, 0), activation.code().narrow(x)));
        } else {
            activation.pushLong(f().ineg(x.value()));
        }
    }

    private static Word constant(Type type, long bits) {
        return type == Type.I32 ? Word.ofInt((int) bits) : Word.ofLong(bits);
    }

    private void binary(Opcode opcode) {
        Word y = activation.popWord();
        Word x = activation.popWord();
        if (x.isConstant() && y.isConstant()) {
            Word folded = fold(opcode, x, y);
            if (folded != null) {
                activation.push(folded);
                return;
            }
        }
        boolean isDivision = switch (opcode) {
            case IDIV, LDIV, IREM, LREM -> true;
            default -> false;
        };
        if (isDivision && y.isConstant() && y.bits() == 0) {
            f().trap(activation.code().trapCode(TrapKind.DIVIDE_BY_ZERO));
            activation.end();
            return;
        }
        if (x.type() == Type.I32) {
            intOperation(opcode, x, y);
        } else {
            longOperation(opcode, x, y);
        }
    }

    /** Bitwise operations keep a sign extension; all others compute on 32 bits. */
    private void intOperation(Opcode opcode, Word x, Word y) {
        FunctionCode code = activation.code();
        Value result = switch (opcode) {
            case IAND -> f().band(code.value(x), code.value(y));
            case IOR -> f().bor(code.value(x), code.value(y));
            case IXOR -> f().bxor(code.value(x), code.value(y));
            default -> narrowOperation(opcode, code.narrow(x), code.narrow(y), y);
        };
        activation.push(code.intWord(result).within(range(opcode, x.range(), y.range())));
    }

    private Value narrowOperation(Opcode opcode, Value a, Value b, Word y) {
        return switch (opcode) {
            case IADD -> f().iadd(a, b);
            case ISUB -> f().isub(a, b);
            case IMUL -> f().imul(a, b);
            case IDIV -> divide(a, b, y);
            case IREM -> f().srem(a, b);
            case ISHL -> f().ishl(a, b);
            case ISHR -> f().sshr(a, b);
            case IUSHR -> f().ushr(a, b);
            default -> throw new IllegalStateException(opcode.toString());
        };
    }

    private static Range range(Opcode opcode, Range x, Range y) {
        return switch (opcode) {
            case IADD -> x.plus(y);
            case ISUB -> x.minus(y);
            case IMUL -> x.times(y);
            case IDIV -> x.dividedBy(y);
            case IREM -> x.remainder(y);
            case IAND -> x.and(y);
            case IOR, IXOR -> x.or(y);
            case ISHL -> x.shiftLeft(y);
            case ISHR -> x.shiftRight(y);
            case IUSHR -> x.shiftRightUnsigned(y);
            default -> Range.ANY;
        };
    }

    private void longOperation(Opcode opcode, Word x, Word y) {
        Value a = activation.code().value(x);
        Value b = activation.code().value(y);
        activation.pushLong(switch (opcode) {
            case LADD -> f().iadd(a, b);
            case LSUB -> f().isub(a, b);
            case LMUL -> f().imul(a, b);
            case LDIV -> divide(a, b, y);
            case LREM -> f().srem(a, b);
            case LAND -> f().band(a, b);
            case LOR -> f().bor(a, b);
            case LXOR -> f().bxor(a, b);
            case LSHL -> f().ishl(a, b);
            case LSHR -> f().sshr(a, b);
            case LUSHR -> f().ushr(a, b);
            default -> throw new IllegalStateException(opcode.toString());
        });
    }

    /** Java's division: MIN / -1 is MIN, where Cranelift's would trap. Zero traps in both. */
    private Value divide(Value a, Value b, Word divisor) {
        if (divisor.isConstant() && divisor.bits() != -1) {
            return f().sdiv(a, b);
        }
        Value isMinusOne = f().icmpImm(IntCondition.EQUAL, b, -1);
        Value one = f().iconst(b.type(), 1);
        Value quotient = f().sdiv(a, f().select(isMinusOne, one, b));
        return f().select(isMinusOne, f().ineg(a), quotient);
    }

    private static Word fold(Opcode opcode, Word x, Word y) {
        long a = x.bits();
        long b = y.bits();
        boolean isInt = x.type() == Type.I32;
        long result;
        switch (opcode) {
            case IADD, LADD -> result = a + b;
            case ISUB, LSUB -> result = a - b;
            case IMUL, LMUL -> result = a * b;
            case IAND, LAND -> result = a & b;
            case IOR, LOR -> result = a | b;
            case IXOR, LXOR -> result = a ^ b;
            case ISHL -> result = (int) a << b;
            case LSHL -> result = a << b;
            case ISHR -> result = (int) a >> b;
            case LSHR -> result = a >> b;
            case IUSHR -> result = (int) a >>> b;
            case LUSHR -> result = a >>> b;
            case IDIV, LDIV -> {
                if (b == 0) {
                    return null;
                }
                result = isInt ? (int) a / (int) b : a / b;
            }
            case IREM, LREM -> {
                if (b == 0) {
                    return null;
                }
                result = isInt ? (int) a % (int) b : a % b;
            }
            default -> throw new IllegalStateException(opcode.toString());
        }
        return constant(x.type(), result);
    }

    private void compareLongs() {
        Word y = activation.popWord();
        Word x = activation.popWord();
        if (x.isConstant() && y.isConstant()) {
            activation.push(Word.ofInt(Long.compare(x.bits(), y.bits())));
            return;
        }
        Value a = activation.code().value(x);
        Value b = activation.code().value(y);
        if (activation.following() instanceof BranchInstruction branch
                && BranchInstructions.zeroCondition(branch.opcode()) != null) {
            activation.advance();
            activation.locate();
            new BranchInstructions(activation).conditional(f().icmp(
                    BranchInstructions.zeroCondition(branch.opcode()), a, b));
            return;
        }
        Value above = f().icmp(IntCondition.SIGNED_GREATER_THAN, a, b);
        Value below = f().icmp(IntCondition.SIGNED_LESS_THAN, a, b);
        activation.pushInt(f().isub(f().uextend(Type.I64, above), f().uextend(Type.I64, below)));
    }

    void convert(Opcode opcode) {
        Word x = activation.popWord();
        if (x.isConstant()) {
            Word folded = foldConversion(opcode, x.bits());
            if (folded != null) {
                activation.push(folded);
                return;
            }
        }
        Value value = activation.code().value(x);
        switch (opcode) {
            case I2L -> activation.pushLong(value);
            case L2I -> activation.pushInt(f().ireduce(Type.I32, value));
            case I2B -> activation.pushInt(f().sextend(Type.I64, f().ireduce(Type.I8, value)));
            case I2S -> activation.pushInt(f().sextend(Type.I64, f().ireduce(Type.I16, value)));
            case I2C -> activation.push(Word.ofInt(f().uextend(Type.I64,
                    f().ireduce(Type.I16, value))).within(
                            new Range(Character.MIN_VALUE, Character.MAX_VALUE)));
            default -> new FloatArithmetic(activation).convert(opcode, x);
        }
    }

    private static Word foldConversion(Opcode opcode, long bits) {
        return switch (opcode) {
            case I2L -> Word.ofLong(bits);
            case L2I -> Word.ofInt((int) bits);
            case I2B -> Word.ofInt((byte) bits);
            case I2S -> Word.ofInt((short) bits);
            case I2C -> Word.ofInt((char) bits);
            default -> null;
        };
    }
}
