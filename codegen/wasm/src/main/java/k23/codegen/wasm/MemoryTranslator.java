package k23.codegen.wasm;

import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.MemoryFlags.AliasRegion;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.TrapKind;

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

    private final Emitter e;
    private final FunctionBuilder f;
    private final CodeCursor code;

    /** An effective address: a value plus a constant that the access itself adds. */
    private record Place(Value address, int offset) {}

    MemoryTranslator(Emitter emitter, CodeCursor code) {
        this.e = emitter;
        this.f = emitter.builder();
        this.code = code;
    }

    /** Translates the load with this opcode, 0x28 to 0x35; reads its immediates. */
    void load(int opcode) {
        long offset = immediates();
        Place at = place(e.pop(), offset);
        e.push(switch (opcode) {
            case 0x28 -> f.load(Type.I32, ACCESS, at.address, at.offset);
            case 0x29 -> f.load(Type.I64, ACCESS, at.address, at.offset);
            case 0x2a -> f.load(Type.F32, ACCESS, at.address, at.offset);
            case 0x2b -> f.load(Type.F64, ACCESS, at.address, at.offset);
            case 0x2c -> f.sload8(Type.I32, ACCESS, at.address, at.offset);
            case 0x2d -> f.uload8(Type.I32, ACCESS, at.address, at.offset);
            case 0x2e -> f.sload16(Type.I32, ACCESS, at.address, at.offset);
            case 0x2f -> f.uload16(Type.I32, ACCESS, at.address, at.offset);
            case 0x30 -> f.sload8(Type.I64, ACCESS, at.address, at.offset);
            case 0x31 -> f.uload8(Type.I64, ACCESS, at.address, at.offset);
            case 0x32 -> f.sload16(Type.I64, ACCESS, at.address, at.offset);
            case 0x33 -> f.uload16(Type.I64, ACCESS, at.address, at.offset);
            case 0x34 -> f.sload32(ACCESS, at.address, at.offset);
            case 0x35 -> f.uload32(ACCESS, at.address, at.offset);
            default -> throw new IllegalArgumentException("load " + opcode);
        });
    }

    /** Translates the store with this opcode, 0x36 to 0x3e; reads its immediates. */
    void store(int opcode) {
        long offset = immediates();
        Value value = e.pop();
        Place at = place(e.pop(), offset);
        switch (opcode) {
            case 0x36, 0x37, 0x38, 0x39 -> f.store(ACCESS, value, at.address, at.offset);
            case 0x3a, 0x3c -> f.istore8(ACCESS, value, at.address, at.offset);
            case 0x3b, 0x3d -> f.istore16(ACCESS, value, at.address, at.offset);
            case 0x3e -> f.istore32(ACCESS, value, at.address, at.offset);
            default -> throw new IllegalArgumentException("store " + opcode);
        }
    }

    /** {@code memory.size}. */
    void size() {
        e.push(f.ireduce(Type.I32, f.ushrImm(e.memoryLength(code.u32()), PAGE_SHIFT)));
    }

    /** {@code memory.grow}. */
    void grow() {
        Value memory = e.memory(code.u32());
        e.push(e.callRoutine(Routine.GROW_MEMORY, memory, e.pop()));
    }

    /** {@code memory.fill}. */
    void fill() {
        int memory = code.u32();
        Value bytes = e.wide(e.pop());
        Value value = e.pop();
        Value to = e.wide(e.pop());
        check(to, bytes, e.memoryLength(memory));
        e.callRoutine(Routine.FILL, f.iadd(e.memoryBase(memory), to), value, bytes);
    }

    /** {@code memory.copy}. */
    void copy() {
        int target = code.u32();
        int source = code.u32();
        Value bytes = e.wide(e.pop());
        Value from = e.wide(e.pop());
        Value to = e.wide(e.pop());
        check(from, bytes, e.memoryLength(source));
        check(to, bytes, e.memoryLength(target));
        e.callRoutine(Routine.COPY, f.iadd(e.memoryBase(target), to),
                f.iadd(e.memoryBase(source), from), bytes);
    }

    /** {@code memory.init} with its immediates. */
    void init() {
        int segment = code.u32();
        init(segment, code.u32());
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

    private long immediates() {
        code.u32();
        return code.offset();
    }

    private Place place(Value index, long offset) {
        Value address = f.iadd(e.memoryBase(0), e.wide(index));
        return offset <= Integer.MAX_VALUE ? new Place(address, (int) offset)
                : new Place(f.iaddImm(address, offset), 0);
    }
}
