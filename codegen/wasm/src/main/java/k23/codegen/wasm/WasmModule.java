package k23.codegen.wasm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import k23.runtime.validate.Declarations;

/**
 * A validated module as the ahead-of-time compiler sees it: the runtime's own module, with lists
 * in the place of cursors. Index spaces hold the imports first, as in the specification.
 *
 * @param name      how messages and backtraces call the module, for example {@code app.wasm}
 * @param declarations the module itself, validated; offsets below point into its bytes
 * @param types     the type section
 * @param imports   in order
 * @param functions all functions
 * @param tables    all tables
 * @param memories  all memories
 * @param globals   all globals
 * @param exports   in order
 * @param start     index of the start function, or -1
 * @param elements  the element segments
 * @param data      the data segments
 * @param names     names of functions, from the name section, by index
 */
public record WasmModule(String name, Declarations declarations, List<FunctionType> types,
        List<Import> imports, List<Function> functions, List<Table> tables,
        List<Memory> memories, List<Global> globals, List<Export> exports, int start,
        List<ElementSegment> elements, List<DataSegment> data, Map<Integer, String> names) {

    /** What an import or export stands for; the order is that of the binary format. */
    public enum ExternKind {
        /** A function. */
        FUNCTION,
        /** A table. */
        TABLE,
        /** A linear memory. */
        MEMORY,
        /** A global variable. */
        GLOBAL
    }

    /**
     * An import.
     *
     * @param module where it comes from
     * @param field  its name there
     * @param kind   what it is
     * @param index  its place in the index space of its kind
     */
    public record Import(String module, String field, ExternKind kind, int index) {}

    /**
     * An export.
     *
     * @param field its name
     * @param kind  what it is
     * @param index its place in the index space of its kind
     */
    public record Export(String field, ExternKind kind, int index) {}

    /**
     * A function.
     *
     * @param type     its type
     * @param imported whether it is imported
     * @param start    offset of its body in the module, 0 for an imported one
     */
    public record Function(FunctionType type, boolean imported, int start) {}

    /**
     * Limits of a table or a memory, in elements or pages.
     *
     * @param minimum the size at the start
     * @param maximum the greatest size, or -1 when none is declared
     */
    public record Limits(long minimum, long maximum) {}

    /**
     * A table.
     *
     * @param imported whether it is imported
     * @param element  the type of its elements
     * @param limits   its size in elements
     */
    public record Table(boolean imported, ValueType element, Limits limits) {}

    /**
     * A linear memory.
     *
     * @param imported whether it is imported
     * @param limits   its size in pages of 64 KiB
     */
    public record Memory(boolean imported, Limits limits) {
        /** The most pages of a {@link #isSigned} memory: one less than 2 GiB has. */
        static final long SIGNED_PAGES = (1 << 15) - 1;

        /**
         * Whether the memory never reaches 2 GiB: then an index may be taken as a signed
         * number, because one that is negative leads in front of the memory, where nothing is
         * mapped. An imported memory is its exporter's affair.
         */
        boolean isSigned() {
            return !imported && limits.minimum <= SIGNED_PAGES;
        }
    }

    /**
     * A global variable.
     *
     * @param type    the type of its value
     * @param mutable whether it may be set
     * @param init    its first value, or empty when it is imported
     */
    public record Global(ValueType type, boolean mutable, Optional<Constant> init) {
        /** Whether it is imported. */
        public boolean isImported() {
            return init.isEmpty();
        }
    }

    /** A constant expression (Core 2.0, section 3.3.10). */
    public sealed interface Constant {
        /**
         * A number, by its bits.
         *
         * @param type its type
         * @param bits its bits, zero-extended
         */
        record Number(ValueType type, long bits) implements Constant {}

        /** {@code ref.null}. */
        record Null() implements Constant {}

        /**
         * {@code ref.func}.
         *
         * @param function the function's index
         */
        record FunctionReference(int function) implements Constant {}

        /**
         * {@code global.get} of an immutable global.
         *
         * @param global the global's index
         */
        record GlobalValue(int global) implements Constant {}
    }

    /** When a segment is copied. */
    public sealed interface Mode {
        /** On {@code table.init} or {@code memory.init}. */
        record Passive() implements Mode {}

        /** Never: it only declares that references to functions are taken. */
        record Declarative() implements Mode {}

        /**
         * At instantiation.
         *
         * @param target index of the table or memory
         * @param offset where to in it
         */
        record Active(int target, Constant offset) implements Mode {}
    }

    /**
     * An element segment.
     *
     * @param mode  when it is copied
     * @param items its elements
     */
    public record ElementSegment(Mode mode, List<Constant> items) {}

    /**
     * A data segment.
     *
     * @param mode  when it is copied
     * @param start offset of its bytes in the module
     * @param size  their number
     */
    public record DataSegment(Mode mode, int start, int size) {}

    /** The binary. */
    public byte[] bytes() {
        return declarations.module().bytes();
    }

    /** The function's name: from the name section, an export, or its index. */
    public String functionName(int index) {
        String name = names.get(index);
        if (name != null && !name.isEmpty()) {
            return name;
        }
        for (Export export : exports) {
            if (export.kind == ExternKind.FUNCTION && export.index == index) {
                return export.field;
            }
        }
        for (Import imported : imports) {
            if (imported.kind == ExternKind.FUNCTION && imported.index == index) {
                return imported.module + "." + imported.field;
            }
        }
        return "function " + index;
    }

    /** How many functions are imported. */
    public int importedFunctions() {
        return (int) functions.stream().filter(Function::imported).count();
    }

    /** The export of this name and kind. */
    public Optional<Export> export(String field, ExternKind kind) {
        return exports.stream().filter(e -> e.field.equals(field) && e.kind == kind).findFirst();
    }
}
