package k23.codegen.wasm;

import java.util.ArrayList;
import java.util.List;
import k23.codegen.cranelift.Signature;
import k23.codegen.cranelift.TrapCode;
import k23.codegen.cranelift.Type;
import k23.codegen.link.TrapKind;

/**
 * How WASM functions call one another: {@code function(vmctx, parameters…)} in the platform's C
 * convention, an i32 sign-extended. Up to {@value #REGISTER_RESULTS} results travel in registers;
 * of more, all go to memory, in slots of {@value #SLOT_BYTES} bytes that the caller names by a
 * second argument.
 */
final class Abi {
    /** The most results that travel in registers. */
    static final int REGISTER_RESULTS = 2;
    /** The room of one result in memory. */
    static final int SLOT_BYTES = 8;

    private Abi() {}

    /** Whether the results travel in memory. */
    static boolean resultsInMemory(FunctionType type) {
        return type.results().size() > REGISTER_RESULTS;
    }

    /** The machine signature of a function. */
    static Signature signature(FunctionType type) {
        var parameters = new ArrayList<Type>();
        parameters.add(Type.I64);
        if (resultsInMemory(type)) {
            parameters.add(Type.I64);
        }
        type.parameters().forEach(p -> parameters.add(p.machine()));
        return Signature.of(parameters,
                resultsInMemory(type) ? List.of() : machine(type.results()));
    }

    /** What carries values of these types. */
    static List<Type> machine(List<ValueType> types) {
        return types.stream().map(ValueType::machine).toList();
    }

    /** The code by which a trap site in a function description stands for a kind of trap. */
    static TrapCode trapCode(TrapKind kind) {
        return TrapCode.user(kind.code());
    }

    /** The kind of trap that a code stands for: Cranelift's own ones mean what WASM does. */
    static TrapKind trapKind(TrapCode code) {
        if (code.equals(TrapCode.STACK_OVERFLOW)) {
            return TrapKind.WASM_CALL_STACK_EXHAUSTED;
        }
        if (code.equals(TrapCode.INTEGER_OVERFLOW)) {
            return TrapKind.WASM_INTEGER_OVERFLOW;
        }
        if (code.equals(TrapCode.HEAP_OUT_OF_BOUNDS)) {
            return TrapKind.WASM_MEMORY_BOUNDS;
        }
        if (code.equals(TrapCode.INTEGER_DIVISION_BY_ZERO)) {
            return TrapKind.WASM_DIVIDE_BY_ZERO;
        }
        if (code.equals(TrapCode.BAD_CONVERSION_TO_INTEGER)) {
            return TrapKind.WASM_INVALID_CONVERSION;
        }
        for (TrapKind kind : TrapKind.values()) {
            if (kind.code() == code.code()) {
                return kind;
            }
        }
        throw new IllegalStateException("trap code " + code.code());
    }
}
