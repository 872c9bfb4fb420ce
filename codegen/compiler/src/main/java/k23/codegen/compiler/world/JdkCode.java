package k23.codegen.compiler.world;

import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which code of the JDK is compiled from its own class files: atomic variables, and pure helpers
 * over numbers and arrays of numbers. Where such code goes beyond the dialect, on paths that
 * programs hardly take (parallel sorting, caches, reflection), the compiled code traps there and
 * names the reason.
 */
public final class JdkCode {
    private static final Set<String> CLASSES = Set.of(
            "java/lang/Boolean", "java/lang/Byte", "java/lang/Short", "java/lang/Character",
            "java/lang/Integer", "java/lang/Long", "java/lang/Float", "java/lang/Double",
            "java/lang/Number", "java/lang/Math", "java/lang/StrictMath", "java/lang/FdLibm",
            "java/lang/CharacterData", "java/lang/CharacterDataLatin1",
            "java/lang/CharacterData00", "java/lang/CharacterData01",
            "java/lang/CharacterData02", "java/lang/CharacterData03",
            "java/lang/CharacterData0E", "java/lang/CharacterDataPrivateUse",
            "java/lang/CharacterDataUndefined",
            "java/math/BigInteger", "java/math/MutableBigInteger",
            "java/math/SignedMutableBigInteger", "java/util/Arrays", "java/util/DualPivotQuicksort",
            "java/util/concurrent/atomic/AtomicBoolean",
            "java/util/concurrent/atomic/AtomicInteger",
            "java/util/concurrent/atomic/AtomicIntegerArray",
            "java/util/concurrent/atomic/AtomicLong",
            "java/util/concurrent/atomic/AtomicLongArray",
            "java/util/concurrent/atomic/AtomicReference",
            "java/util/concurrent/atomic/AtomicReferenceArray",
            "java/lang/Runnable", "java/lang/Iterable", "java/util/Iterator",
            "java/nio/ByteOrder", "java/util/Objects", "java/util/zip/CRC32C",
            "jdk/internal/math/DoubleConsts", "jdk/internal/math/FloatConsts",
            "jdk/internal/util/ArraysSupport", "jdk/internal/util/Preconditions");

    /** Interfaces that programs implement; their other methods go beyond the dialect. */
    private static final Set<String> ABSTRACT = Set.of("java/lang/AutoCloseable",
            "java/lang/CharSequence", "java/lang/Comparable", "java/util/Comparator");

    /** Their objects would be boxed numbers. */
    private static final Set<String> WITHOUT_OBJECTS = Set.of(
            "java/lang/Boolean", "java/lang/Byte", "java/lang/Short", "java/lang/Character",
            "java/lang/Integer", "java/lang/Long", "java/lang/Float", "java/lang/Double");

    /** The nested classes that are open as their outer class is. */
    private static final Set<String> NESTS = Set.of("java/lang/FdLibm",
            "java/util/DualPivotQuicksort");

    private JdkCode() {}

    /** The binary names of the classes whose code is compiled, sorted. */
    public static List<String> classes() {
        return CLASSES.stream().map(name -> name.replace('/', '.')).sorted().toList();
    }

    /** Whether the class with this internal name is one of the JDK's. */
    static boolean isJdk(String name) {
        return name.startsWith("java/") || name.startsWith("jdk/");
    }

    /** Whether the code of a class of the JDK is compiled. */
    static boolean isOpen(String name) {
        int dollar = name.indexOf('$');
        if (dollar > 0) {
            String outer = name.substring(0, dollar);
            return NESTS.contains(outer) && !name.endsWith("Sorter") && !name.endsWith("Merger");
        }
        return CLASSES.contains(name) || name.startsWith("java/util/function/");
    }

    /** Whether it is an interface of which only the abstract methods can be called. */
    static boolean isAbstract(String name) {
        return ABSTRACT.contains(name);
    }

    /** Whether objects of an open class can exist on the machine. */
    static boolean hasObjects(String name) {
        return !WITHOUT_OBJECTS.contains(name);
    }

    /**
     * Whether a call of {@code method}, a method of an open class, is compiled from its class
     * file: its objects exist, or it is static, none of its types is a boxed number, and it makes
     * no string.
     */
    static boolean isOpen(Opcode opcode, MethodNode method) {
        if (!isOpen(method.owner().name())) {
            return false;
        }
        if (opcode != Opcode.INVOKESTATIC && !hasObjects(method.owner().name())) {
            return false;
        }
        List<ClassDesc> types = new ArrayList<>(method.type().parameterList());
        types.add(method.type().returnType());
        return !method.type().returnType().equals(ConstantDescs.CD_String)
                && types.stream().map(ClassDesc::descriptorString)
                .filter(type -> type.startsWith("L"))
                .map(ClassRepository::className).allMatch(JdkCode::hasObjects);
    }
}
