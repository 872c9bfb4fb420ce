package k23.codegen.compiler.world;

import java.lang.classfile.Opcode;
import java.util.Set;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;

/** Decides what a call instruction calls. */
public final class CallResolver {
    private static final String SUPPORT = "k23/codegen/compiler/support/";

    private final ClassRepository repository;
    private final Set<String> builtins;

    /** A resolver that knows the intrinsics with these keys. */
    public CallResolver(ClassRepository repository, Set<String> builtins) {
        this.repository = repository;
        this.builtins = builtins;
    }

    /** The key of a method in the table of intrinsics. */
    public static String key(String owner, String name, String descriptor) {
        return owner + "." + name + descriptor;
    }

    /** What {@code opcode owner.name descriptor} calls. */
    public Callee resolve(Opcode opcode, String owner, String name, String descriptor) {
        try {
            return find(opcode, owner, name, descriptor);
        } catch (Refusal refusal) {
            return new Callee.Refused(refusal);
        }
    }

    private Callee find(Opcode opcode, String owner, String name, String descriptor) {
        boolean isStatic = opcode == Opcode.INVOKESTATIC;
        String key = key(owner, name, descriptor);
        if (builtins.contains(key)) {
            return new Callee.Builtin(key);
        }
        if (owner.startsWith("[")) {
            return new Callee.Builtin(key("array", name, ""));
        }
        repository.get(owner);
        MethodNode method = repository.resolve(owner, name, descriptor);
        if (method == null) {
            throw new Refusal(Problem.MEMBER_NOT_FOUND,
                    owner.replace('/', '.') + "." + name + descriptor);
        }
        if (method.owner().isLibrary()) {
            return inLibrary(isStatic, method);
        }
        if (method.owner().name().startsWith("k23/sdk/sim/")) {
            throw new Refusal(Problem.SIMULATOR, method.owner().binaryName() + "." + name);
        }
        if (method.isIntrinsic()) {
            throw new Refusal(Problem.UNKNOWN_INTRINSIC, method.display() + descriptor);
        }
        if (method.symbolAnnotation() != null) {
            return new Callee.Symbol(method.symbolAnnotation(), method);
        }
        if (method.isFinal() || opcode == Opcode.INVOKESPECIAL) {
            return new Callee.Code(method);
        }
        return new Callee.Virtual(owner, name, descriptor);
    }

    private Callee inLibrary(boolean isStatic, MethodNode method) {
        String owner = method.owner().name();
        String key = key(owner, method.name(), method.descriptor());
        if (builtins.contains(key)) {
            return new Callee.Builtin(key);
        }
        ClassNode support = repository.find(SUPPORT + "Java" + owner.substring(
                owner.lastIndexOf('/') + 1));
        if (support != null) {
            String descriptor = isStatic ? method.descriptor()
                    : "(L" + owner + ";" + method.descriptor().substring(1);
            MethodNode substitute = support.method(method.name(), descriptor);
            if (substitute != null) {
                return new Callee.Code(substitute);
            }
        }
        Problem problem = owner.equals("java/lang/Object") ? Problem.OBJECT_METHOD
                : Problem.UNSUPPORTED_METHOD;
        throw new Refusal(problem, method.owner().binaryName() + "." + method.name()
                + method.descriptor());
    }
}
