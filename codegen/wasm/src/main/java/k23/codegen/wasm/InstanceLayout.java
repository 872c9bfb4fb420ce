package k23.codegen.wasm;

/**
 * Where things are in an instance's structure, the <em>vmctx</em>, to which every function's first
 * argument points. Docs: {@code docs/FORMATS.md}, "A WASM program".
 *
 * <p>The structure is a header, then one array for each index space. What an instance defines
 * itself lies inside; what it imports is reached through a pointer, so that the code of a module
 * does not depend on where its imports come from.
 */
final class InstanceLayout {
    /** Bytes of the header: stack limit, address of the funcrefs, two words kept for later. */
    static final int HEADER_BYTES = 32;
    /** Header: lowest address of the stack. */
    static final int STACK_LIMIT = 0;
    /** Header: address of the instance's funcrefs. */
    static final int FUNCREFS = 8;
    /** A memory: its base address at 0, its length in bytes at 8. */
    static final int MEMORY_BYTES = 16;
    /** A table: its base address at 0, its length in elements at 8. */
    static final int TABLE_BYTES = 16;
    /** Offset of the length in a memory or table. */
    static final int LENGTH = 8;
    /** A global's value; of an imported one, its address. */
    static final int GLOBAL_BYTES = 8;
    /** An imported function: its code at 0, the vmctx that it takes at 8. */
    static final int IMPORT_BYTES = 16;
    /** Offset of the callee's vmctx in an import. */
    static final int IMPORT_VMCTX = 8;
    /** A segment: address at 0, length in bytes or elements at 8; dropped means length 0. */
    static final int SEGMENT_BYTES = 16;
    /** A funcref: code at 0, the callee's vmctx at 8, its type's number at 16. */
    static final int FUNCREF_BYTES = 24;
    /** Offset of the vmctx in a funcref. */
    static final int FUNCREF_VMCTX = 8;
    /** Offset of the type's number in a funcref, 32 bits. */
    static final int FUNCREF_TYPE = 16;
    /** An element of a table: an address. */
    static final int ELEMENT_BYTES = 8;

    private final int types;
    private final int imports;
    private final int memories;
    private final int tables;
    private final int globals;
    private final int elements;
    private final int data;
    private final int bytes;

    InstanceLayout(WasmModule module) {
        int at = HEADER_BYTES;
        types = at;
        at += (module.types().size() * 4 + 7) & -8;
        imports = at;
        at += module.importedFunctions() * IMPORT_BYTES;
        memories = at;
        at += module.memories().size() * MEMORY_BYTES;
        tables = at;
        at += module.tables().size() * TABLE_BYTES;
        globals = at;
        at += module.globals().size() * GLOBAL_BYTES;
        elements = at;
        at += module.elements().size() * SEGMENT_BYTES;
        data = at;
        at += module.data().size() * SEGMENT_BYTES;
        bytes = at;
    }

    /** The 32-bit number of a type, the same for equal types of all instances. */
    int type(int index) {
        return types + index * 4;
    }

    /** An imported function. */
    int importedFunction(int index) {
        return imports + index * IMPORT_BYTES;
    }

    /** A memory; of an imported one, its address. */
    int memory(int index) {
        return memories + index * MEMORY_BYTES;
    }

    /** A table; of an imported one, its address. */
    int table(int index) {
        return tables + index * TABLE_BYTES;
    }

    /** A global; of an imported one, its address. */
    int global(int index) {
        return globals + index * GLOBAL_BYTES;
    }

    /** An element segment. */
    int element(int index) {
        return elements + index * SEGMENT_BYTES;
    }

    /** A data segment. */
    int data(int index) {
        return data + index * SEGMENT_BYTES;
    }

    /** The size of the whole structure. */
    int bytes() {
        return bytes;
    }
}
