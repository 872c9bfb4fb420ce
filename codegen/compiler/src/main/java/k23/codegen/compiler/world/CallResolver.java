package k23.codegen.compiler.world;

import java.lang.classfile.Opcode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;

/** Decides what a call instruction calls. */
public final class CallResolver {
    private static final String HANDLE = "java/lang/invoke/VarHandle";
    private static final String OBJECT = "java/lang/Object";
    private static final String SUPPORT = "k23/codegen/compiler/support/";
    /** The classes with methods that the compiler has written anew: {@code support.JavaString}. */
    private static final Set<String> SUPPORTED = Set.of("java/lang/Boolean",
            "java/lang/Character", "java/lang/Double", "java/lang/Enum", "java/lang/Float",
            "java/lang/Integer", "java/lang/Long", "java/lang/Object", "java/lang/String");

    private final ClassRepository repository;
    private final Set<String> builtins;
    private final Set<String> builtinOwners = new HashSet<>();
    private final Map<String, ClassNode> supports = new ConcurrentHashMap<>();

    /** A resolver that knows the intrinsics with these keys. */
    public CallResolver(ClassRepository repository, Set<String> builtins) {
        this.repository = repository;
        this.builtins = builtins;
        builtins.forEach(key -> builtinOwners.add(key.substring(0, key.indexOf('.'))));
    }

    /** The key of a method in the table of intrinsics. */
    public static String key(String owner, String name, String descriptor) {
        return owner + "." + name + descriptor;
    }

    /** All classes. */
    ClassRepository repository() {
        return repository;
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
        String key = builtinOwners.contains(owner) ? key(owner, name, descriptor) : null;
        if (key != null && builtins.contains(key)) {
            return new Callee.Builtin(key);
        }
        if (owner.equals(HANDLE) && opcode == Opcode.INVOKEVIRTUAL) {
            // Signature-polymorphic: each call has a descriptor of its own.
            return new Callee.Builtin(key(owner, name, ""));
        }
        if (owner.startsWith("[")) {
            MethodNode copy = repository.get(SUPPORT + "ArrayClones")
                    .method(name, "(" + owner + ")" + owner);
            return copy != null ? new Callee.Code(copy)
                    : new Callee.Builtin(key("array", name, ""));
        }
        repository.get(owner);
        MethodNode method = repository.resolve(owner, name, descriptor);
        if (method == null) {
            throw new Refusal(Problem.MEMBER_NOT_FOUND,
                    owner.replace('/', '.') + "." + name + descriptor);
        }
        if (method.owner().isJdk()) {
            return isOverridable(opcode, owner, method)
                    ? new Callee.Virtual(owner, name, descriptor) : inJdk(opcode, method);
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

    /** Whether a call of a method of {@code Object} or {@code Enum} may mean a program's own. */
    private boolean isOverridable(Opcode opcode, String owner, MethodNode method) {
        return opcode != Opcode.INVOKESPECIAL && opcode != Opcode.INVOKESTATIC
                && !repository.get(owner).isFinal() && !repository.isThrowable(owner)
                && switch (key(method.owner().name(), method.name(), method.descriptor())) {
                    case "java/lang/Object.equals(Ljava/lang/Object;)Z",
                            "java/lang/Object.hashCode()I",
                            "java/lang/Object.toString()Ljava/lang/String;",
                            "java/lang/Enum.toString()Ljava/lang/String;" -> true;
                    default -> false;
                };
    }

    /**
     * The method that a call means for objects of exactly {@code type}; null when there is none, or
     * none that could be compiled.
     */
    public MethodNode implementation(String type, Callee.Virtual call) {
        MethodNode method = repository.resolve(type.startsWith("[") ? OBJECT : type, call.name(),
                call.descriptor());
        if (method == null || method.isAbstract()) {
            return null;
        }
        return method.owner().isLibrary() ? substitute(Opcode.INVOKEVIRTUAL, method) : method;
    }

    private Callee inJdk(Opcode opcode, MethodNode method) {
        String owner = method.owner().name();
        String key = key(owner, method.name(), method.descriptor());
        if (builtins.contains(key)) {
            return new Callee.Builtin(key);
        }
        MethodNode substitute = substitute(opcode, method);
        if (substitute != null) {
            return new Callee.Code(substitute);
        }
        if (method.isAbstract() && JdkCode.isAbstract(owner)) {
            return new Callee.Virtual(owner, method.name(), method.descriptor());
        }
        if (JdkCode.isOpen(opcode, method)) {
            return method.isFinal() || opcode == Opcode.INVOKESPECIAL ? new Callee.Code(method)
                    : new Callee.Virtual(owner, method.name(), method.descriptor());
        }
        Problem problem = owner.equals(OBJECT) ? Problem.OBJECT_METHOD
                : Problem.UNSUPPORTED_METHOD;
        throw new Refusal(problem, method.owner().binaryName() + "." + method.name()
                + method.descriptor());
    }

    /** What stands in for a method of the JDK, in the dialect; null when nothing does. */
    private MethodNode substitute(Opcode opcode, MethodNode method) {
        String owner = method.owner().name();
        if (!SUPPORTED.contains(owner)) {
            return null;
        }
        ClassNode support = supports.computeIfAbsent(owner, name ->
                repository.get(SUPPORT + "Java" + name.substring(name.lastIndexOf('/') + 1)));
        String descriptor = opcode == Opcode.INVOKESTATIC ? method.descriptor()
                : "(L" + owner + ";" + method.descriptor().substring(1);
        return support.method(method.name(), descriptor);
    }
}
