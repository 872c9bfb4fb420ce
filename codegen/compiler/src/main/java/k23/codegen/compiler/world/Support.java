package k23.codegen.compiler.world;

import java.util.List;

/** Methods that compiled code calls although no call instruction names them. */
public final class Support {
    private static final String LOG = "k23/sdk/Log";
    private static final String TEXT = "k23/codegen/compiler/support/JavaText";
    private static final String FLOAT_TEXT = "k23/codegen/compiler/support/JavaFloat";
    private static final String DOUBLE_TEXT = "k23/codegen/compiler/support/JavaDouble";

    private Support() {}

    /** The method behind {@code new}. */
    public static Callee.Code allocate(ClassRepository repository) {
        return code(repository, "k23/sdk/memory/Region", "allocate",
                "(J)Lk23/sdk/word/Address;");
    }

    /** The method behind {@code %} of two {@code float}s ("F") or {@code double}s ("D"). */
    public static Callee.Code remainder(ClassRepository repository, String type) {
        return code(repository, "k23/codegen/compiler/support/Remainder", "of",
                "(" + type + type + ")" + type);
    }

    /** The method {@code owner.name}; the SDK and the support classes have it. */
    public static Callee.Code code(ClassRepository repository, String owner, String name,
            String descriptor) {
        MethodNode method = repository.get(owner).method(name, descriptor);
        if (method == null) {
            throw new IllegalStateException(owner + "." + name + descriptor + " is missing");
        }
        return new Callee.Code(method);
    }

    /** A method of the log. */
    public static Callee.Code log(ClassRepository repository, String name, String descriptor) {
        return code(repository, LOG, name, descriptor);
    }

    /** Reaches what the expansion of a concatenation calls. */
    static void needsLog(Reachability world) {
        world.call(text(world.repository(), "orNull", "(Ljava/lang/String;)Ljava/lang/String;"));
        for (String text : List.of("info", "warn", "error")) {
            world.needString(text);
        }
        for (String type : List.of("Ljava/lang/String;", "J", "I", "C", "Z")) {
            world.call(log(world.repository(), "append", "(" + type + ")V"));
        }
        world.call(log(world.repository(), "begin", "(Ljava/lang/String;)V"));
        world.call(log(world.repository(), "end", "()V"));
        world.call(log(world.repository(), "appendHex", "(J)V"));
    }

    /** A method that makes texts of values; the last argument is the value. */
    public static Callee.Code text(ClassRepository repository, String name, String descriptor) {
        return code(repository, switch (descriptor.charAt(descriptor.indexOf(')') - 1)) {
            case 'F' -> FLOAT_TEXT;
            case 'D' -> DOUBLE_TEXT;
            default -> TEXT;
        }, name, descriptor);
    }

    /** Reaches what writes the texts of {@code float}s ("F") or {@code double}s ("D"). */
    static void needsDecimal(Reachability world, String type) {
        world.call(text(world.repository(), "append", "(" + type + ")V"));
        world.call(text(world.repository(), "length", "(" + type + ")I"));
        world.call(text(world.repository(), "put", "([CI" + type + ")I"));
    }

    /** Reaches what a concatenation calls that becomes a string. */
    static void needsText(Reachability world) {
        world.instantiate("java/lang/String");
        for (String type : List.of("Ljava/lang/String;", "J", "C", "Z")) {
            world.call(text(world.repository(), "length", "(" + type + ")I"));
            world.call(text(world.repository(), "put", "([CI" + type + ")I"));
        }
        world.call(text(world.repository(), "addressLength", "(J)I"));
        world.call(text(world.repository(), "putAddress", "([CIJ)I"));
    }

    /** Reaches what the intrinsic {@code key} needs. */
    static void needs(String key, Reachability world) {
        if (key.startsWith(TEXT)) {
            world.instantiate("java/lang/String");
        }
        if (key.startsWith("java/lang/System.arraycopy")) {
            world.call(code(world.repository(), "k23/sdk/memory/RawMemory", "copy", "(JJJ)V"));
        }
    }
}
