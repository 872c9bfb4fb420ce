package k23.codegen.wasm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.FunctionReference;
import k23.codegen.cranelift.IntCondition;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.MemoryFlags.AliasRegion;
import k23.codegen.cranelift.StackSlot;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.TrapKind;

/**
 * What the translators of one function share: the builder, the instance's structure, and the
 * operand stack of WASM, which exists only here.
 */
final class Emitter {
    /** A field of the instance that never changes: loaded once, wherever that is best. */
    static final MemoryFlags FIXED = MemoryFlags.TRUSTED.readonly().canMove();
    /** A field of the instance that changes. */
    static final MemoryFlags VMCTX = MemoryFlags.TRUSTED.region(AliasRegion.VMCTX);
    /** A table's element. */
    static final MemoryFlags ELEMENT = MemoryFlags.TRUSTED.region(AliasRegion.TABLE);

    private final FunctionBuilder builder;
    private final Program.Unit unit;
    private final Value vmctx;
    private final ArrayList<Value> operands = new ArrayList<>();
    private final Map<Integer, StackSlot> resultSlots = new HashMap<>();
    private final Map<Integer, Integer> constants = new HashMap<>();
    private final Map<Integer, Sum> sums = new HashMap<>();
    private final BitSet notNegative = new BitSet();

    Emitter(FunctionBuilder builder, Program.Unit unit, Value vmctx) {
        this.builder = builder;
        this.unit = unit;
        this.vmctx = vmctx;
    }

    FunctionBuilder builder() {
        return builder;
    }

    WasmModule module() {
        return unit.module();
    }

    InstanceLayout layout() {
        return unit.layout();
    }

    Value vmctx() {
        return vmctx;
    }

    // The operand stack

    void push(Value value) {
        operands.add(value);
    }

    void push(List<Value> values) {
        operands.addAll(values);
    }

    Value pop() {
        return operands.removeLast();
    }

    /** The upper {@code count} operands, the deepest first; they leave the stack. */
    List<Value> pop(int count) {
        List<Value> upper = operands.subList(operands.size() - count, operands.size());
        List<Value> values = List.copyOf(upper);
        upper.clear();
        return values;
    }

    /** The upper {@code count} operands, the deepest first; they stay. */
    List<Value> top(int count) {
        return List.copyOf(operands.subList(operands.size() - count, operands.size()));
    }

    int height() {
        return operands.size();
    }

    /** Drops what lies above {@code height}. */
    void cut(int height) {
        operands.subList(height, operands.size()).clear();
    }

    // Numbers

    /** A 32-bit number. */
    Value i32(int value) {
        Value constant = i64(value);
        constants.put(constant.index(), value);
        return value < 0 ? constant : notNegative(constant);
    }

    /** The number that a value was made of by {@link #i32}, or null. */
    Integer constant(Value value) {
        return constants.get(value.index());
    }

    /**
     * A 32-bit value that was made of another one by adding a constant.
     *
     * @param value  the other value
     * @param number the constant
     */
    record Sum(Value value, int number) {}

    /** Notes that a 32-bit value is a sum. */
    Value sum(Value result, Value value, int number) {
        sums.put(result.index(), new Sum(value, number));
        return result;
    }

    /** How a 32-bit value was made by {@link #sum}, or null. */
    Sum sum(Value value) {
        return sums.get(value.index());
    }

    /** Notes that a 32-bit value has no sign: its unsigned extension is the same. */
    Value notNegative(Value value) {
        notNegative.set(value.index());
        return value;
    }

    /** Whether a 32-bit value is known to have no sign. */
    boolean isNotNegative(Value value) {
        return notNegative.get(value.index());
    }

    /** The 32 bits of a 32-bit value alone. */
    Value low(Value value) {
        return builder.ireduce(Type.I32, value);
    }

    /** A 32-bit value of 32 bits. */
    Value signed(Value low) {
        return builder.sextend(Type.I64, low);
    }

    /** The 32-bit value 1 or 0. */
    Value truth(Value condition) {
        return notNegative(builder.uextend(Type.I64, condition));
    }

    Value i64(long value) {
        return builder.iconst(Type.I64, value);
    }

    /** A 32-bit operand as an unsigned 64-bit number. */
    Value wide(Value value) {
        return isNotNegative(value) ? value : builder.uextend(Type.I64, low(value));
    }

    /** A zero of the type. */
    Value zero(ValueType type) {
        return switch (type) {
            case I32, I64, FUNCREF, EXTERNREF -> i64(0);
            case F32 -> builder.f32const(0);
            case F64 -> builder.f64const(0);
        };
    }

    /** Traps where {@code x > limit}, unsigned. */
    void trapAbove(Value x, Value limit, TrapKind kind) {
        builder.trapnz(builder.icmp(IntCondition.UNSIGNED_GREATER_THAN, x, limit),
                Abi.trapCode(kind));
    }

    // The instance

    /** A field of the instance that never changes. */
    Value fixed(int offset) {
        return builder.load(Type.I64, FIXED, vmctx, offset);
    }

    /** Where a memory's base and length are. */
    Value memory(int index) {
        int offset = layout().memory(index);
        return module().memories().get(index).imported()
                ? fixed(offset) : builder.iaddImm(vmctx, offset);
    }

    /** A memory's base: it is a reservation that never moves. */
    Value memoryBase(int index) {
        int offset = layout().memory(index);
        return module().memories().get(index).imported()
                ? builder.load(Type.I64, FIXED, fixed(offset), 0) : fixed(offset);
    }

    /** A memory's length in bytes. */
    Value memoryLength(int index) {
        return builder.load(Type.I64, VMCTX, memory(index), InstanceLayout.LENGTH);
    }

    /** Where a table's base and length are. */
    Value table(int index) {
        int offset = layout().table(index);
        return module().tables().get(index).imported()
                ? fixed(offset) : builder.iaddImm(vmctx, offset);
    }

    /** A table's base: it never moves. */
    Value tableBase(int index) {
        return builder.load(Type.I64, FIXED, table(index), 0);
    }

    /** A table's length in elements. */
    Value tableLength(int index) {
        return builder.load(Type.I64, VMCTX, table(index), InstanceLayout.LENGTH);
    }

    /** Where a global's value is. */
    Value global(int index) {
        int offset = layout().global(index);
        return module().globals().get(index).isImported()
                ? fixed(offset) : builder.iaddImm(vmctx, offset);
    }

    /** The value of a global. */
    Value globalValue(int index) {
        WasmModule.Global global = module().globals().get(index);
        MemoryFlags flags = global.mutable() ? VMCTX : FIXED;
        return builder.load(global.type().machine(), flags, global(index), 0);
    }

    /** The address of a function's funcref: a value of type {@code funcref}. */
    Value functionReference(int index) {
        return builder.iaddImm(fixed(InstanceLayout.FUNCREFS),
                (long) index * InstanceLayout.FUNCREF_BYTES);
    }

    // Calls

    /** Calls a function of the module; pops its arguments, pushes its results. */
    void call(int index) {
        FunctionType type = module().functions().get(index).type();
        List<Value> arguments = pop(type.parameters().size());
        if (module().functions().get(index).imported()) {
            int at = layout().importedFunction(index);
            callAddress(type, fixed(at), fixed(at + InstanceLayout.IMPORT_VMCTX), arguments);
            return;
        }
        FunctionReference callee = builder.declareFunction(unit.symbol(index),
                Abi.signature(type));
        StackSlot slot = resultSlot(type);
        finishCall(type, slot, builder.call(callee, machineArguments(vmctx, slot, arguments)));
    }

    /** Calls code at an address; pushes its results. */
    void callAddress(FunctionType type, Value code, Value calleeVmctx, List<Value> arguments) {
        StackSlot slot = resultSlot(type);
        finishCall(type, slot, builder.callIndirect(Abi.signature(type), code,
                machineArguments(calleeVmctx, slot, arguments)));
    }

    /** Calls one of the program's own routines. */
    List<Value> callRoutine(Routine routine, Value... arguments) {
        return builder.call(builder.declareFunction(routine.symbol(), routine.signature()),
                arguments);
    }

    private StackSlot resultSlot(FunctionType type) {
        if (!Abi.resultsInMemory(type)) {
            return null;
        }
        return resultSlots.computeIfAbsent(type.results().size() * Abi.SLOT_BYTES,
                bytes -> builder.createStackSlot(bytes, Abi.SLOT_BYTES));
    }

    private List<Value> machineArguments(Value calleeVmctx, StackSlot slot,
            List<Value> arguments) {
        var all = new ArrayList<Value>(arguments.size() + 2);
        all.add(calleeVmctx);
        if (slot != null) {
            all.add(builder.stackAddress(slot, 0));
        }
        all.addAll(arguments);
        return all;
    }

    private void finishCall(FunctionType type, StackSlot slot, List<Value> registers) {
        if (slot == null) {
            push(registers);
            return;
        }
        Value address = builder.stackAddress(slot, 0);
        int offset = 0;
        for (ValueType result : type.results()) {
            push(builder.load(result.machine(), MemoryFlags.TRUSTED, address, offset));
            offset += Abi.SLOT_BYTES;
        }
    }

    /** Whether code is written at all: nothing is behind a jump, a return or a trap. */
    boolean isReachable() {
        return !builder.isTerminated();
    }
}
