package k23.runtime.module;

/**
 * A module as its binary says it (Core 2.0, section 2.5): well-formed, and valid only when
 * {@link k23.runtime.validate.Validator} said so. Immutable.
 */
public final class Module {
    private final ModuleBuilder parts;

    Module(ModuleBuilder parts) {
        this.parts = parts;
    }

    /** What holds the binary; not to be written. */
    public byte[] bytes() {
        return parts.bytes;
    }

    /** Index of the binary's first byte; offsets in messages count from here. */
    public int start() {
        return parts.start;
    }

    /** Index behind the binary's last byte. */
    public int end() {
        return parts.end;
    }

    /** What it may use. */
    public Features features() {
        return parts.features;
    }

    // Types

    /** How many types. */
    public int typeCount() {
        return parts.types.length;
    }

    /** A type. */
    public FunctionType type(int index) {
        return parts.types[index];
    }

    // Imports and exports

    /** How many imports. */
    public int importCount() {
        return parts.imports.length;
    }

    /** An import. */
    public Import imported(int index) {
        return parts.imports[index];
    }

    /** How many exports. */
    public int exportCount() {
        return parts.exports.length;
    }

    /** An export. */
    public Export export(int index) {
        return parts.exports[index];
    }

    /** The index of what is exported by this ASCII name as this kind, or -1. */
    public int exported(String name, ExternKind kind) {
        for (int i = 0; i < parts.exports.length; i++) {
            Export export = parts.exports[i];
            if (export.kind() == kind && export.name().is(parts.bytes, name)) {
                return export.index();
            }
        }
        return -1;
    }

    // Functions

    /** How many functions, imports included. */
    public int functionCount() {
        return parts.functionCount;
    }

    /** How many functions are imported; they come first. */
    public int importedFunctionCount() {
        return parts.importedFunctions;
    }

    /** The index of a function's type. */
    public int functionTypeIndex(int function) {
        return parts.functions[function];
    }

    /** The type of a function, in a module whose declarations are valid. */
    public FunctionType functionType(int function) {
        return parts.types[parts.functions[function]];
    }

    /** The code of a function that is not imported. */
    public Body body(int function) {
        return parts.bodies[function - parts.importedFunctions];
    }

    /** How many bodies; in a well-formed module as many as functions that are not imported. */
    public int bodyCount() {
        return parts.bodies.length;
    }

    /** Index of the start function, or -1. */
    public int startFunction() {
        return parts.startFunction;
    }

    // Tables, memories, globals

    /** How many tables, imports included. */
    public int tableCount() {
        return parts.tableCount;
    }

    /** How many tables are imported; they come first. */
    public int importedTableCount() {
        return parts.importedTables;
    }

    /** The type of a table. */
    public TableType table(int index) {
        return parts.tables[index];
    }

    /** How many memories, imports included. */
    public int memoryCount() {
        return parts.memoryCount;
    }

    /** How many memories are imported; they come first. */
    public int importedMemoryCount() {
        return parts.importedMemories;
    }

    /** The type of a memory. */
    public MemoryType memory(int index) {
        return parts.memories[index];
    }

    /** How many globals, imports included. */
    public int globalCount() {
        return parts.globalCount;
    }

    /** How many globals are imported; they come first. */
    public int importedGlobalCount() {
        return parts.importedGlobals;
    }

    /** The type of a global. */
    public GlobalType global(int index) {
        return parts.globals[index];
    }

    /** A global's first value; of kind {@code NONE} when it is imported. */
    public ConstantExpression globalValue(int index) {
        return parts.globalValues[index];
    }

    // Segments

    /** How many element segments. */
    public int elementCount() {
        return parts.elements.length;
    }

    /** An element segment. */
    public ElementSegment element(int index) {
        return parts.elements[index];
    }

    /** How many data segments. */
    public int dataCount() {
        return parts.data.length;
    }

    /** Whether there is a data count section; code that names data segments needs it. */
    public boolean hasDataCount() {
        return parts.dataCount >= 0;
    }

    /** A data segment. */
    public DataSegment data(int index) {
        return parts.data[index];
    }

    // Names

    /** The module's name from the name section, or {@link Name#NONE}. */
    public Name moduleName() {
        return parts.moduleName;
    }

    /** A function's name from the name section, or {@link Name#NONE}. */
    public Name functionName(int function) {
        return function < parts.functionNames.length ? parts.functionNames[function] : Name.NONE;
    }
}
