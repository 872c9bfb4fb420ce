package k23.codegen.wasm;

import java.util.List;
import k23.codegen.cranelift.Block;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.IntCondition;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.TrapKind;

/** Table and reference instructions, and indirect calls (Core 2.0, sections 4.4.3 and 4.4.6). */
final class TableTranslator {
    private static final TrapKind BOUNDS = TrapKind.WASM_TABLE_BOUNDS;
    private static final int ELEMENT_SHIFT = 3;
    private static final MemoryFlags TYPE_OR_TRAP = MemoryFlags.TRUSTED
            .trap(Abi.trapCode(TrapKind.WASM_INDIRECT_NULL));

    private final Emitter e;
    private final FunctionBuilder f;

    TableTranslator(Emitter emitter) {
        this.e = emitter;
        this.f = emitter.builder();
    }

    /** {@code call_indirect}. */
    void callIndirect(int typeIndex, int table) {
        FunctionType type = e.module().types().get(typeIndex);
        Value callee = f.load(Type.I64, Emitter.ELEMENT, element(table, e.pop()), 0);
        List<Value> arguments = e.pop(type.parameters().size());
        // Null is address 0, whose page is never mapped: this load is the check.
        Value actual = f.load(Type.I32, TYPE_OR_TRAP, callee, InstanceLayout.FUNCREF_TYPE);
        Value wanted = f.load(Type.I32, Emitter.FIXED, e.vmctx(), e.layout().type(typeIndex));
        f.trapnz(f.icmp(IntCondition.NOT_EQUAL, actual, wanted),
                Abi.trapCode(TrapKind.WASM_INDIRECT_TYPE));
        Value target = f.load(Type.I64, MemoryFlags.TRUSTED, callee, 0);
        Value vmctx = f.load(Type.I64, MemoryFlags.TRUSTED, callee,
                InstanceLayout.FUNCREF_VMCTX);
        e.callAddress(type, target, vmctx, arguments);
    }

    /** {@code table.get}. */
    void get(int table) {
        e.push(f.load(Type.I64, Emitter.ELEMENT, element(table, e.pop()), 0));
    }

    /** {@code table.set}. */
    void set(int table) {
        Value value = e.pop();
        f.store(Emitter.ELEMENT, value, element(table, e.pop()), 0);
    }

    /** {@code table.size}. */
    void size(int table) {
        e.push(e.tableLength(table));
    }

    /** {@code table.grow}: the kernel adds nulls, which are then filled. */
    void grow(int table) {
        Value count = e.pop();
        Value init = e.pop();
        Value before = e.callRoutine(Routine.GROW_TABLE, e.table(table), count).getFirst();
        Block fill = f.createBlock();
        Block done = f.createBlock();
        f.brif(f.icmpImm(IntCondition.EQUAL, before, -1), done, fill);
        f.switchTo(fill);
        e.callRoutine(Routine.FILL_ELEMENTS, address(table, e.wide(before)), init,
                e.wide(count));
        f.jump(done);
        f.switchTo(done);
        e.push(before);
    }

    /** {@code table.fill}. */
    void fill(int table) {
        Value count = e.wide(e.pop());
        Value value = e.pop();
        Value start = e.wide(e.pop());
        check(start, count, e.tableLength(table));
        e.callRoutine(Routine.FILL_ELEMENTS, address(table, start), value, count);
    }

    /** {@code table.copy}. */
    void copy(int target, int source) {
        Value count = e.wide(e.pop());
        Value from = e.wide(e.pop());
        Value to = e.wide(e.pop());
        check(from, count, e.tableLength(source));
        check(to, count, e.tableLength(target));
        e.callRoutine(Routine.COPY, address(target, to), address(source, from),
                f.ishlImm(count, ELEMENT_SHIFT));
    }

    /** {@code table.init} of a segment. */
    void init(int segment, int table) {
        Value count = e.wide(e.pop());
        Value from = e.wide(e.pop());
        Value to = e.wide(e.pop());
        int at = e.layout().element(segment);
        Value length = f.load(Type.I64, Emitter.VMCTX, e.vmctx(), at + InstanceLayout.LENGTH);
        check(from, count, length);
        check(to, count, e.tableLength(table));
        Value source = f.iadd(e.fixed(at), f.ishlImm(from, ELEMENT_SHIFT));
        e.callRoutine(Routine.COPY, address(table, to), source, f.ishlImm(count, ELEMENT_SHIFT));
    }

    /** {@code elem.drop} of a segment. */
    void drop(int segment) {
        f.store(Emitter.VMCTX, e.i64(0), e.vmctx(),
                e.layout().element(segment) + InstanceLayout.LENGTH);
    }

    private Value element(int table, Value index) {
        Value wide = e.wide(index);
        f.trapz(f.icmp(IntCondition.UNSIGNED_LESS_THAN, wide, e.tableLength(table)),
                Abi.trapCode(BOUNDS));
        return address(table, wide);
    }

    private Value address(int table, Value index) {
        return f.iadd(e.tableBase(table), f.ishlImm(index, ELEMENT_SHIFT));
    }

    private void check(Value start, Value count, Value length) {
        e.trapAbove(f.iadd(start, count), length, BOUNDS);
    }
}
