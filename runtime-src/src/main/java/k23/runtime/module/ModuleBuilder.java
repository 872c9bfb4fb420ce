package k23.runtime.module;

/**
 * Collects a module while it is read. Sections come in the binary's order, imports before
 * definitions, so that index spaces grow at their ends.
 */
public final class ModuleBuilder {
    private static final int FIRST_CAPACITY = 4;

    final byte[] bytes;
    final int start;
    final int end;
    final Features features;
    FunctionType[] types = new FunctionType[0];
    Import[] imports = new Import[0];
    int[] functions = new int[FIRST_CAPACITY];
    int functionCount;
    int importedFunctions;
    TableType[] tables = new TableType[1];
    int tableCount;
    int importedTables;
    MemoryType[] memories = new MemoryType[1];
    int memoryCount;
    int importedMemories;
    GlobalType[] globals = new GlobalType[FIRST_CAPACITY];
    ConstantExpression[] globalValues = new ConstantExpression[FIRST_CAPACITY];
    int globalCount;
    int importedGlobals;
    Export[] exports = new Export[0];
    int startFunction = -1;
    ElementSegment[] elements = new ElementSegment[0];
    int dataCount = -1;
    DataSegment[] data = new DataSegment[0];
    Body[] bodies = new Body[0];
    Name moduleName = Name.NONE;
    Name[] functionNames = new Name[0];

    /**
     * Starts a module.
     *
     * @param bytes    where its binary is; kept
     * @param start    index of its first byte
     * @param end      index behind its last byte
     * @param features what it may use
     */
    public ModuleBuilder(byte[] bytes, int start, int end, Features features) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.features = features;
    }

    /** The type section. */
    public void types(FunctionType[] section) {
        types = section;
    }

    /** The import section; the imported things themselves are added one by one. */
    public void imports(Import[] section) {
        imports = section;
        importedFunctions = functionCount;
        importedTables = tableCount;
        importedMemories = memoryCount;
        importedGlobals = globalCount;
    }

    /** Adds a function and returns its index. */
    public int function(int typeIndex) {
        if (functionCount == functions.length) {
            int[] grown = new int[2 * functionCount];
            System.arraycopy(functions, 0, grown, 0, functionCount);
            functions = grown;
        }
        functions[functionCount] = typeIndex;
        return functionCount++;
    }

    /** Adds a table and returns its index. */
    public int table(TableType type) {
        if (tableCount == tables.length) {
            TableType[] grown = new TableType[2 * tableCount];
            for (int i = 0; i < tableCount; i++) {
                grown[i] = tables[i];
            }
            tables = grown;
        }
        tables[tableCount] = type;
        return tableCount++;
    }

    /** Adds a memory and returns its index. */
    public int memory(MemoryType type) {
        if (memoryCount == memories.length) {
            MemoryType[] grown = new MemoryType[2 * memoryCount];
            for (int i = 0; i < memoryCount; i++) {
                grown[i] = memories[i];
            }
            memories = grown;
        }
        memories[memoryCount] = type;
        return memoryCount++;
    }

    /** Adds a global with its first value, or with none when it is imported; returns its index. */
    public int global(GlobalType type, ConstantExpression value) {
        if (globalCount == globals.length) {
            GlobalType[] grown = new GlobalType[2 * globalCount];
            ConstantExpression[] grownValues = new ConstantExpression[2 * globalCount];
            for (int i = 0; i < globalCount; i++) {
                grown[i] = globals[i];
                grownValues[i] = globalValues[i];
            }
            globals = grown;
            globalValues = grownValues;
        }
        globals[globalCount] = type;
        globalValues[globalCount] = value;
        return globalCount++;
    }

    /** The export section. */
    public void exports(Export[] section) {
        exports = section;
    }

    /** The start section. */
    public void startFunction(int function) {
        startFunction = function;
    }

    /** The element section. */
    public void elements(ElementSegment[] section) {
        elements = section;
    }

    /** The data count section. */
    public void dataCount(int count) {
        dataCount = count;
    }

    /** The code section. */
    public void bodies(Body[] section) {
        bodies = section;
    }

    /** The data section. */
    public void data(DataSegment[] section) {
        data = section;
    }

    /** The module's name, from the name section. */
    public void moduleName(Name name) {
        moduleName = name;
    }

    /** Names of functions by index, from the name section; it may be shorter than they are. */
    public void functionNames(Name[] names) {
        functionNames = names;
    }

    /** Whether a name section was there; further ones count for nothing. */
    public boolean hasFunctionNames() {
        return functionNames.length > 0;
    }

    /** How many functions there are so far. */
    public int functionCount() {
        return functionCount;
    }

    /** How many of them are defined, not imported. */
    public int definedFunctionCount() {
        return functionCount - importedFunctions;
    }

    /** How many bodies there are so far. */
    public int bodyCount() {
        return bodies.length;
    }

    /** How many data segments there are so far. */
    public int dataSegmentCount() {
        return data.length;
    }

    /** What the data count section says, or -1 without one. */
    public int declaredDataCount() {
        return dataCount;
    }

    /** The module as far as it is read. */
    public Module build() {
        return new Module(this);
    }
}
