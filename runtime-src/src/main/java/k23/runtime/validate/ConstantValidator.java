package k23.runtime.validate;

import k23.runtime.module.ConstantExpression;
import k23.runtime.module.ErrorCode;
import k23.runtime.module.Features;
import k23.runtime.module.FunctionType;
import k23.runtime.module.Module;
import k23.runtime.module.ValueType;
import k23.runtime.parse.BinaryReader;
import k23.runtime.parse.Instruction;
import k23.runtime.parse.Opcode;

/** Checks constant expressions (Core 2.0, section 3.3.10; extended ones, Core 3.0). */
final class ConstantValidator {
    private final Module module;
    private final BinaryReader in;
    private final boolean[] referable;
    private final Instruction instruction;
    private final TypeStack stack;
    private final boolean extended;

    /** Functions that expressions refer to are noted in {@code referable}. */
    ConstantValidator(Module module, BinaryReader in, boolean[] referable) {
        this.module = module;
        this.in = in;
        this.referable = referable;
        instruction = new Instruction(module.features());
        stack = new TypeStack(in);
        extended = module.features().has(Features.EXTENDED_CONST);
    }

    /** Checks that an expression gives one value of a type; it may name the first globals. */
    void check(ConstantExpression expression, int code, int globals) {
        if (in.failed()) {
            return;
        }
        in.position(expression.start());
        stack.clear();
        stack.at(expression.start());
        stack.open(Opcode.BLOCK, FunctionType.giving(new ValueType(code)));
        while (stack.depth() > 0 && instruction.read(in)) {
            stack.at(instruction.position());
            step(globals);
        }
    }

    private void step(int globals) {
        switch (instruction.opcode()) {
            case Opcode.I32_CONST -> stack.push(ValueType.I32_CODE);
            case Opcode.I64_CONST -> stack.push(ValueType.I64_CODE);
            case Opcode.F32_CONST -> stack.push(ValueType.F32_CODE);
            case Opcode.F64_CONST -> stack.push(ValueType.F64_CODE);
            case Opcode.REF_NULL -> stack.push(instruction.typeCode());
            case Opcode.REF_FUNC -> function();
            case Opcode.GLOBAL_GET -> global(globals);
            case Opcode.I32_ADD, Opcode.I32_SUB, Opcode.I32_MUL -> binary(ValueType.I32_CODE);
            case Opcode.I64_ADD, Opcode.I64_SUB, Opcode.I64_MUL -> binary(ValueType.I64_CODE);
            case Opcode.END -> stack.close();
            default -> stack.fail(ErrorCode.CONSTANT_REQUIRED);
        }
    }

    private void function() {
        int index = instruction.index();
        if (Integer.compareUnsigned(index, module.functionCount()) >= 0) {
            stack.failUnknown(ErrorCode.UNKNOWN_FUNCTION, index);
            return;
        }
        referable[index] = true;
        stack.push(ValueType.FUNCREF_CODE);
    }

    private void global(int globals) {
        int index = instruction.index();
        if (Integer.compareUnsigned(index, globals) >= 0) {
            stack.failUnknown(ErrorCode.UNKNOWN_GLOBAL, index);
        } else if (module.global(index).mutable()) {
            stack.fail(ErrorCode.CONSTANT_REQUIRED);
        } else {
            stack.push(module.global(index).type().code());
        }
    }

    private void binary(int code) {
        if (!extended) {
            stack.fail(ErrorCode.CONSTANT_REQUIRED);
            return;
        }
        stack.pop(code);
        stack.pop(code);
        stack.push(code);
    }
}
