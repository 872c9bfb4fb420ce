package k23.codegen.compiler.heap;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.world.ClassNode;
import k23.codegen.compiler.world.FieldNode;
import k23.codegen.compiler.world.MethodNode;

/** The program's classes as live classes of this JVM, isolated from the compiler's own. */
public final class HostClasses {
    private static final String SHARED = "k23.sdk.asm.";

    private final Loader loader;
    private final Map<FieldNode, Field> statics = new HashMap<>();

    /** Classes are defined from the bytes that {@code source} has. */
    public HostClasses(ClassBytes source) {
        loader = new Loader(source);
        loader.setDefaultAssertionStatus(false);
    }

    /** Where class files come from. */
    @FunctionalInterface
    public interface ClassBytes {
        /** The bytes of the class with this internal name, or null. */
        byte[] bytes(String name);
    }

    private static final class Loader extends ClassLoader {
        private final ClassBytes source;

        Loader(ClassBytes source) {
            super("k23-image", ClassLoader.getPlatformClassLoader());
            this.source = source;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith(SHARED)) {
                // Templates talk to the compiler's own assembler: both must mean the same class.
                return HostClasses.class.getClassLoader().loadClass(name);
            }
            byte[] bytes = source.bytes(name.replace('.', '/'));
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    /** The class, not necessarily initialised. */
    public Class<?> load(ClassNode node) {
        try {
            return Class.forName(node.binaryName(), false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new Refusal(Problem.INITIALIZER, node.binaryName() + ": " + e);
        }
    }

    /** The value of a static field after its class has been initialised. */
    public Object staticValue(FieldNode node) {
        try {
            Field field = statics.get(node);
            if (field == null) {
                field = field(Class.forName(node.owner().binaryName(), true, loader), node.name());
                statics.put(node, field);
            }
            return get(field, null);
        } catch (ClassNotFoundException e) {
            throw new Refusal(Problem.INITIALIZER, node + ": " + e);
        } catch (LinkageError e) {
            throw initializerFailed(node.owner(), e);
        }
    }

    private static Refusal initializerFailed(ClassNode owner, LinkageError error) {
        Throwable cause = error.getCause() != null ? error.getCause() : error;
        String at = "";
        for (StackTraceElement frame : cause.getStackTrace()) {
            if (frame.getFileName() != null && !frame.getClassName().startsWith("java.")) {
                at = " at " + frame.getFileName() + ":" + frame.getLineNumber();
                break;
            }
        }
        return new Refusal(Problem.INITIALIZER, owner.binaryName() + ": " + cause + at);
    }

    /** Calls the template method {@code node} with {@code assembler}. */
    public void runTemplate(MethodNode node, Class<?> parameter, Object assembler)
            throws ReflectiveOperationException {
        Method method = load(node.owner()).getDeclaredMethod(node.name(), parameter);
        method.setAccessible(true);
        method.invoke(null, assembler);
    }

    static Field field(Class<?> owner, String name) {
        try {
            Field field = owner.getDeclaredField(name);
            if (!field.trySetAccessible()) {
                throw new Refusal(Problem.INITIALIZER, owner.getName() + "." + name
                        + ": start the compiler with --add-opens=java.base/"
                        + owner.getPackageName() + "=ALL-UNNAMED");
            }
            return field;
        } catch (NoSuchFieldException e) {
            throw new Refusal(Problem.MEMBER_NOT_FOUND, owner.getName() + "." + name);
        }
    }

    static Object get(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
