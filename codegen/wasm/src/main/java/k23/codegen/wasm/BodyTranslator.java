package k23.codegen.wasm;

import java.util.ArrayList;
import java.util.List;
import k23.codegen.cranelift.Block;
import k23.codegen.cranelift.BlockCall;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.FunctionDescription;
import k23.codegen.cranelift.IntCondition;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.cranelift.Variable;
import k23.codegen.link.TrapKind;
import k23.runtime.parse.Opcode;
import k23.runtime.validate.FunctionWalk;

/**
 * Translates the body of one validated function: control, variables and constants here, the rest
 * in the translators of numbers, memory and tables. One pass; the operand stack becomes SSA
 * values, blocks take their operands as block parameters. Code that cannot be reached is skipped.
 */
final class BodyTranslator {
    private final FunctionType type;
    private final FunctionWalk walk;
    private final FunctionBuilder f;
    private final Emitter e;
    private final NumericTranslator numbers;
    private final MemoryTranslator memory;
    private final TableTranslator tables;
    private final List<Variable> locals = new ArrayList<>();
    private final ArrayList<ControlFrame> frames = new ArrayList<>();
    private final Value results;

    private BodyTranslator(Program.Unit unit, int index) {
        type = unit.module().functions().get(index).type();
        walk = new FunctionWalk(unit.module().declarations());
        walk.begin(index);
        f = new FunctionBuilder(unit.symbol(index), Abi.signature(type));
        List<Value> arguments = f.entry();
        e = new Emitter(f, unit, arguments.getFirst());
        numbers = new NumericTranslator(e);
        memory = new MemoryTranslator(e);
        tables = new TableTranslator(e);
        results = Abi.resultsInMemory(type) ? arguments.get(1) : null;
        declareLocals(arguments.subList(results == null ? 1 : 2, arguments.size()));
    }

    /** The description of the function with this index, which is not imported. */
    static FunctionDescription translate(Program.Unit unit, int index) {
        return new BodyTranslator(unit, index).body();
    }

    private void declareLocals(List<Value> arguments) {
        for (int i = 0; i < walk.localCount(); i++) {
            ValueType local = ValueType.of(walk.local(i).code());
            Variable variable = f.declare(local.machine());
            f.define(variable, i < arguments.size() ? arguments.get(i) : e.zero(local));
            locals.add(variable);
        }
    }

    private FunctionDescription body() {
        frames.add(new ControlFrame(ControlFrame.Kind.BODY,
                new FunctionType(List.of(), type.results()), 0, List.of(), true));
        while (walk.next()) {
            if (e.isReachable()) {
                if (isPlace(walk.opcode())) {
                    f.sourceLocation(walk.offset());
                }
                instruction(walk.opcode());
            } else {
                skip(walk.opcode());
            }
        }
        if (walk.failure().isError()) {
            throw new IllegalStateException(f.name() + " was valid before: "
                    + walk.failure().message());
        }
        if (e.isReachable()) {
            returnResults();
        }
        return f.finish();
    }

    /**
     * Whether a report can name the instruction: those that may trap, calls, and loops, which can
     * be interrupted. The code of others counts to the one before; that halves the tables.
     */
    private static boolean isPlace(int opcode) {
        return switch (opcode) {
            case Opcode.UNREACHABLE, Opcode.LOOP, Opcode.CALL, Opcode.CALL_INDIRECT,
                    Opcode.TABLE_GET, Opcode.TABLE_SET, Opcode.MEMORY_GROW,
                    Opcode.I32_DIV_S, Opcode.I32_DIV_U, Opcode.I32_REM_S, Opcode.I32_REM_U,
                    Opcode.I64_DIV_S, Opcode.I64_DIV_U, Opcode.I64_REM_S, Opcode.I64_REM_U,
                    Opcode.I32_TRUNC_F32_S, Opcode.I32_TRUNC_F32_U, Opcode.I32_TRUNC_F64_S,
                    Opcode.I32_TRUNC_F64_U, Opcode.I64_TRUNC_F32_S, Opcode.I64_TRUNC_F32_U,
                    Opcode.I64_TRUNC_F64_S, Opcode.I64_TRUNC_F64_U -> true;
            default -> opcode >= Opcode.I32_LOAD && opcode <= Opcode.I64_STORE32
                    || opcode >= Opcode.MEMORY_INIT;
        };
    }

    private void instruction(int opcode) {
        if (opcode >= Opcode.I32_EQZ && opcode <= Opcode.I64_EXTEND32_S) {
            numbers.translate(opcode);
        } else if (opcode >= Opcode.I32_LOAD && opcode <= Opcode.I64_LOAD32_U) {
            memory.load(opcode, walk.memoryOffset());
        } else if (opcode >= Opcode.I32_STORE && opcode <= Opcode.I64_STORE32) {
            memory.store(opcode, walk.memoryOffset());
        } else if (opcode <= Opcode.CALL_INDIRECT) {
            control(opcode);
        } else if (opcode >= Opcode.I32_TRUNC_SAT_F32_S) {
            prefixed(opcode);
        } else {
            other(opcode);
        }
    }

    private void control(int opcode) {
        switch (opcode) {
            case Opcode.UNREACHABLE -> f.trap(Abi.trapCode(TrapKind.WASM_UNREACHABLE));
            case Opcode.NOP -> { }
            case Opcode.BLOCK -> open(ControlFrame.Kind.BLOCK);
            case Opcode.LOOP -> loop();
            case Opcode.IF -> ifElse();
            case Opcode.ELSE -> otherwise();
            case Opcode.END -> end();
            case Opcode.BR -> branch(walk.index());
            case Opcode.BR_IF -> branchIf(walk.index());
            case Opcode.BR_TABLE -> branchTable();
            case Opcode.RETURN -> returnResults();
            case Opcode.CALL -> e.call(walk.index());
            case Opcode.CALL_INDIRECT -> tables.callIndirect(walk.index(), walk.second());
            default -> throw new IllegalArgumentException("opcode " + opcode);
        }
    }

    private void other(int opcode) {
        int index = walk.index();
        switch (opcode) {
            case Opcode.DROP -> e.pop();
            case Opcode.SELECT, Opcode.SELECT_T -> select();
            case Opcode.LOCAL_GET -> e.push(f.use(locals.get(index)));
            case Opcode.LOCAL_SET -> f.define(locals.get(index), e.pop());
            case Opcode.LOCAL_TEE -> f.define(locals.get(index), e.top(1).getFirst());
            case Opcode.GLOBAL_GET -> e.push(e.globalValue(index));
            case Opcode.GLOBAL_SET -> f.store(Emitter.VMCTX, e.pop(), e.global(index), 0);
            case Opcode.TABLE_GET -> tables.get(index);
            case Opcode.TABLE_SET -> tables.set(index);
            case Opcode.MEMORY_SIZE -> memory.size(index);
            case Opcode.MEMORY_GROW -> memory.grow(index);
            case Opcode.I32_CONST -> e.push(e.i32(walk.i32()));
            case Opcode.I64_CONST -> e.push(e.i64(walk.i64()));
            case Opcode.F32_CONST -> e.push(f.f32const(walk.i32()));
            case Opcode.F64_CONST -> e.push(f.f64const(walk.i64()));
            case Opcode.REF_NULL -> e.push(e.i64(0));
            case Opcode.REF_IS_NULL -> e.push(e.truth(
                    f.icmpImm(IntCondition.EQUAL, e.pop(), 0)));
            case Opcode.REF_FUNC -> e.push(e.functionReference(index));
            default -> throw new IllegalArgumentException("opcode " + opcode);
        }
    }

    private void prefixed(int opcode) {
        int index = walk.index();
        switch (opcode) {
            case Opcode.MEMORY_INIT -> memory.init(index, walk.second());
            case Opcode.DATA_DROP -> memory.drop(index);
            case Opcode.MEMORY_COPY -> memory.copy(index, walk.second());
            case Opcode.MEMORY_FILL -> memory.fill(index);
            case Opcode.TABLE_INIT -> tables.init(index, walk.second());
            case Opcode.ELEM_DROP -> tables.drop(index);
            case Opcode.TABLE_COPY -> tables.copy(index, walk.second());
            case Opcode.TABLE_GROW -> tables.grow(index);
            case Opcode.TABLE_SIZE -> tables.size(index);
            case Opcode.TABLE_FILL -> tables.fill(index);
            default -> numbers.saturating(opcode - Opcode.I32_TRUNC_SAT_F32_S);
        }
    }

    /** Code that cannot be reached: only its blocks are followed, to find their ends. */
    private void skip(int opcode) {
        switch (opcode) {
            case Opcode.BLOCK, Opcode.LOOP, Opcode.IF -> frames.add(new ControlFrame(
                    ControlFrame.Kind.BLOCK, FunctionType.of(walk.type()), e.height(), List.of(),
                    false));
            case Opcode.ELSE -> otherwise();
            case Opcode.END -> end();
            default -> { }
        }
    }

    private void select() {
        Value condition = e.pop();
        Value second = e.pop();
        e.push(f.select(condition, e.pop(), second));
    }

    // Structured control

    private ControlFrame open(ControlFrame.Kind kind) {
        FunctionType signature = FunctionType.of(walk.type());
        List<Value> parameters = e.top(signature.parameters().size());
        var frame = new ControlFrame(kind, signature, e.height() - parameters.size(), parameters,
                true);
        frames.add(frame);
        return frame;
    }

    private void loop() {
        ControlFrame frame = open(ControlFrame.Kind.LOOP);
        var values = new ArrayList<Value>();
        Block head = f.createBlock(Abi.machine(frame.type().parameters()), values);
        frame.other(head);
        f.jump(new BlockCall(head, frame.parameters()));
        f.switchTo(head);
        e.cut(frame.height());
        e.push(values);
    }

    private void ifElse() {
        Value condition = e.pop();
        ControlFrame frame = open(ControlFrame.Kind.IF);
        Block then = f.createBlock();
        frame.other(f.createBlock());
        f.brif(condition, then, frame.other());
        f.seal(then);
        f.seal(frame.other());
        f.switchTo(then);
    }

    private void otherwise() {
        ControlFrame frame = frames.getLast();
        if (e.isReachable()) {
            f.jump(target(frame));
        }
        frame.becomeElse();
        e.cut(frame.height());
        if (frame.isEntered()) {
            f.switchTo(frame.other());
            e.push(frame.parameters());
        }
    }

    private void end() {
        ControlFrame frame = frames.removeLast();
        if (frame.kind() == ControlFrame.Kind.IF && frame.isEntered()) {
            // An if without else leaves its parameters as its results.
            if (e.isReachable()) {
                f.jump(target(frame));
            }
            e.cut(frame.height());
            e.push(frame.parameters());
            f.switchTo(frame.other());
        }
        if (frame.kind() == ControlFrame.Kind.LOOP && frame.isEntered()) {
            f.seal(frame.other());
        }
        if (frame.end() == null) {
            // Nothing jumps here: what is on the stack, if this is reached, goes on.
            if (!e.isReachable()) {
                e.cut(Math.min(e.height(), frame.height()));
            }
            return;
        }
        if (e.isReachable()) {
            f.jump(target(frame));
        }
        f.seal(frame.end());
        f.switchTo(frame.end());
        e.cut(frame.height());
        e.push(frame.endValues());
    }

    /** A jump to a frame with the upper operands, which stay on the stack. */
    private BlockCall target(ControlFrame frame) {
        List<Value> arguments = e.top(frame.branchTypes().size());
        if (frame.kind() == ControlFrame.Kind.LOOP) {
            return new BlockCall(frame.other(), arguments);
        }
        if (frame.end() == null) {
            var values = new ArrayList<Value>();
            frame.end(f.createBlock(Abi.machine(frame.type().results()), values), values);
        }
        return new BlockCall(frame.end(), arguments);
    }

    private BlockCall label(int depth) {
        return target(frames.get(frames.size() - 1 - depth));
    }

    private void branch(int depth) {
        if (depth == frames.size() - 1) {
            returnResults();
        } else {
            f.jump(label(depth));
        }
    }

    private void branchIf(int depth) {
        Value condition = e.pop();
        BlockCall taken = label(depth);
        Block next = f.createBlock();
        f.brif(condition, taken, new BlockCall(next));
        f.seal(next);
        f.switchTo(next);
    }

    private void branchTable() {
        Value index = e.pop();
        int last = walk.labelCount() - 1;
        var labels = new ArrayList<BlockCall>();
        for (int i = 0; i < last; i++) {
            labels.add(label(walk.label(i)));
        }
        f.brTable(f.ireduce(Type.I32, index), label(walk.label(last)), labels);
    }

    private void returnResults() {
        List<Value> values = e.top(type.results().size());
        if (results == null) {
            f.returnValues(values);
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            f.store(MemoryFlags.TRUSTED, values.get(i), results, i * Abi.SLOT_BYTES);
        }
        f.returnValues();
    }
}
