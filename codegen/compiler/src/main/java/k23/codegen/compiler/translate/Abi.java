package k23.codegen.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.MethodNode;
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

    /** How {@code method} is called by compiled code. */
    public static Abi of(MethodNode method, ClassRepository repository) {
        return of(method, repository, Signature.Extension.NONE);
    }

    /**
     * How {@code method} is called when assembly is on either side: narrow integers are
     * sign-extended as the psABI wants.
     */
    public static Abi foreign(MethodNode method, ClassRepository repository) {
        return of(method, repository, Signature.Extension.SIGN);
    }

    private static Abi of(MethodNode method, ClassRepository repository,
            Signature.Extension extension) {
        List<JavaType> parameters = new ArrayList<>();
        if (!method.isStatic()) {
            parameters.add(repository.typeOfClass(method.owner().name()));
        }
        method.type().parameterList().forEach(p -> parameters.add(repository.type(p)));
        JavaType result = repository.type(method.type().returnType());
        List<Type> words = new ArrayList<>();
        List<Type> results = result.bytes() == 0 ? List.of() : FunctionCode.clifTypes(result);
        boolean inMemory = results.size() > RESULT_REGISTERS;
        if (inMemory) {
            words.add(Type.I64);
            results = List.of();
        }
        parameters.forEach(p -> words.addAll(FunctionCode.clifTypes(p)));
        return new Abi(List.copyOf(parameters), result, inMemory,
                new Signature(CallConvention.SYSTEM_V, carriers(words, extension),
                        carriers(results, extension)));
    }

    private static List<Signature.Parameter> carriers(List<Type> types,
            Signature.Extension extension) {
        return types.stream().map(type -> new Signature.Parameter(type,
                type == Type.I32 ? extension : Signature.Extension.NONE)).toList();
    }
}
