package k23.codegen.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.cranelift.CallConvention;
import k23.codegen.cranelift.Signature;
import k23.codegen.cranelift.Type;

/**
 * How a method is called: the words of its parameters in order, receiver first. Up to two words
 * of the result travel in registers; a larger result is written to memory whose address is a
 * hidden first parameter, one word every eight bytes.
 *
 * @param parameters types of the parameters, receiver included
 * @param result     type of the result
 * @param inMemory   whether the result travels in memory
 * @param signature  the function's signature
 */
public record Abi(List<JavaType> parameters, JavaType result, boolean inMemory,
        Signature signature) {
    private static final int RESULT_REGISTERS = 2;

    /**
     * How a method is called that takes {@code parameters}, the receiver included; when assembly
     * is on either side, narrow integers are sign-extended as the psABI wants.
     */
    static Abi of(List<JavaType> parameters, JavaType result, boolean isForeign) {
        List<Signature.Parameter> words = new ArrayList<>();
        List<Signature.Parameter> results = carriers(result, isForeign);
        boolean inMemory = results.size() > RESULT_REGISTERS;
        if (inMemory) {
            words.add(new Signature.Parameter(Type.I64));
            results = List.of();
        }
        parameters.forEach(p -> words.addAll(carriers(p, isForeign)));
        return new Abi(parameters, result, inMemory,
                new Signature(CallConvention.SYSTEM_V, words, results));
    }

    private static List<Signature.Parameter> carriers(JavaType type, boolean isForeign) {
        List<Signature.Parameter> result = new ArrayList<>();
        for (Layouts.Leaf leaf : Layouts.leaves(type)) {
            boolean isInt = leaf.type() instanceof Scalar scalar && scalar.bytes() <= 4
                    && !scalar.isFloat();
            result.add(isInt && isForeign
                    ? new Signature.Parameter(Type.I32, Signature.Extension.SIGN)
                    : new Signature.Parameter(FunctionCode.clifType(leaf.type())));
        }
        return result;
    }
}
