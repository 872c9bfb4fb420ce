package k23.codegen.wasm;

import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.MemoryFlags.AliasRegion;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.TrapKind;
import k23.runtime.parse.Opcode;

/**
 * Memory instructions (Core 2.0, section 4.4.7). Loads and stores carry no checks: a memory is a
 * reservation of everything that a 32-bit index plus a 32-bit offset can reach, and what lies
 * behind its length is not mapped. Bulk instructions check first, so that they change nothing
 * when they trap.
 */
final class MemoryTranslator {
    private static final MemoryFlags ACCESS = MemoryFlags.DEFAULT.region(AliasRegion.HEAP)
            .trap(Abi.trapCode(TrapKind.WASM_MEMORY_BOUNDS));
    private static final int PAGE_SHIFT = 16;
    /**
     * A sum with a constant is done in 64 bits instead of 32. If the two differ, the one in 32 bits
     * has wrapped: with a constant that is not negative from 2 GiB on, to a negative index, and in
     * 64 bits that is behind the memory; with a negative one to the 64 KiB below 2 GiB, which no
     * signed memory has, and in 64 bits that is still in front of it. Both fault.
     */
    private static final int LEAST_CONSTANT = -(1 << 16);
    /** What the offset of an instruction spans. */
    private static final long LOWER_BYTES = 1 << 12;

    private final Emitter e;
    private final FunctionBuilder f;

    /** An effective address: a value plus a constant that the access itself adds. */
    private record Place(Value address, int offset) {}

    MemoryTranslator(Emitter emitter) {
        this.e = emitter;
        this.f = emitter.builder();
    }

    /** A load from index plus offset. */
    void load(int opcode, long offset) {
        Place at = place(e.pop(), offset);
        e.push(switch (opcode) {
            case Opcode.I32_LOAD, Opcode.I64_LOAD32_S ->
                f.sload32(ACCESS, at.address, at.offset);
            case Opcode.I64_LOAD -> f.load(Type.I64, ACCESS, at.address, at.offset);
            case Opcode.F32_LOAD -> f.load(Type.F32, ACCESS, at.address, at.offset);
            case Opcode.F64_LOAD -> f.load(Type.F64, ACCESS, at.address, at.offset);
            case Opcode.I32_LOAD8_S, Opcode.I64_LOAD8_S ->
                f.sload8(Type.I64, ACCESS, at.address, at.offset);
            case Opcode.I32_LOAD8_U, Opcode.I64_LOAD8_U ->
                e.notNegative(f.uload8(Type.I64, ACCESS, at.address, at.offset));
            case Opcode.I32_LOAD16_S, Opcode.I64_LOAD16_S ->
                f.sload16(Type.I64, ACCESS, at.address, at.offset);
            case Opcode.I32_LOAD16_U, Opcode.I64_LOAD16_U ->
                e.notNegative(f.uload16(Type.I64, ACCESS, at.address, at.offset));
            case Opcode.I64_LOAD32_U -> f.uload32(ACCESS, at.address, at.offset);
            default -> throw new IllegalArgumentException("load " + opcode);
        });
    }

    /** A store to index plus offset. */
    void store(int opcode, long offset) {
        Value value = e.pop();
        Place at = place(e.pop(), offset);
        switch (opcode) {
            case Opcode.I64_STORE, Opcode.F32_STORE, Opcode.F64_STORE ->
                f.store(ACCESS, value, at.address, at.offset);
            case Opcode.I32_STORE8, Opcode.I64_STORE8 ->
                f.istore8(ACCESS, value, at.address, at.offset);
            case Opcode.I32_STORE16, Opcode.I64_STORE16 ->
                f.istore16(ACCESS, value, at.address, at.offset);
            case Opcode.I32_STORE, Opcode.I64_STORE32 ->
                f.istore32(ACCESS, value, at.address, at.offset);
            default -> throw new IllegalArgumentException("store " + opcode);
        }
    }

    /** {@code memory.size}. */
    void size(int memory) {
        e.push(f.ushrImm(e.memoryLength(memory), PAGE_SHIFT));
    }

    /** {@code memory.grow}. */
    void grow(int memory) {
        Value pages = e.pop();
        e.push(e.callRoutine(Routine.GROW_MEMORY, e.memory(memory), pages));
    }

    /** {@code memory.fill}. */
    void fill(int memory) {
        Value bytes = e.wide(e.pop());
        Value value = e.pop();
        Value to = e.wide(e.pop());
        check(to, bytes, e.memoryLength(memory));
        e.callRoutine(Routine.FILL, f.iadd(e.memoryBase(memory), to), value, bytes);
    }

    /** {@code memory.copy}. */
    void copy(int target, int source) {
        Value bytes = e.wide(e.pop());
        Value from = e.wide(e.pop());
        Value to = e.wide(e.pop());
        check(from, bytes, e.memoryLength(source));
        check(to, bytes, e.memoryLength(target));
        e.callRoutine(Routine.COPY, f.iadd(e.memoryBase(target), to),
                f.iadd(e.memoryBase(source), from), bytes);
    }

    /** {@code memory.init} of a segment. */
    void init(int segment, int memory) {
        Value bytes = e.wide(e.pop());
        Value from = e.wide(e.pop());
        Value to = e.wide(e.pop());
        int at = e.layout().data(segment);
        Value length = f.load(Type.I64, Emitter.VMCTX, e.vmctx(), at + InstanceLayout.LENGTH);
        check(from, bytes, length);
        check(to, bytes, e.memoryLength(memory));
        e.callRoutine(Routine.COPY, f.iadd(e.memoryBase(memory), to),
                f.iadd(e.fixed(at), from), bytes);
    }

    /** {@code data.drop} of a segment. */
    void drop(int segment) {
        f.store(Emitter.VMCTX, e.i64(0), e.vmctx(),
                e.layout().data(segment) + InstanceLayout.LENGTH);
    }

    /** Traps unless {@code count} units from {@code start} lie below {@code length}. */
    private void check(Value start, Value count, Value length) {
        e.trapAbove(f.iadd(start, count), length, TrapKind.WASM_MEMORY_BOUNDS);
    }

    /**
     * Where an access goes. Of a signed memory without an offset, a negative index leads in front
     * of the memory, where it faults as it should; every other index is widened without a sign.
     * The upper part of a constant goes to the base, where it is shared, the lower one to the
     * instruction.
     */
    private Place place(Value index, long offset) {
        Value base = e.memoryBase(0);
        Integer constant = e.constant(index);
        if (constant != null) {
            return place(base, Integer.toUnsignedLong(constant) + offset, null);
        }
        if (offset != 0 || !e.module().memories().getFirst().isSigned()) {
            return place(base, offset, e.wide(index));
        }
        Emitter.Sum sum = e.sum(index);
        return sum == null || sum.number() < LEAST_CONSTANT ? place(base, 0, index)
                : place(base, sum.number(), sum.value());
    }

    private Place place(Value base, long offset, Value index) {
        long upper = offset + LOWER_BYTES / 2 & -LOWER_BYTES;
        Value start = upper == 0 ? base : f.iaddImm(base, upper);
        return new Place(index == null ? start : f.iadd(start, index), (int) (offset - upper));
    }
}
