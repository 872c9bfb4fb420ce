package k23.codegen.cranelift;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The functions of {@code codegen/native/include/k23_cranelift.h}, in the shape that jextract
 * gives: a descriptor, a handle and a method for each. A test holds header and descriptors against
 * one another.
 */
final class NativeLibrary {
    /** {@code K23_ABI_VERSION}. */
    static final int ABI_VERSION = 3;
    /** {@code K23_TEXT_CLIF}. */
    static final int TEXT_CLIF = 0;
    /** {@code K23_TEXT_OPTIMISED_CLIF}. */
    static final int TEXT_OPTIMISED_CLIF = 1;
    /** {@code K23_TEXT_ASSEMBLY}. */
    static final int TEXT_ASSEMBLY = 2;

    /** {@code struct k23_worker}: what a caller may see of it. */
    static final StructLayout WORKER = MemoryLayout.structLayout(
            ADDRESS.withName("output"),
            JAVA_LONG.withName("output_bytes"),
            JAVA_INT.withName("status"),
            MemoryLayout.paddingLayout(4)).withName("k23_worker");

    static final FunctionDescriptor K23_ABI_VERSION_DESC = FunctionDescriptor.of(JAVA_INT);
    static final FunctionDescriptor K23_WORKER_NEW_DESC = FunctionDescriptor.of(ADDRESS);
    static final FunctionDescriptor K23_WORKER_FREE_DESC = FunctionDescriptor.ofVoid(ADDRESS);
    static final FunctionDescriptor K23_DESCRIBE_DESC = FunctionDescriptor.of(JAVA_INT, ADDRESS);
    static final FunctionDescriptor K23_ISA_NEW_DESC =
            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    static final FunctionDescriptor K23_ISA_FREE_DESC = FunctionDescriptor.ofVoid(ADDRESS);
    static final FunctionDescriptor K23_COMPILE_DESC =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    static final FunctionDescriptor K23_TEXT_DESC =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);

    private final MethodHandle abiVersion;
    private final MethodHandle workerNew;
    private final MethodHandle workerFree;
    private final MethodHandle describe;
    private final MethodHandle isaNew;
    private final MethodHandle isaFree;
    private final MethodHandle compile;
    private final MethodHandle text;

    /** Loads the library for the life of this JVM: its code may be on any thread's stack. */
    NativeLibrary(Path path) {
        SymbolLookup symbols = SymbolLookup.libraryLookup(path, Arena.global());
        abiVersion = handle(symbols, "k23_abi_version", K23_ABI_VERSION_DESC);
        workerNew = handle(symbols, "k23_worker_new", K23_WORKER_NEW_DESC);
        workerFree = handle(symbols, "k23_worker_free", K23_WORKER_FREE_DESC);
        describe = handle(symbols, "k23_describe", K23_DESCRIBE_DESC);
        isaNew = handle(symbols, "k23_isa_new", K23_ISA_NEW_DESC);
        isaFree = handle(symbols, "k23_isa_free", K23_ISA_FREE_DESC);
        compile = handle(symbols, "k23_compile", K23_COMPILE_DESC);
        text = handle(symbols, "k23_text", K23_TEXT_DESC);
    }

    private static MethodHandle handle(SymbolLookup symbols, String name,
                                       FunctionDescriptor descriptor) {
        MemorySegment address = symbols.find(name).orElseThrow(() ->
                new IllegalArgumentException("the library has no " + name));
        return Linker.nativeLinker().downcallHandle(address, descriptor);
    }

    int abiVersion() {
        try {
            return (int) abiVersion.invokeExact();
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    MemorySegment workerNew() {
        try {
            return (MemorySegment) workerNew.invokeExact();
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    void workerFree(MemorySegment worker) {
        try {
            workerFree.invokeExact(worker);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    int describe(MemorySegment worker) {
        try {
            return (int) describe.invokeExact(worker);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    MemorySegment isaNew(MemorySegment worker, MemorySegment settings, long settingsBytes) {
        try {
            return (MemorySegment) isaNew.invokeExact(worker, settings, settingsBytes);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    void isaFree(MemorySegment isa) {
        try {
            isaFree.invokeExact(isa);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    int compile(MemorySegment worker, MemorySegment isa, MemorySegment description, long words) {
        try {
            return (int) compile.invokeExact(worker, isa, description, words);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    int text(MemorySegment worker, MemorySegment isa, MemorySegment description, long words,
             int form) {
        try {
            return (int) text.invokeExact(worker, isa, description, words, form);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Downcalls throw nothing of their own: what arrives here is an error of the JVM's. */
    private static Error unexpected(Throwable thrown) {
        return thrown instanceof Error error ? error : new AssertionError(thrown);
    }
}
