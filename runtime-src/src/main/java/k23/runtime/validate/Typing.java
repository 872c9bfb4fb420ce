package k23.runtime.validate;

import k23.runtime.module.ErrorCode;
import k23.runtime.module.FunctionType;
import k23.runtime.module.GlobalType;
import k23.runtime.module.Module;
import k23.runtime.module.ValueType;
import k23.runtime.parse.Immediate;
import k23.runtime.parse.Instruction;
import k23.runtime.parse.LocalTypes;
import k23.runtime.parse.Opcode;
import k23.runtime.parse.Signature;

/**
 * The typing rules of instructions (Core 2.0, section 3.3). Most have a {@link Signature}; those
 * of memories and tables are in {@link MemoryTyping}, the others here.
 */
final class Typing {
    private final Declarations declarations;
    private final Module module;
    private final Instruction instruction;
    private final TypeStack stack;
    private final LocalTypes locals;
    private final MemoryTyping memory;
    private FunctionType type = FunctionType.EMPTY;
    private int opener;
    private int operandCode;

    Typing(Declarations declarations, Instruction instruction, TypeStack stack,
            LocalTypes locals) {
        this.declarations = declarations;
        this.instruction = instruction;
        this.stack = stack;
        this.locals = locals;
        module = declarations.module();
        memory = new MemoryTyping(module, instruction, stack);
    }

    FunctionType type() {
        return type;
    }

    int opener() {
        return opener;
    }

    int operandCode() {
        return operandCode;
    }

    /** Checks the instruction and has its effect on the stacks. */
    void check() {
        int opcode = instruction.opcode();
        if (opcode >= Opcode.LOCAL_GET && opcode <= Opcode.LOCAL_TEE) {
            local(opcode);
            return;
        }
        int signature = Opcode.signature(opcode);
        if (signature == Signature.SPECIAL) {
            special(opcode);
        } else if (instruction.immediate() == Immediate.NONE || memory.precheck(opcode)) {
            apply(signature);
        }
    }

    /** No loop: this is what most instructions come to. */
    private void apply(int signature) {
        int operands = Signature.operands(signature);
        if (operands != 0) {
            stack.pop(code(operands));
            operands = Signature.operands(operands);
            if (operands != 0) {
                stack.pop(code(operands));
                operands = Signature.operands(operands);
                if (operands != 0) {
                    stack.pop(code(operands));
                }
            }
        }
        if (Signature.result(signature) != 0) {
            stack.push(code(signature));
        }
    }

    /** The code of the type in the lowest bits. */
    private int code(int signature) {
        return Signature.result(signature) == Signature.ADDRESS ? memory.addressCode()
                : Signature.code(signature);
    }

    private void special(int opcode) {
        switch (opcode) {
            case Opcode.GLOBAL_GET, Opcode.GLOBAL_SET -> global(opcode);
            case Opcode.BLOCK, Opcode.LOOP, Opcode.IF -> block(opcode);
            case Opcode.ELSE -> otherwise();
            case Opcode.END -> end();
            case Opcode.BR -> {
                if (stack.hasLabel(instruction.index())) {
                    stack.popLabel(instruction.index());
                    stack.cut();
                }
            }
            case Opcode.BR_IF -> {
                stack.pop(ValueType.I32_CODE);
                if (stack.hasLabel(instruction.index())) {
                    stack.popLabel(instruction.index());
                    stack.pushLabel(instruction.index());
                }
            }
            case Opcode.BR_TABLE -> branchTable();
            case Opcode.RETURN -> {
                stack.popResults(stack.type(stack.depth() - 1));
                stack.cut();
            }
            case Opcode.UNREACHABLE -> stack.cut();
            case Opcode.CALL, Opcode.RETURN_CALL -> {
                if (isFunction()) {
                    call(module.functionType(instruction.index()), opcode == Opcode.RETURN_CALL);
                }
            }
            case Opcode.CALL_INDIRECT, Opcode.RETURN_CALL_INDIRECT ->
                callIndirect(opcode == Opcode.RETURN_CALL_INDIRECT);
            case Opcode.DROP -> operandCode = stack.popAny();
            case Opcode.SELECT -> select();
            case Opcode.SELECT_T -> typedSelect();
            case Opcode.REF_NULL -> stack.push(instruction.typeCode());
            case Opcode.REF_IS_NULL -> isNull();
            case Opcode.REF_FUNC -> functionReference();
            default -> memory.special(opcode);
        }
    }

    // Variables

    private void local(int opcode) {
        int index = instruction.index();
        if (Integer.compareUnsigned(index, locals.count()) >= 0) {
            stack.failUnknown(ErrorCode.UNKNOWN_LOCAL, index);
            return;
        }
        int code = locals.code(index);
        if (opcode != Opcode.LOCAL_GET) {
            stack.pop(code);
        }
        if (opcode != Opcode.LOCAL_SET) {
            stack.push(code);
        }
    }

    private void global(int opcode) {
        int index = instruction.index();
        if (Integer.compareUnsigned(index, module.globalCount()) >= 0) {
            stack.failUnknown(ErrorCode.UNKNOWN_GLOBAL, index);
            return;
        }
        GlobalType global = module.global(index);
        if (opcode == Opcode.GLOBAL_GET) {
            stack.push(global.type().code());
        } else if (global.mutable()) {
            stack.pop(global.type().code());
        } else {
            stack.fail(ErrorCode.IMMUTABLE_GLOBAL);
        }
    }

    // Control

    private void block(int opcode) {
        if (opcode == Opcode.IF) {
            stack.pop(ValueType.I32_CODE);
        }
        int index = instruction.index();
        if (index >= 0) {
            if (index >= module.typeCount()) {
                stack.failUnknown(ErrorCode.UNKNOWN_TYPE, index);
                return;
            }
            type = module.type(index);
            stack.popParameters(type);
        } else {
            type = instruction.typeCode() == 0 ? FunctionType.EMPTY
                    : FunctionType.giving(new ValueType(instruction.typeCode()));
        }
        stack.open(opcode, type);
    }

    private void otherwise() {
        opener = stack.opener(0);
        if (opener != Opcode.IF) {
            stack.fail(ErrorCode.END_EXPECTED);
            return;
        }
        type = stack.close();
        stack.open(Opcode.ELSE, type);
    }

    private void end() {
        opener = stack.opener(0);
        type = stack.close();
        if (opener == Opcode.IF && !givesWhatItTakes(type)) {
            stack.fail(ErrorCode.TYPE_MISMATCH);
        }
        stack.pushResults(type);
    }

    /** An {@code if} without {@code else} hands its operands through. */
    private static boolean givesWhatItTakes(FunctionType type) {
        boolean same = type.parameterCount() == type.resultCount();
        for (int i = 0; same && i < type.parameterCount(); i++) {
            same = type.parameterCode(i) == type.resultCode(i);
        }
        return same;
    }

    private void branchTable() {
        stack.pop(ValueType.I32_CODE);
        int last = instruction.listItem(instruction.listSize() - 1);
        if (!stack.hasLabel(last)) {
            return;
        }
        int arity = stack.arity(last);
        int before = last;
        for (int i = 0; i < instruction.listSize() - 1; i++) {
            int label = instruction.listItem(i);
            if (label != before) {
                if (!stack.hasLabel(label)) {
                    return;
                }
                if (stack.arity(label) != arity) {
                    stack.fail(ErrorCode.TYPE_MISMATCH);
                    return;
                }
                stack.peekLabel(label);
                before = label;
            }
        }
        stack.popLabel(last);
        stack.cut();
    }

    private boolean isFunction() {
        if (Integer.compareUnsigned(instruction.index(), module.functionCount()) < 0) {
            return true;
        }
        stack.failUnknown(ErrorCode.UNKNOWN_FUNCTION, instruction.index());
        return false;
    }

    private void call(FunctionType callee, boolean isLast) {
        type = callee;
        stack.popParameters(callee);
        if (isLast) {
            FunctionType own = stack.type(stack.depth() - 1);
            boolean same = own.resultCount() == callee.resultCount();
            for (int i = 0; same && i < own.resultCount(); i++) {
                same = own.resultCode(i) == callee.resultCode(i);
            }
            if (!same) {
                stack.fail(ErrorCode.TYPE_MISMATCH);
            }
            stack.cut();
        } else {
            stack.pushResults(callee);
        }
    }

    private void callIndirect(boolean isLast) {
        if (!memory.isTable(instruction.second())) {
            return;
        }
        if (Integer.compareUnsigned(instruction.index(), module.typeCount()) >= 0) {
            stack.failUnknown(ErrorCode.UNKNOWN_TYPE, instruction.index());
            return;
        }
        if (!module.table(instruction.second()).element().is(ValueType.FUNCREF)) {
            stack.fail(ErrorCode.TYPE_MISMATCH);
        }
        stack.pop(memory.tableAddress(instruction.second()));
        call(module.type(instruction.index()), isLast);
    }

    // Parametric and references

    private void select() {
        stack.pop(ValueType.I32_CODE);
        int second = stack.popAny();
        int first = stack.popAny();
        operandCode = first == ValueType.UNKNOWN.code() ? second : first;
        if (ValueType.isReference(first) || ValueType.isReference(second)
                || second != operandCode && second != ValueType.UNKNOWN.code()) {
            stack.fail(ErrorCode.TYPE_MISMATCH);
        }
        stack.push(operandCode);
    }

    private void typedSelect() {
        if (instruction.listSize() != 1) {
            stack.fail(ErrorCode.SELECT_ARITY);
            return;
        }
        operandCode = instruction.listItem(0);
        stack.pop(ValueType.I32_CODE);
        stack.pop(operandCode);
        stack.pop(operandCode);
        stack.push(operandCode);
    }

    private void isNull() {
        operandCode = stack.popAny();
        if (operandCode != ValueType.UNKNOWN.code() && !ValueType.isReference(operandCode)) {
            stack.fail(ErrorCode.TYPE_MISMATCH);
        }
        stack.push(ValueType.I32_CODE);
    }

    private void functionReference() {
        if (isFunction()) {
            if (!declarations.isReferable(instruction.index())) {
                stack.fail(ErrorCode.UNDECLARED_FUNCTION);
            }
            stack.push(ValueType.FUNCREF_CODE);
        }
    }
}
