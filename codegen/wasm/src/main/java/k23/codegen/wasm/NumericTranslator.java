package k23.codegen.wasm;

import static k23.codegen.cranelift.IntCondition.EQUAL;
import static k23.codegen.cranelift.IntCondition.NOT_EQUAL;
import static k23.codegen.cranelift.IntCondition.SIGNED_GREATER_OR_EQUAL;
import static k23.codegen.cranelift.IntCondition.SIGNED_GREATER_THAN;
import static k23.codegen.cranelift.IntCondition.SIGNED_LESS_OR_EQUAL;
import static k23.codegen.cranelift.IntCondition.SIGNED_LESS_THAN;
import static k23.codegen.cranelift.IntCondition.UNSIGNED_GREATER_OR_EQUAL;
import static k23.codegen.cranelift.IntCondition.UNSIGNED_GREATER_THAN;
import static k23.codegen.cranelift.IntCondition.UNSIGNED_LESS_OR_EQUAL;
import static k23.codegen.cranelift.IntCondition.UNSIGNED_LESS_THAN;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import k23.codegen.cranelift.FloatCondition;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.IntCondition;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;

/**
 * Numeric instructions (Core 2.0, section 5.4.6): opcodes 0x45 to 0xc4 and, behind the prefix
 * 0xfc, 0 to 7. Cranelift's instructions have WASM's semantics, traps included. A 32-bit value is
 * kept sign-extended: so comparisons, logic and addresses need no extension of their own.
 */
final class NumericTranslator {
    private static final IntCondition[] COMPARISONS = {
        EQUAL, NOT_EQUAL, SIGNED_LESS_THAN, UNSIGNED_LESS_THAN, SIGNED_GREATER_THAN,
        UNSIGNED_GREATER_THAN, SIGNED_LESS_OR_EQUAL, UNSIGNED_LESS_OR_EQUAL,
        SIGNED_GREATER_OR_EQUAL, UNSIGNED_GREATER_OR_EQUAL,
    };
    private static final FloatCondition[] FLOAT_COMPARISONS = {
        FloatCondition.EQUAL, FloatCondition.NOT_EQUAL, FloatCondition.LESS_THAN,
        FloatCondition.GREATER_THAN, FloatCondition.LESS_OR_EQUAL,
        FloatCondition.GREATER_OR_EQUAL,
    };

    private final Emitter e;
    private final FunctionBuilder f;

    NumericTranslator(Emitter emitter) {
        this.e = emitter;
        this.f = emitter.builder();
    }

    /** Translates the instruction with this opcode. */
    void translate(int opcode) {
        if (opcode <= 0x5a) {
            integerComparison(opcode);
        } else if (opcode <= 0x66) {
            int first = opcode <= 0x60 ? 0x5b : 0x61;
            FloatCondition condition = FLOAT_COMPARISONS[opcode - first];
            binary((x, y) -> e.truth(f.fcmp(condition, x, y)));
        } else if (opcode <= 0x78) {
            narrow(opcode - 0x67);
        } else if (opcode <= 0x8a) {
            integer(opcode - 0x79);
        } else if (opcode <= 0x98) {
            floating(opcode - 0x8b);
        } else if (opcode <= 0xa6) {
            floating(opcode - 0x99);
        } else if (opcode <= 0xbf) {
            conversion(opcode);
        } else {
            signExtension(opcode);
        }
    }

    /** Translates the saturating conversion {@code number} behind the prefix 0xfc. */
    void saturating(int number) {
        boolean narrow = number < 4;
        Type to = narrow ? Type.I32 : Type.I64;
        unary(x -> {
            Value result = (number & 1) == 0 ? f.fcvtToSintSat(to, x) : f.fcvtToUintSat(to, x);
            return narrow ? e.signed(result) : result;
        });
    }

    private void integerComparison(int opcode) {
        switch (opcode) {
            case 0x45, 0x50 -> unary(x -> e.truth(f.icmpImm(EQUAL, x, 0)));
            default -> {
                IntCondition condition = COMPARISONS[opcode - (opcode < 0x50 ? 0x46 : 0x51)];
                binary((x, y) -> e.truth(f.icmp(condition, x, y)));
            }
        }
    }

    /** Arithmetic on 32 bits. */
    private void narrow(int number) {
        switch (number) {
            case 0 -> unary(x -> e.notNegative(e.signed(f.clz(e.low(x)))));
            case 1 -> unary(x -> e.notNegative(e.signed(f.ctz(e.low(x)))));
            case 2 -> unary(x -> e.notNegative(e.signed(f.popcnt(e.low(x)))));
            case 3 -> binary(this::addNarrow);
            case 4 -> narrow(f::isub);
            case 5 -> narrow(f::imul);
            case 6 -> narrow(f::sdiv);
            case 7 -> narrow(f::udiv);
            case 8 -> narrow(f::srem);
            case 9 -> narrow(f::urem);
            case 10 -> binary((x, y) -> {
                Value both = f.band(x, y);
                return e.isNotNegative(x) || e.isNotNegative(y) ? e.notNegative(both) : both;
            });
            case 11 -> binary(f::bor);
            case 12 -> binary(f::bxor);
            case 13 -> binary((x, y) -> e.signed(f.ishl(e.low(x), y)));
            case 14 -> binary(this::shiftSigned);
            case 15 -> binary(this::shiftUnsigned);
            case 16 -> binary((x, y) -> rotateNarrow(x, y, true));
            case 17 -> binary((x, y) -> rotateNarrow(x, y, false));
            default -> throw new IllegalArgumentException("integer instruction " + number);
        }
    }

    private void narrow(BinaryOperator<Value> operation) {
        binary((x, y) -> e.signed(operation.apply(e.low(x), e.low(y))));
    }

    private Value addNarrow(Value x, Value y) {
        Value result = e.signed(f.iadd(e.low(x), e.low(y)));
        Integer right = e.constant(y);
        Integer left = e.constant(x);
        if (right != null) {
            return e.sum(result, x, right);
        }
        return left == null ? result : e.sum(result, y, left);
    }

    private Value shiftSigned(Value x, Value amount) {
        Integer constant = e.constant(amount);
        return constant == null ? e.signed(f.sshr(e.low(x), amount))
                : f.sshrImm(x, constant & 31);
    }

    private Value shiftUnsigned(Value x, Value amount) {
        Integer constant = e.constant(amount);
        Value result = e.signed(f.ushr(e.low(x), amount));
        return constant != null && (constant & 31) != 0 ? e.notNegative(result) : result;
    }

    /**
     * A rotation of base RISC-V, two shifts: for an amount of 0 both give the value itself. It is
     * half of what Cranelift makes of its own rotations there.
     */
    private Value rotateNarrow(Value x, Value amount, boolean left) {
        Value up = left ? amount : f.ineg(amount);
        Value down = left ? f.ineg(amount) : amount;
        return f.bor(e.signed(f.ishl(e.low(x), up)), e.signed(f.ushr(e.low(x), down)));
    }

    private Value rotate(Value x, Value amount, boolean left) {
        Value up = left ? amount : f.ineg(amount);
        Value down = left ? f.ineg(amount) : amount;
        return f.bor(f.ishl(x, up), f.ushr(x, down));
    }

    /** Arithmetic on 64 bits. */
    private void integer(int number) {
        switch (number) {
            case 0 -> unary(f::clz);
            case 1 -> unary(f::ctz);
            case 2 -> unary(f::popcnt);
            case 3 -> binary(f::iadd);
            case 4 -> binary(f::isub);
            case 5 -> binary(f::imul);
            case 6 -> binary(f::sdiv);
            case 7 -> binary(f::udiv);
            case 8 -> binary(f::srem);
            case 9 -> binary(f::urem);
            case 10 -> binary(f::band);
            case 11 -> binary(f::bor);
            case 12 -> binary(f::bxor);
            case 13 -> binary(f::ishl);
            case 14 -> binary(f::sshr);
            case 15 -> binary(f::ushr);
            case 16 -> binary((x, y) -> rotate(x, y, true));
            case 17 -> binary((x, y) -> rotate(x, y, false));
            default -> throw new IllegalArgumentException("integer instruction " + number);
        }
    }

    /** Float arithmetic, in the order that both widths have. */
    private void floating(int number) {
        switch (number) {
            case 0 -> unary(f::fabs);
            case 1 -> unary(f::fneg);
            case 2 -> unary(f::ceil);
            case 3 -> unary(f::floor);
            case 4 -> unary(f::trunc);
            case 5 -> unary(f::nearest);
            case 6 -> unary(f::sqrt);
            case 7 -> binary(f::fadd);
            case 8 -> binary(f::fsub);
            case 9 -> binary(f::fmul);
            case 10 -> binary(f::fdiv);
            case 11 -> binary(f::fmin);
            case 12 -> binary(f::fmax);
            case 13 -> binary(f::fcopysign);
            default -> throw new IllegalArgumentException("float instruction " + number);
        }
    }

    private void conversion(int opcode) {
        switch (opcode) {
            case 0xa7 -> unary(x -> e.signed(e.low(x)));
            case 0xa8, 0xaa -> unary(x -> e.signed(f.fcvtToSint(Type.I32, x)));
            case 0xa9, 0xab -> unary(x -> e.signed(f.fcvtToUint(Type.I32, x)));
            case 0xac -> { }
            case 0xad -> unary(e::wide);
            case 0xae, 0xb0 -> unary(x -> f.fcvtToSint(Type.I64, x));
            case 0xaf, 0xb1 -> unary(x -> f.fcvtToUint(Type.I64, x));
            case 0xb2, 0xb4 -> unary(x -> f.fcvtFromSint(Type.F32, x));
            case 0xb3 -> unary(x -> f.fcvtFromUint(Type.F32, e.low(x)));
            case 0xb5 -> unary(x -> f.fcvtFromUint(Type.F32, x));
            case 0xb6 -> unary(f::fdemote);
            case 0xb7, 0xb9 -> unary(x -> f.fcvtFromSint(Type.F64, x));
            case 0xb8 -> unary(x -> f.fcvtFromUint(Type.F64, e.low(x)));
            case 0xba -> unary(x -> f.fcvtFromUint(Type.F64, x));
            case 0xbb -> unary(f::fpromote);
            case 0xbc -> unary(x -> e.signed(f.bitcast(Type.I32, x)));
            case 0xbd -> unary(x -> f.bitcast(Type.I64, x));
            case 0xbe -> unary(x -> f.bitcast(Type.F32, e.low(x)));
            case 0xbf -> unary(x -> f.bitcast(Type.F64, x));
            default -> throw new IllegalArgumentException("conversion " + opcode);
        }
    }

    private void signExtension(int opcode) {
        Type from = switch (opcode) {
            case 0xc0, 0xc2 -> Type.I8;
            case 0xc1, 0xc3 -> Type.I16;
            case 0xc4 -> Type.I32;
            default -> throw new IllegalArgumentException("sign extension " + opcode);
        };
        unary(x -> f.sextend(Type.I64, f.ireduce(from, x)));
    }

    private void unary(UnaryOperator<Value> operation) {
        e.push(operation.apply(e.pop()));
    }

    private void binary(BinaryOperator<Value> operation) {
        Value y = e.pop();
        Value x = e.pop();
        e.push(operation.apply(x, y));
    }
}
