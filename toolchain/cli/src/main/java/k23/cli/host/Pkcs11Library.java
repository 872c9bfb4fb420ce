package k23.cli.host;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The few functions of a PKCS#11 library (version 3.0) that signing takes. The JDK's own provider
 * has no Ed25519, and OpenSC's {@code pkcs11-tool} signs no more than a kilobyte with it.
 */
final class Pkcs11Library implements AutoCloseable {
    private static final long SERIAL_SESSION = 4;
    private static final long USER = 1;
    private static final long MECHANISM_EDDSA = 0x1057;
    private static final int LABEL_BYTES = 32;
    private static final int TOKEN_INFO_BYTES = 256;
    private static final int MAX_SLOTS = 256;
    private static final int MAX_VALUE_BYTES = 4096;
    private static final int FIRST_FUNCTION = 8;

    /** Where functions stand in {@code CK_FUNCTION_LIST}. */
    private enum Function {
        C_Initialize(0), C_Finalize(1), C_GetSlotList(4), C_GetTokenInfo(6), C_OpenSession(12),
        C_CloseSession(13), C_Login(18), C_GetAttributeValue(24), C_FindObjectsInit(26),
        C_FindObjects(27), C_FindObjectsFinal(28), C_SignInit(42), C_Sign(43);

        private final int index;

        Function(int index) {
            this.index = index;
        }
    }

    /** An attribute by which objects are looked for: its number, and the value it must have. */
    record Attribute(long type, byte[] value) {
        private static final long CLASS = 0;
        private static final long LABEL = 3;
        private static final long ID = 0x102;

        static Attribute publicKey() {
            return new Attribute(CLASS, new byte[] {2, 0, 0, 0, 0, 0, 0, 0});
        }

        static Attribute privateKey() {
            return new Attribute(CLASS, new byte[] {3, 0, 0, 0, 0, 0, 0, 0});
        }

        static Attribute label(String label) {
            return new Attribute(LABEL, label.getBytes(StandardCharsets.UTF_8));
        }

        static Attribute id(byte[] id) {
            return new Attribute(ID, id);
        }
    }

    /** A function that did not do what was asked, by its name and the number it gave. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message, null, false, false);
        }
    }

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment functions;
    private long session = -1;

    /** Loads and starts the library {@code module}. */
    Pkcs11Library(Path module) throws Failure {
        try {
            var list = arena.allocate(ValueLayout.ADDRESS);
            var start = SymbolLookup.libraryLookup(module, arena).findOrThrow("C_GetFunctionList");
            check("C_GetFunctionList", (long) Linker.nativeLinker().downcallHandle(start,
                    FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS))
                    .invokeWithArguments(list));
            functions = list.get(ValueLayout.ADDRESS, 0).reinterpret(
                    FIRST_FUNCTION + 8L * (Function.C_Sign.index + 1));
        } catch (Failure | Error e) {
            arena.close();
            throw e;
        } catch (Throwable e) {
            arena.close();
            throw new Failure(module + " is no PKCS#11 library: " + e.getMessage());
        }
        call(Function.C_Initialize, MemorySegment.NULL);
    }

    private static void check(String function, long result) throws Failure {
        if (result != 0) {
            throw new Failure(function + " failed with 0x" + Long.toHexString(result) + switch (
                    (int) result) {
                case 0xa0 -> ", the PIN is wrong";
                case 0xa4 -> ", the PIN is locked";
                case 0x70 -> ", it has no Ed25519";
                default -> "";
            });
        }
    }

    private void call(Function function, Object... arguments) throws Failure {
        var layouts = Arrays.stream(arguments).map(argument -> argument instanceof Long
                ? ValueLayout.JAVA_LONG : ValueLayout.ADDRESS).toArray(MemoryLayout[]::new);
        var address = functions.get(ValueLayout.ADDRESS, FIRST_FUNCTION + 8L * function.index);
        long result;
        try {
            result = (long) Linker.nativeLinker().downcallHandle(address,
                    FunctionDescriptor.of(ValueLayout.JAVA_LONG, layouts))
                    .invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        check(function.name(), result);
    }

    /** Opens a session with the token that has this label; false when there is none. */
    boolean open(String label) throws Failure {
        var count = number(MAX_SLOTS);
        var slots = arena.allocate(ValueLayout.JAVA_LONG, MAX_SLOTS);
        byte withToken = 1;
        call(Function.C_GetSlotList, (long) withToken, slots, count);
        for (long i = 0; i < count.get(ValueLayout.JAVA_LONG, 0); i++) {
            long slot = slots.getAtIndex(ValueLayout.JAVA_LONG, i);
            var info = arena.allocate(TOKEN_INFO_BYTES, 8);
            call(Function.C_GetTokenInfo, slot, info);
            byte[] name = info.asSlice(0, LABEL_BYTES).toArray(ValueLayout.JAVA_BYTE);
            if (new String(name, StandardCharsets.UTF_8).stripTrailing().equals(label)) {
                var handle = number(0);
                call(Function.C_OpenSession, slot, SERIAL_SESSION, MemorySegment.NULL,
                        MemorySegment.NULL, handle);
                session = handle.get(ValueLayout.JAVA_LONG, 0);
                return true;
            }
        }
        return false;
    }

    /** Lets the user in. */
    void login(byte[] pin) throws Failure {
        call(Function.C_Login, session, USER, bytes(pin), (long) pin.length);
    }

    /** The only object with these attributes; a failure when there is none, or several. */
    long find(String what, List<Attribute> attributes) throws Failure {
        var template = arena.allocate(24L * attributes.size(), 8);
        for (int i = 0; i < attributes.size(); i++) {
            byte[] value = attributes.get(i).value;
            attribute(template, i, attributes.get(i).type, bytes(value), value.length);
        }
        call(Function.C_FindObjectsInit, session, template, (long) attributes.size());
        var found = arena.allocate(ValueLayout.JAVA_LONG, 2);
        var count = number(0);
        call(Function.C_FindObjects, session, found, 2L, count);
        call(Function.C_FindObjectsFinal, session);
        if (count.get(ValueLayout.JAVA_LONG, 0) != 1) {
            throw new Failure("it has " + (count.get(ValueLayout.JAVA_LONG, 0) == 0 ? "no "
                    : "more than one ") + what);
        }
        return found.get(ValueLayout.JAVA_LONG, 0);
    }

    private static void attribute(MemorySegment template, int index, long type,
            MemorySegment value, long bytes) {
        template.set(ValueLayout.JAVA_LONG, 24L * index, type);
        template.set(ValueLayout.ADDRESS, 24L * index + 8, value);
        template.set(ValueLayout.JAVA_LONG, 24L * index + 16, bytes);
    }

    /** The value of an object's attribute. */
    byte[] value(long object, long type) throws Failure {
        var value = arena.allocate(MAX_VALUE_BYTES);
        var template = arena.allocate(24, 8);
        attribute(template, 0, type, value, MAX_VALUE_BYTES);
        call(Function.C_GetAttributeValue, session, object, template, 1L);
        return value.asSlice(0, template.get(ValueLayout.JAVA_LONG, 16))
                .toArray(ValueLayout.JAVA_BYTE);
    }

    /** The Ed25519 signature of {@code message} by the private key {@code key}. */
    byte[] sign(long key, byte[] message) throws Failure {
        var mechanism = arena.allocate(24, 8);
        mechanism.set(ValueLayout.JAVA_LONG, 0, MECHANISM_EDDSA);
        call(Function.C_SignInit, session, mechanism, key);
        var length = number(MAX_VALUE_BYTES);
        var signature = arena.allocate(MAX_VALUE_BYTES);
        call(Function.C_Sign, session, bytes(message), (long) message.length, signature, length);
        return signature.asSlice(0, length.get(ValueLayout.JAVA_LONG, 0))
                .toArray(ValueLayout.JAVA_BYTE);
    }

    private MemorySegment number(long value) {
        return arena.allocateFrom(ValueLayout.JAVA_LONG, value);
    }

    private MemorySegment bytes(byte[] value) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, value);
    }

    @Override
    public void close() throws Failure {
        try (arena) {
            if (session != -1) {
                call(Function.C_CloseSession, session);
            }
            call(Function.C_Finalize, MemorySegment.NULL);
        }
    }
}
