package k23.runtime.validate;

import k23.runtime.module.ErrorCode;
import k23.runtime.module.Module;
import k23.runtime.module.SizeLimits;
import k23.runtime.module.ValueType;
import k23.runtime.parse.Immediate;
import k23.runtime.parse.Instruction;
import k23.runtime.parse.Opcode;

/** The typing rules of instructions on memories and tables (Core 2.0, 3.3.6 and 3.3.7). */
final class MemoryTyping {
    private final Module module;
    private final Instruction instruction;
    private final TypeStack stack;
    private int addressCode = ValueType.I32_CODE;

    MemoryTyping(Module module, Instruction instruction, TypeStack stack) {
        this.module = module;
        this.instruction = instruction;
        this.stack = stack;
    }

    /** The type of addresses of the memory that {@link #precheck} saw. */
    int addressCode() {
        return addressCode;
    }

    /** Checks the memory, segment and alignment of an instruction that has a signature. */
    boolean precheck(int opcode) {
        return switch (instruction.immediate()) {
            case Immediate.ACCESS -> isMemory(instruction.index()) && isAligned(opcode);
            case Immediate.MEMORY -> isMemory(instruction.index());
            case Immediate.DATA_MEMORY -> isMemory(instruction.second()) && isData();
            default -> true;
        };
    }

    private boolean isMemory(int index) {
        if (Integer.compareUnsigned(index, module.memoryCount()) >= 0) {
            stack.failUnknown(ErrorCode.UNKNOWN_MEMORY, index);
            return false;
        }
        addressCode = module.memory(index).limits().addressCode();
        return true;
    }

    private boolean isAligned(int opcode) {
        if (instruction.alignment() > Opcode.naturalAlignment(opcode)) {
            stack.fail(ErrorCode.ALIGNMENT);
            return false;
        }
        if (addressCode == ValueType.I32_CODE && instruction.bits() >>> Integer.SIZE != 0) {
            stack.fail(ErrorCode.OFFSET);
            return false;
        }
        return true;
    }

    boolean isTable(int index) {
        if (Integer.compareUnsigned(index, module.tableCount()) < 0) {
            return true;
        }
        stack.failUnknown(ErrorCode.UNKNOWN_TABLE, index);
        return false;
    }

    /** The type of indices of a table. */
    int tableAddress(int table) {
        return module.table(table).limits().addressCode();
    }

    private boolean isData() {
        if (!module.hasDataCount()) {
            stack.fail(ErrorCode.DATA_COUNT_REQUIRED);
            return false;
        }
        if (Integer.compareUnsigned(instruction.index(), module.dataCount()) < 0) {
            return true;
        }
        stack.failUnknown(ErrorCode.UNKNOWN_DATA, instruction.index());
        return false;
    }

    private boolean isElement() {
        if (Integer.compareUnsigned(instruction.index(), module.elementCount()) < 0) {
            return true;
        }
        stack.failUnknown(ErrorCode.UNKNOWN_ELEMENT, instruction.index());
        return false;
    }

    void special(int opcode) {
        switch (opcode) {
            case Opcode.DATA_DROP -> isData();
            case Opcode.ELEM_DROP -> isElement();
            case Opcode.MEMORY_COPY -> copyMemory();
            case Opcode.TABLE_COPY -> copyTable();
            case Opcode.TABLE_INIT -> initTable();
            case Opcode.TABLE_GET, Opcode.TABLE_SET, Opcode.TABLE_GROW, Opcode.TABLE_SIZE,
                 Opcode.TABLE_FILL -> {
                if (isTable(instruction.index())) {
                    onTable(opcode, instruction.index());
                }
            }
            default -> throw new IllegalStateException("instruction without a typing rule");
        }
    }

    private void onTable(int opcode, int table) {
        int element = module.table(table).element().code();
        int address = tableAddress(table);
        switch (opcode) {
            case Opcode.TABLE_GET -> {
                stack.pop(address);
                stack.push(element);
            }
            case Opcode.TABLE_SET -> {
                stack.pop(element);
                stack.pop(address);
            }
            case Opcode.TABLE_GROW -> {
                stack.pop(address);
                stack.pop(element);
                stack.push(address);
            }
            case Opcode.TABLE_FILL -> {
                stack.pop(address);
                stack.pop(element);
                stack.pop(address);
            }
            default -> stack.push(address);
        }
    }

    private void copyMemory() {
        if (!isMemory(instruction.index()) || !isMemory(instruction.second())) {
            return;
        }
        copy(module.memory(instruction.index()).limits(),
                module.memory(instruction.second()).limits());
    }

    private void copyTable() {
        if (!isTable(instruction.index()) || !isTable(instruction.second())) {
            return;
        }
        if (!module.table(instruction.index()).element()
                .is(module.table(instruction.second()).element())) {
            stack.fail(ErrorCode.TYPE_MISMATCH);
        }
        copy(module.table(instruction.index()).limits(),
                module.table(instruction.second()).limits());
    }

    /** Takes how much, from where and where to; how much fits the narrower of the two. */
    private void copy(SizeLimits to, SizeLimits from) {
        stack.pop(to.wide() ? from.addressCode() : to.addressCode());
        stack.pop(from.addressCode());
        stack.pop(to.addressCode());
    }

    private void initTable() {
        int table = instruction.second();
        if (!isTable(table) || !isElement()) {
            return;
        }
        if (!module.element(instruction.index()).type().is(module.table(table).element())) {
            stack.fail(ErrorCode.TYPE_MISMATCH);
        }
        stack.pop(ValueType.I32_CODE);
        stack.pop(ValueType.I32_CODE);
        stack.pop(tableAddress(table));
    }
}
