package k23.codegen.wasm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import k23.codegen.cranelift.Block;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.FunctionDescription;
import k23.codegen.cranelift.IntCondition;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.Definition;
import k23.runtime.wasi.WasiCalls;

/** The code of {@link Routine}s and of the stubs that call the kernel. */
final class RoutineCode {
    private static final MemoryFlags BYTES = MemoryFlags.DEFAULT.notrap();
    private static final int T0 = 5;
    private static final int ADDI = 0x13;
    private static final int ECALL = 0x73;
    private static final int RET = 0x8067;
    private static final int CODE_BYTES = 12;

    private RoutineCode() {}

    /** The routines that are compiled. */
    static List<FunctionDescription> compiled() {
        return List.of(copy(), fill(), fillElements());
    }

    /** The routines that call the kernel. */
    static List<Definition> stubs() {
        return List.of(stub(Routine.GROW_MEMORY.symbol(), WasiCalls.GROW_MEMORY),
                stub(Routine.GROW_TABLE.symbol(), WasiCalls.GROW_TABLE),
                stub(Routine.EXIT.symbol(), WasiCalls.EXIT));
    }

    /** {@code li t0, number; ecall; ret}: the arguments are where the kernel looks for them. */
    static Definition stub(String symbol, int number) {
        ByteBuffer code = ByteBuffer.allocate(CODE_BYTES).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number << 20 | T0 << 7 | ADDI).putInt(ECALL).putInt(RET);
        return Definition.function(symbol, code.array()).build();
    }

    private static FunctionDescription copy() {
        var f = new FunctionBuilder(Routine.COPY.symbol(), Routine.COPY.signature());
        List<Value> arguments = f.entry();
        Value to = arguments.get(0);
        Value from = arguments.get(1);
        Value bytes = arguments.get(2);
        Block up = f.createBlock();
        Block down = f.createBlock();
        f.brif(f.icmp(IntCondition.UNSIGNED_GREATER_OR_EQUAL, f.isub(to, from), bytes), up, down);
        f.switchTo(up);
        // Words first, where both ends are aligned; the few bytes behind them one by one.
        Value words = wholeWords(f, bytes, f.bor(to, from));
        count(f, words, 8, i -> f.store(BYTES, f.load(Type.I64, BYTES, f.iadd(from, i), 0),
                f.iadd(to, i), 0));
        Value toRest = f.iadd(to, words);
        Value fromRest = f.iadd(from, words);
        count(f, f.isub(bytes, words), 1, i -> f.store(BYTES,
                f.load(Type.I8, BYTES, f.iadd(fromRest, i), 0), f.iadd(toRest, i), 0));
        f.returnValues();
        f.switchTo(down);
        // From the end backwards: the upper bytes one by one, then words.
        Value lower = wholeWords(f, bytes, f.bor(to, from));
        Value upper = f.isub(bytes, lower);
        count(f, upper, 1, i -> {
            Value at = f.isub(f.iaddImm(bytes, -1), i);
            f.store(BYTES, f.load(Type.I8, BYTES, f.iadd(from, at), 0), f.iadd(to, at), 0);
        });
        count(f, lower, 8, i -> {
            Value at = f.isub(f.iaddImm(lower, -8), i);
            f.store(BYTES, f.load(Type.I64, BYTES, f.iadd(from, at), 0), f.iadd(to, at), 0);
        });
        f.returnValues();
        return f.finish();
    }

    private static FunctionDescription fill() {
        var f = new FunctionBuilder(Routine.FILL.symbol(), Routine.FILL.signature());
        List<Value> arguments = f.entry();
        Value to = arguments.get(0);
        Value low = f.bandImm(arguments.get(1), 0xff);
        Value word = f.imul(low, f.iconst(Type.I64, 0x0101010101010101L));
        Value bytes = arguments.get(2);
        Value words = wholeWords(f, bytes, to);
        count(f, words, 8, i -> f.store(BYTES, word, f.iadd(to, i), 0));
        Value rest = f.iadd(to, words);
        count(f, f.isub(bytes, words), 1, i -> f.istore8(BYTES, word, f.iadd(rest, i), 0));
        f.returnValues();
        return f.finish();
    }

    private static FunctionDescription fillElements() {
        var f = new FunctionBuilder(Routine.FILL_ELEMENTS.symbol(),
                Routine.FILL_ELEMENTS.signature());
        List<Value> arguments = f.entry();
        Value bytes = f.ishlImm(arguments.get(2), 3);
        count(f, bytes, 8, i -> f.store(BYTES, arguments.get(1), f.iadd(arguments.get(0), i), 0));
        f.returnValues();
        return f.finish();
    }

    /** The bytes that can be handled as words: none unless {@code addresses} is aligned. */
    private static Value wholeWords(FunctionBuilder f, Value bytes, Value addresses) {
        Value aligned = f.icmpImm(IntCondition.EQUAL, f.bandImm(addresses, 7), 0);
        return f.select(aligned, f.bandImm(bytes, -8), f.iconst(Type.I64, 0));
    }

    private interface Step {
        void at(Value index);
    }

    /** Does a step for 0, {@code stride}, 2 {@code stride}… below {@code end}, a multiple. */
    private static void count(FunctionBuilder f, Value end, int stride, Step step) {
        var values = new ArrayList<Value>();
        Block loop = f.createBlock(List.of(Type.I64), values);
        Block done = f.createBlock();
        Block start = f.createBlock();
        f.brif(end, start, done);
        f.switchTo(start);
        f.jump(loop, f.iconst(Type.I64, 0));
        f.switchTo(loop);
        Value index = values.getFirst();
        step.at(index);
        Value next = f.iaddImm(index, stride);
        Block again = f.createBlock();
        f.brif(f.icmp(IntCondition.UNSIGNED_LESS_THAN, next, end), again, done);
        f.switchTo(again);
        f.jump(loop, next);
        f.switchTo(done);
    }
}
