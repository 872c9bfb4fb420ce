package k23.codegen.cranelift;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each instruction does on RISC-V what the JVM does. */
class ExecutionTest {
    private static final Signature SIGNATURE =
            Signature.of(List.of(Type.I64, Type.I64), List.of(Type.I64));
    private static final long[] EDGES = {0, 1, -1, 2, 63, 64, Integer.MAX_VALUE, Integer.MIN_VALUE,
        Long.MAX_VALUE, Long.MIN_VALUE, 0x8000_0000L, 0x1234_5678_9abc_def0L,
        Double.doubleToRawLongBits(1.5), Double.doubleToRawLongBits(-0.0),
        Double.doubleToRawLongBits(1e300), Double.doubleToRawLongBits(-123456.789),
        Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY)};

    /** Writes instructions on two {@link Type#I64} arguments. */
    private interface Body {
        Value write(FunctionBuilder f, Value a, Value b);
    }

    private record Case(Body body, LongBinaryOperator oracle) {}

    private final Map<String, Case> cases = new LinkedHashMap<>();

    private void test(String name, Body body, LongBinaryOperator oracle) {
        if (cases.put(name, new Case(body, oracle)) != null) {
            throw new IllegalArgumentException(name + " twice");
        }
    }

    @Test
    void instructionsDoWhatTheJvmDoes(@TempDir Path folder) throws Exception {
        arithmetic();
        narrow();
        bits();
        comparisons();
        floats();
        memory();
        control();
        narrowTraps();
        List<long[]> inputs = inputs();
        var descriptions = new ArrayList<FunctionDescription>();
        cases.forEach((name, c) -> {
            var f = new FunctionBuilder(name, SIGNATURE);
            List<Value> arguments = f.entry();
            f.returnValues(c.body.write(f, arguments.get(0), arguments.get(1)));
            descriptions.add(f.finish());
        });
        List<CompiledFunction> functions;
        try (Isa isa = Cranelift.load().isa(IsaSettings.standard().withVerifier(true))) {
            functions = isa.compile(descriptions, 2);
        }
        List<Long> results = RiscvProgram.run(folder, functions, inputs);
        int at = 0;
        for (var entry : cases.entrySet()) {
            for (long[] pair : inputs) {
                long expected = entry.getValue().oracle.applyAsLong(pair[0], pair[1]);
                assertEquals(expected, results.get(at++),
                        () -> entry.getKey() + " of " + pair[0] + " and " + pair[1]);
            }
        }
        assertEquals(results.size(), at);
    }

    private static List<long[]> inputs() {
        var inputs = new ArrayList<long[]>();
        for (long a : EDGES) {
            for (long b : EDGES) {
                inputs.add(new long[] {a, b});
            }
        }
        var random = new Random(23);
        for (int i = 0; i < 50; i++) {
            inputs.add(new long[] {random.nextLong(), random.nextLong() >> random.nextInt(64)});
        }
        return inputs;
    }

    private void arithmetic() {
        test("iadd", FunctionBuilder::iadd, Long::sum);
        test("isub", FunctionBuilder::isub, (a, b) -> a - b);
        test("imul", FunctionBuilder::imul, (a, b) -> a * b);
        test("umulhi", FunctionBuilder::umulhi, Math::unsignedMultiplyHigh);
        test("smulhi", FunctionBuilder::smulhi, Math::multiplyHigh);
        test("udiv", (f, a, b) -> f.udiv(a, f.borImm(b, 1)),
                (a, b) -> Long.divideUnsigned(a, b | 1));
        test("urem", (f, a, b) -> f.urem(a, f.borImm(b, 1)),
                (a, b) -> Long.remainderUnsigned(a, b | 1));
        test("sdiv", (f, a, b) -> f.sdiv(a, f.bandImm(f.borImm(b, 1), Long.MAX_VALUE)),
                (a, b) -> a / ((b | 1) & Long.MAX_VALUE));
        test("srem", (f, a, b) -> f.srem(a, f.borImm(b, 1)), (a, b) -> a % (b | 1));
        test("sdiv_imm", (f, a, b) -> f.sdivImm(a, 7), (a, b) -> a / 7);
        test("udiv_imm", (f, a, b) -> f.udivImm(a, 10), (a, b) -> Long.divideUnsigned(a, 10));
        test("srem_imm", (f, a, b) -> f.sremImm(a, 1000), (a, b) -> a % 1000);
        test("urem_imm", (f, a, b) -> f.uremImm(a, 10), (a, b) -> Long.remainderUnsigned(a, 10));
        test("imul_imm", (f, a, b) -> f.imulImm(a, -77), (a, b) -> a * -77);
        test("iadd_imm", (f, a, b) -> f.iaddImm(a, 1L << 40), (a, b) -> a + (1L << 40));
        test("ineg", (f, a, b) -> f.ineg(a), (a, b) -> -a);
        test("iabs", (f, a, b) -> f.iabs(a), (a, b) -> Math.abs(a));
        test("smin", FunctionBuilder::smin, Math::min);
        test("smax", FunctionBuilder::smax, Math::max);
        test("umin", FunctionBuilder::umin,
                (a, b) -> Long.compareUnsigned(a, b) < 0 ? a : b);
        test("umax", FunctionBuilder::umax,
                (a, b) -> Long.compareUnsigned(a, b) > 0 ? a : b);
        test("i128", (f, a, b) -> {
            Value product = f.imul(f.sextend(Type.I128, a), f.sextend(Type.I128, b));
            Value sum = f.iadd(product, f.iconcat(a, b));
            List<Value> halves = f.isplit(sum);
            return f.bxor(halves.get(0), halves.get(1));
        }, (a, b) -> {
            long low = a * b + a;
            long carry = Long.compareUnsigned(low, a) < 0 ? 1 : 0;
            return low ^ Math.multiplyHigh(a, b) + b + carry;
        });
        test("iconst", (f, a, b) -> f.iadd(f.iconst(Type.I64, 0x1234_5678_9abc_def0L),
                f.sextend(Type.I64, f.iconst(Type.I32, -5))), (a, b) -> 0x1234_5678_9abc_def0L - 5);
    }

    private void narrow() {
        narrow("iadd32", FunctionBuilder::iadd, (a, b) -> (int) a + (int) b);
        narrow("isub32", FunctionBuilder::isub, (a, b) -> (int) a - (int) b);
        narrow("imul32", FunctionBuilder::imul, (a, b) -> (int) a * (int) b);
        narrow("ishl32", FunctionBuilder::ishl, (a, b) -> (int) a << (int) b);
        narrow("ushr32", FunctionBuilder::ushr, (a, b) -> (int) a >>> (int) b);
        narrow("sshr32", FunctionBuilder::sshr, (a, b) -> (int) a >> (int) b);
        narrow("rotl32", FunctionBuilder::rotl, (a, b) -> Integer.rotateLeft((int) a, (int) b));
        narrow("udiv32", (f, a, b) -> f.udiv(a, f.borImm(b, 1)),
                (a, b) -> Integer.divideUnsigned((int) a, (int) b | 1));
        narrow("srem32", (f, a, b) -> f.srem(a, f.borImm(b, 1)),
                (a, b) -> (int) a % ((int) b | 1));
        narrow("clz32", (f, a, b) -> f.clz(a), (a, b) -> Integer.numberOfLeadingZeros((int) a));
        narrow("ctz32", (f, a, b) -> f.ctz(a), (a, b) -> Integer.numberOfTrailingZeros((int) a));
        narrow("popcnt32", (f, a, b) -> f.popcnt(a), (a, b) -> Integer.bitCount((int) a));
        narrow("bswap32", (f, a, b) -> f.bswap(a), (a, b) -> Integer.reverseBytes((int) a));
        test("sextend8", (f, a, b) -> f.sextend(Type.I64, f.ireduce(Type.I8, a)),
                (a, b) -> (byte) a);
        test("uextend16", (f, a, b) -> f.uextend(Type.I64, f.ireduce(Type.I16, a)),
                (a, b) -> (char) a);
        test("uextend32", (f, a, b) -> f.uextend(Type.I64, f.ireduce(Type.I32, a)),
                (a, b) -> a & 0xffff_ffffL);
    }

    private void narrow(String name, Body body, LongBinaryOperator oracle) {
        test(name, (f, a, b) -> f.sextend(Type.I64,
                body.write(f, f.ireduce(Type.I32, a), f.ireduce(Type.I32, b))), oracle);
    }

    private void bits() {
        test("band", FunctionBuilder::band, (a, b) -> a & b);
        test("bor", FunctionBuilder::bor, (a, b) -> a | b);
        test("bxor", FunctionBuilder::bxor, (a, b) -> a ^ b);
        test("band_not", FunctionBuilder::bandNot, (a, b) -> a & ~b);
        test("bor_not", FunctionBuilder::borNot, (a, b) -> a | ~b);
        test("bxor_not", FunctionBuilder::bxorNot, (a, b) -> a ^ ~b);
        test("bnot", (f, a, b) -> f.bnot(a), (a, b) -> ~a);
        test("ishl", FunctionBuilder::ishl, (a, b) -> a << b);
        test("ushr", FunctionBuilder::ushr, (a, b) -> a >>> b);
        test("sshr", FunctionBuilder::sshr, (a, b) -> a >> b);
        test("rotl", FunctionBuilder::rotl, (a, b) -> Long.rotateLeft(a, (int) b));
        test("rotr", FunctionBuilder::rotr, (a, b) -> Long.rotateRight(a, (int) b));
        test("shifts_imm", (f, a, b) -> f.bxor(f.bxor(f.ishlImm(a, 5), f.ushrImm(b, 9)),
                f.bxor(f.sshrImm(a, 13), f.bxor(f.rotlImm(a, 3), f.rotrImm(b, 60)))),
                (a, b) -> a << 5 ^ b >>> 9 ^ a >> 13 ^ Long.rotateLeft(a, 3)
                        ^ Long.rotateRight(b, 60));
        test("logic_imm", (f, a, b) -> f.bxorImm(f.borImm(f.bandImm(a, 0xffff), 0x10000), -1),
                (a, b) -> ~(a & 0xffff | 0x10000));
        test("clz", (f, a, b) -> f.clz(a), (a, b) -> Long.numberOfLeadingZeros(a));
        test("cls", (f, a, b) -> f.cls(a),
                (a, b) -> Long.numberOfLeadingZeros(a < 0 ? ~a : a) - 1);
        test("ctz", (f, a, b) -> f.ctz(a), (a, b) -> Long.numberOfTrailingZeros(a));
        test("popcnt", (f, a, b) -> f.popcnt(a), (a, b) -> Long.bitCount(a));
        test("bitrev", (f, a, b) -> f.bitrev(a), (a, b) -> Long.reverse(a));
        test("bswap", (f, a, b) -> f.bswap(a), (a, b) -> Long.reverseBytes(a));
        test("bitselect", (f, a, b) -> f.bitselect(a, b, f.bnot(a)), (a, b) -> a & b | ~a);
    }

    private void comparisons() {
        for (IntCondition c : IntCondition.values()) {
            test("icmp " + c, (f, a, b) -> f.uextend(Type.I64, f.icmp(c, a, b)),
                    (a, b) -> holds(c, a, b) ? 1 : 0);
            test("icmp_imm " + c, (f, a, b) -> f.uextend(Type.I64, f.icmpImm(c, a, -1)),
                    (a, b) -> holds(c, a, -1) ? 1 : 0);
            test("negated " + c, (f, a, b) -> f.uextend(Type.I64, f.icmp(c.negated(), a, b)),
                    (a, b) -> holds(c, a, b) ? 0 : 1);
            test("swapped " + c, (f, a, b) -> f.uextend(Type.I64, f.icmp(c.swapped(), b, a)),
                    (a, b) -> holds(c, a, b) ? 1 : 0);
        }
        test("select", (f, a, b) -> f.select(f.icmp(IntCondition.EQUAL, a, b), a, f.bnot(b)),
                (a, b) -> a == b ? a : ~b);
        test("select_spectre_guard", (f, a, b) -> f.selectSpectreGuard(
                f.icmp(IntCondition.UNSIGNED_LESS_THAN, a, b), a, f.iconst(Type.I64, 7)),
                (a, b) -> Long.compareUnsigned(a, b) < 0 ? a : 7);
    }

    private static boolean holds(IntCondition condition, long a, long b) {
        int unsigned = Long.compareUnsigned(a, b);
        return switch (condition) {
            case EQUAL -> a == b;
            case NOT_EQUAL -> a != b;
            case SIGNED_LESS_THAN -> a < b;
            case SIGNED_GREATER_OR_EQUAL -> a >= b;
            case SIGNED_GREATER_THAN -> a > b;
            case SIGNED_LESS_OR_EQUAL -> a <= b;
            case UNSIGNED_LESS_THAN -> unsigned < 0;
            case UNSIGNED_GREATER_OR_EQUAL -> unsigned >= 0;
            case UNSIGNED_GREATER_THAN -> unsigned > 0;
            case UNSIGNED_LESS_OR_EQUAL -> unsigned <= 0;
        };
    }

    private interface DoubleBody {
        Value write(FunctionBuilder f, Value a, Value b);
    }

    private void doubles(String name, DoubleBody body,
                         java.util.function.DoubleBinaryOperator oracle) {
        test(name, (f, a, b) -> canonical(f,
                body.write(f, f.bitcast(Type.F64, a), f.bitcast(Type.F64, b))),
                (a, b) -> Double.doubleToLongBits(
                        oracle.applyAsDouble(Double.longBitsToDouble(a),
                                Double.longBitsToDouble(b))));
    }

    /** The bits, of Java's one NaN where it is a NaN. */
    private static Value canonical(FunctionBuilder f, Value x) {
        return f.select(f.fcmp(FloatCondition.UNORDERED, x, x),
                f.iconst(Type.I64, Double.doubleToLongBits(Double.NaN)), f.bitcast(Type.I64, x));
    }

    private void floats() {
        doubles("fadd", FunctionBuilder::fadd, (a, b) -> a + b);
        doubles("fsub", FunctionBuilder::fsub, (a, b) -> a - b);
        doubles("fmul", FunctionBuilder::fmul, (a, b) -> a * b);
        doubles("fdiv", FunctionBuilder::fdiv, (a, b) -> a / b);
        doubles("fmin", FunctionBuilder::fmin, Math::min);
        doubles("fmax", FunctionBuilder::fmax, Math::max);
        doubles("fma", (f, a, b) -> f.fma(a, b, a), (a, b) -> Math.fma(a, b, a));
        doubles("sqrt", (f, a, b) -> f.sqrt(a), (a, b) -> Math.sqrt(a));
        doubles("fneg", (f, a, b) -> f.fneg(a), (a, b) -> -a);
        doubles("fabs", (f, a, b) -> f.fabs(a), (a, b) -> Math.abs(a));
        doubles("fcopysign", (f, a, b) -> f.fcopysign(a, b), Math::copySign);
        doubles("ceil", (f, a, b) -> f.ceil(a), (a, b) -> Math.ceil(a));
        doubles("floor", (f, a, b) -> f.floor(a), (a, b) -> Math.floor(a));
        doubles("trunc", (f, a, b) -> f.trunc(a),
                (a, b) -> a < 0 || 1 / a < 0 ? Math.ceil(a) : Math.floor(a));
        doubles("nearest", (f, a, b) -> f.nearest(a), (a, b) -> Math.rint(a));
        doubles("fdemote", (f, a, b) -> f.fpromote(f.fdemote(a)), (a, b) -> (float) a);
        doubles("constants", (f, a, b) -> f.fadd(
                f.f64const(Double.doubleToRawLongBits(2.5)),
                f.fpromote(f.f32const(Float.floatToRawIntBits(0.25f)))), (a, b) -> 2.75);
        test("fcvt_from_sint", (f, a, b) -> f.bitcast(Type.I64, f.fcvtFromSint(Type.F64, a)),
                (a, b) -> Double.doubleToRawLongBits(a));
        test("fcvt_from_uint", (f, a, b) -> f.bitcast(Type.I64,
                f.fcvtFromUint(Type.F64, f.ushrImm(a, 1))),
                (a, b) -> Double.doubleToRawLongBits(a >>> 1));
        test("fcvt_to_sint_sat", (f, a, b) -> f.fcvtToSintSat(Type.I64, f.bitcast(Type.F64, a)),
                (a, b) -> (long) Double.longBitsToDouble(a));
        test("fcvt_to_sint_sat32", (f, a, b) -> f.sextend(Type.I64,
                f.fcvtToSintSat(Type.I32, f.bitcast(Type.F64, a))),
                (a, b) -> (int) Double.longBitsToDouble(a));
        test("fcmp", (f, a, b) -> f.uextend(Type.I64, f.fcmp(FloatCondition.LESS_THAN,
                f.bitcast(Type.F64, a), f.bitcast(Type.F64, b))),
                (a, b) -> Double.longBitsToDouble(a) < Double.longBitsToDouble(b) ? 1 : 0);
    }

    private void memory() {
        test("narrow memory", (f, a, b) -> {
            Value at = f.stackAddress(f.createStackSlot(32, 16), 8);
            f.store(MemoryFlags.TRUSTED, a, at, 0);
            f.istore8(MemoryFlags.TRUSTED, b, at, 1);
            f.istore16(MemoryFlags.TRUSTED, b, at, 2);
            f.istore32(MemoryFlags.TRUSTED, b, at, 4);
            Value sum = f.load(Type.I64, MemoryFlags.TRUSTED, at, 0);
            sum = f.iadd(sum, f.uload8(Type.I64, MemoryFlags.TRUSTED, at, 1));
            sum = f.isub(sum, f.sload8(Type.I64, MemoryFlags.TRUSTED, at, 0));
            sum = f.iadd(sum, f.uload16(Type.I64, MemoryFlags.TRUSTED, at, 2));
            sum = f.isub(sum, f.sload16(Type.I64, MemoryFlags.TRUSTED, at, 2));
            sum = f.iadd(sum, f.uload32(MemoryFlags.TRUSTED, at, 4));
            return f.isub(sum, f.sload32(MemoryFlags.TRUSTED, at, 0));
        }, (a, b) -> {
            long word = a & 0xff | (b & 0xff) << 8 | (b & 0xffff) << 16 | b << 32;
            return word + (b & 0xff) - (byte) a + (b & 0xffff) - (short) b + (b & 0xffff_ffffL)
                    - (int) word;
        });
        test("atomics", (f, a, b) -> {
            Value at = f.stackAddress(f.createStackSlot(8, 8), 0);
            f.atomicStore(MemoryFlags.TRUSTED, a, at);
            Value old = f.atomicRmw(AtomicOperation.ADD, MemoryFlags.TRUSTED, at, b);
            Value seen = f.atomicCas(MemoryFlags.TRUSTED, at, f.iadd(a, b), f.bnot(b));
            Value last = f.atomicRmw(AtomicOperation.EXCHANGE, MemoryFlags.TRUSTED, at, a);
            f.fence();
            return f.bxor(f.bxor(old, seen),
                    f.bxor(last, f.atomicLoad(Type.I64, MemoryFlags.TRUSTED, at)));
        }, (a, b) -> a ^ a + b ^ ~b ^ a);
        for (Type type : List.of(Type.I8, Type.I16, Type.I32)) {
            int shift = 64 - type.bits();
            test("atomics of " + type, (f, a, b) -> {
                Value at = f.stackAddress(f.createStackSlot(8, 8), 0);
                Value x = f.ireduce(type, a);
                Value y = f.ireduce(type, b);
                f.atomicStore(MemoryFlags.TRUSTED, x, at);
                Value seen = f.atomicCas(MemoryFlags.TRUSTED, at, x, y);
                Value least = f.atomicRmw(AtomicOperation.SIGNED_MIN, MemoryFlags.TRUSTED, at, x);
                Value most = f.atomicRmw(AtomicOperation.UNSIGNED_MAX, MemoryFlags.TRUSTED, at, y);
                Value last = f.atomicLoad(type, MemoryFlags.TRUSTED, at);
                Value sum = f.iadd(f.imulImm(f.sextend(Type.I64, seen), 3),
                        f.imulImm(f.sextend(Type.I64, least), 5));
                return f.iadd(f.iadd(sum, f.imulImm(f.sextend(Type.I64, most), 7)),
                        f.imulImm(f.sextend(Type.I64, last), 11));
            }, (a, b) -> {
                long x = a << shift >> shift;
                long y = b << shift >> shift;
                long least = Math.min(x, y);
                long last = Long.compareUnsigned(least << shift, y << shift) > 0 ? least : y;
                return x * 3 + y * 5 + least * 7 + last * 11;
            });
        }
        test("symbols and calls", (f, a, b) -> {
            Value data = f.symbolAddress("data");
            var callee = f.declareFunction("plus_one", SIGNATURE);
            Value direct = f.call(callee, a, f.load(Type.I64, MemoryFlags.TRUSTED, data, 8))
                    .getFirst();
            return f.callIndirect(SIGNATURE, f.functionAddress(callee), List.of(direct, b))
                    .getFirst();
        }, (a, b) -> a + 42 + 1 + b + 1);
    }

    /** Traps that must not happen, whatever is beside the 32 bits that are compared. */
    private void narrowTraps() {
        for (IntCondition c : IntCondition.values()) {
            test("traps " + c, (f, a, b) -> {
                Block holds = f.createBlock();
                Block fails = f.createBlock();
                Block trap = f.createBlock();
                Block join = f.createBlock();
                Value narrow = f.ireduce(Type.I32, a);
                Value other = f.ireduce(Type.I32, b);
                f.brif(f.icmp(c, f.sextend(Type.I64, narrow), f.sextend(Type.I64, other)), holds,
                        fails);
                f.switchTo(holds);
                f.trapz(f.icmp(c, narrow, other), TrapCode.user(1));
                f.brif(f.icmp(c, narrow, other), join, trap);
                f.switchTo(fails);
                f.trapnz(f.icmp(c, narrow, other), TrapCode.user(2));
                f.brif(f.icmp(c, narrow, other), trap, join);
                f.switchTo(trap);
                f.trap(TrapCode.user(3));
                f.switchTo(join);
                f.trapz(f.bor(narrow, f.iconst(Type.I32, 1)), TrapCode.user(4));
                f.trapnz(f.ireduce(Type.I32, f.ishlImm(a, 32)), TrapCode.user(5));
                return a;
            }, (a, b) -> a);
        }
    }

    private void control() {
        test("br_table", (f, a, b) -> {
            Block join = f.createBlock();
            Value result = f.appendParameter(join, Type.I64);
            var targets = new ArrayList<BlockCall>();
            var blocks = new ArrayList<Block>();
            for (int i = 0; i < 5; i++) {
                blocks.add(f.createBlock());
                targets.add(new BlockCall(blocks.get(i)));
            }
            f.brTable(f.ireduce(Type.I32, a),
                    new BlockCall(join, List.of(f.iconst(Type.I64, -1))), targets);
            for (int i = 0; i < 5; i++) {
                f.switchTo(blocks.get(i));
                f.jump(join, f.iaddImm(b, i * 100L));
            }
            f.switchTo(join);
            return result;
        }, (a, b) -> Integer.compareUnsigned((int) a, 5) < 0 ? b + (int) a * 100L : -1);
        test("variables", (f, a, b) -> {
            Variable sum = f.declare(Type.I64);
            Variable left = f.declare(Type.I64);
            Block head = f.createBlock();
            Block body = f.createBlock();
            Block exit = f.createBlock();
            f.define(sum, b);
            f.define(left, f.bandImm(a, 15));
            f.jump(head);
            f.switchTo(head);
            f.brif(f.use(left), body, exit);
            f.switchTo(body);
            f.define(sum, f.iadd(f.use(sum), f.use(left)));
            f.define(left, f.iaddImm(f.use(left), -1));
            f.jump(head);
            f.seal(head);
            f.switchTo(exit);
            return f.use(sum);
        }, (a, b) -> b + (a & 15) * ((a & 15) + 1) / 2);
    }
}
