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

/**
 * Translates the body of one validated function: control, variables and constants here, the rest
 * in the translators of numbers, memory and tables. One pass; the operand stack becomes SSA
 * values, blocks take their operands as block parameters. Code that cannot be reached is skipped.
 */
final class BodyTranslator {
    private final Program.Unit unit;
    private final FunctionType type;
    private final FunctionBuilder f;
    private final CodeCursor code;
    private final Emitter e;
    private final NumericTranslator numbers;
    private final MemoryTranslator memory;
    private final TableTranslator tables;
    private final List<Variable> locals = new ArrayList<>();
    private final ArrayList<ControlFrame> frames = new ArrayList<>();
    private final Value results;

    private BodyTranslator(Program.Unit unit, int index) {
        WasmModule.Function function = unit.module().functions().get(index);
        WasmModule.Body body = function.body().orElseThrow();
        this.unit = unit;
        type = function.type();
        f = new FunctionBuilder(unit.symbol(index), Abi.signature(type));
        code = new CodeCursor(unit.module().bytes(), body.start());
        List<Value> arguments = f.entry();
        e = new Emitter(f, unit, arguments.getFirst());
        numbers = new NumericTranslator(e);
        memory = new MemoryTranslator(e, code);
        tables = new TableTranslator(e, code);
        results = Abi.resultsInMemory(type) ? arguments.get(1) : null;
        declareLocals(body, arguments.subList(results == null ? 1 : 2, arguments.size()));
    }

    /** The description of the function with this index, which is not imported. */
    static FunctionDescription translate(Program.Unit unit, int index) {
        return new BodyTranslator(unit, index).body();
    }

    private void declareLocals(WasmModule.Body body, List<Value> arguments) {
        for (Value argument : arguments) {
            Variable local = f.declare(argument.type());
            f.define(local, argument);
            locals.add(local);
        }
        for (ValueType local : body.locals()) {
            Variable variable = f.declare(local.machine());
            f.define(variable, e.zero(local));
            locals.add(variable);
        }
    }

    private FunctionDescription body() {
        frames.add(new ControlFrame(ControlFrame.Kind.BODY,
                new FunctionType(List.of(), type.results()), 0, List.of(), true));
        while (!frames.isEmpty()) {
            int at = code.position();
            int opcode = code.u8();
            if (e.isReachable()) {
                f.sourceLocation(at);
                instruction(opcode);
            } else {
                skip(opcode);
            }
        }
        if (e.isReachable()) {
            returnResults();
        }
        return f.finish();
    }

    private void instruction(int opcode) {
        if (opcode >= 0x45 && opcode <= 0xc4) {
            numbers.translate(opcode);
        } else if (opcode >= 0x28 && opcode <= 0x35) {
            memory.load(opcode);
        } else if (opcode >= 0x36 && opcode <= 0x3e) {
            memory.store(opcode);
        } else if (opcode <= 0x11) {
            control(opcode);
        } else if (opcode == 0xfc) {
            prefixed(code.u32());
        } else {
            other(opcode);
        }
    }

    private void control(int opcode) {
        switch (opcode) {
            case 0x00 -> f.trap(Abi.trapCode(TrapKind.WASM_UNREACHABLE));
            case 0x01 -> { }
            case 0x02 -> open(ControlFrame.Kind.BLOCK);
            case 0x03 -> loop();
            case 0x04 -> ifElse();
            case 0x05 -> otherwise();
            case 0x0b -> end();
            case 0x0c -> branch();
            case 0x0d -> branchIf();
            case 0x0e -> branchTable();
            case 0x0f -> returnResults();
            case 0x10 -> e.call(code.u32());
            case 0x11 -> tables.callIndirect();
            default -> throw new IllegalArgumentException("opcode " + opcode);
        }
    }

    private void other(int opcode) {
        switch (opcode) {
            case 0x1a -> e.pop();
            case 0x1b -> select();
            case 0x1c -> {
                skipTypes();
                select();
            }
            case 0x20 -> e.push(f.use(locals.get(code.u32())));
            case 0x21 -> f.define(locals.get(code.u32()), e.pop());
            case 0x22 -> f.define(locals.get(code.u32()), e.top(1).getFirst());
            case 0x23 -> e.push(e.globalValue(code.u32()));
            case 0x24 -> f.store(Emitter.VMCTX, e.pop(), e.global(code.u32()), 0);
            case 0x25 -> tables.get();
            case 0x26 -> tables.set();
            case 0x3f -> memory.size();
            case 0x40 -> memory.grow();
            case 0x41 -> e.push(e.i32(code.s32()));
            case 0x42 -> e.push(e.i64(code.s64()));
            case 0x43 -> e.push(f.f32const(code.i32()));
            case 0x44 -> e.push(f.f64const(code.i64()));
            case 0xd0 -> {
                code.u8();
                e.push(e.i64(0));
            }
            case 0xd1 -> e.push(f.uextend(Type.I32, f.icmpImm(
                    IntCondition.EQUAL, e.pop(), 0)));
            case 0xd2 -> e.push(e.functionReference(code.u32()));
            default -> throw new IllegalArgumentException("opcode " + opcode);
        }
    }

    private void prefixed(int number) {
        switch (number) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> numbers.saturating(number);
            case 8 -> memory.init();
            case 9 -> memory.drop(code.u32());
            case 10 -> memory.copy();
            case 11 -> memory.fill();
            case 12 -> tables.init();
            case 13 -> tables.drop(code.u32());
            case 14 -> tables.copy();
            case 15 -> tables.grow();
            case 16 -> tables.size();
            case 17 -> tables.fill();
            default -> throw new IllegalArgumentException("opcode 0xfc " + number);
        }
    }

    private void select() {
        Value condition = e.pop();
        Value second = e.pop();
        e.push(f.select(condition, e.pop(), second));
    }

    // Structured control

    private FunctionType blockType() {
        int first = code.peek();
        if (first == 0x40) {
            code.u8();
            return new FunctionType(List.of(), List.of());
        }
        if ((first & 0xc0) == 0x40) {
            return new FunctionType(List.of(), List.of(ValueType.of(code.u8())));
        }
        return unit.module().types().get((int) code.s33());
    }

    private ControlFrame open(ControlFrame.Kind kind) {
        FunctionType signature = blockType();
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

    private void branch() {
        int depth = code.u32();
        if (depth == frames.size() - 1) {
            returnResults();
        } else {
            f.jump(label(depth));
        }
    }

    private void branchIf() {
        Value condition = e.pop();
        BlockCall taken = label(code.u32());
        Block next = f.createBlock();
        f.brif(condition, taken, new BlockCall(next));
        f.seal(next);
        f.switchTo(next);
    }

    private void branchTable() {
        Value index = e.pop();
        int count = code.u32();
        var labels = new ArrayList<BlockCall>();
        for (int i = 0; i < count; i++) {
            labels.add(label(code.u32()));
        }
        f.brTable(index, label(code.u32()), labels);
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

    // Code that cannot be reached

    private void skip(int opcode) {
        switch (opcode) {
            case 0x02, 0x03, 0x04 -> {
                FunctionType signature = blockType();
                var kind = switch (opcode) {
                    case 0x02 -> ControlFrame.Kind.BLOCK;
                    case 0x03 -> ControlFrame.Kind.LOOP;
                    default -> ControlFrame.Kind.IF;
                };
                frames.add(new ControlFrame(kind, signature, e.height(), List.of(), false));
            }
            case 0x05 -> otherwise();
            case 0x0b -> end();
            case 0x0e -> {
                for (int i = code.u32(); i >= 0; i--) {
                    code.u32();
                }
            }
            case 0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40, 0xd2 ->
                code.u32();
            case 0x11 -> {
                code.u32();
                code.u32();
            }
            case 0x1c -> skipTypes();
            case 0x41 -> code.s32();
            case 0x42 -> code.s64();
            case 0x43 -> code.i32();
            case 0x44 -> code.i64();
            case 0xd0 -> code.u8();
            case 0xfc -> skipPrefixed(code.u32());
            default -> {
                if (opcode >= 0x28 && opcode <= 0x3e) {
                    code.u32();
                    code.u32();
                }
            }
        }
    }

    private void skipPrefixed(int number) {
        switch (number) {
            case 9, 11, 13, 15, 16, 17 -> code.u32();
            case 8, 10, 12, 14 -> {
                code.u32();
                code.u32();
            }
            default -> { }
        }
    }

    private void skipTypes() {
        for (int i = code.u32(); i > 0; i--) {
            code.u8();
        }
    }
}
