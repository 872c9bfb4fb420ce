package k23.codegen.compiler.world;

import java.lang.classfile.Opcode;
import java.util.Set;
import k23.codegen.compiler.type.RecordType;

/** The text that {@code toString} of a record gives (JLS 8.10.3, as the JDK writes it). */
public final class RecordText {
    private static final Set<String> ADDRESSES = Set.of("k23/sdk/word/Address",
            "k23/sdk/word/PhysAddress", "k23/sdk/word/Mmio");

    private RecordText() {}

    /** Whether values of {@code type} are addresses: their text is a hexadecimal number. */
    public static boolean isAddress(RecordType type) {
        return ADDRESSES.contains(type.name());
    }

    /** What stands before component {@code index}; behind the last one it is the end. */
    public static String before(RecordType type, int index) {
        int count = type.components().size();
        String start = index == 0 ? simpleName(type.name()) + "[" : "";
        if (index == count) {
            return start + "]";
        }
        return start + (index == 0 ? "" : ", ") + type.components().get(index).name() + "=";
    }

    private static String simpleName(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('$')) + 1);
        int digits = 0;
        while (digits < last.length() && Character.isDigit(last.charAt(digits))) {
            digits++;
        }
        return last.substring(digits);
    }

    /** The {@code toString} that the source of {@code type} has; null for the automatic one. */
    public static MethodNode own(CallResolver resolver, RecordType type) {
        Callee callee = resolver.resolve(Opcode.INVOKESPECIAL, type.name(), "toString",
                "()Ljava/lang/String;");
        if (!(callee instanceof Callee.Code code)) {
            return null;
        }
        return isAutomatic(code.method()) ? null : code.method();
    }

    /** Whether {@code method} is the {@code toString} that javac gives a record without one. */
    public static boolean isAutomatic(MethodNode method) {
        return method.owner().isRecord() && method.name().equals("toString") && method.hasCode()
                && method.bytecode().instructions().stream().anyMatch(TextUse::isRecordText);
    }
}
