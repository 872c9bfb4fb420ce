package k23.codegen.compiler;

/** What of Java the compiler takes, for {@code docs/DIALECT.md}. */
public enum Feature {
    /** Integer arithmetic. */
    INTEGERS("Types", "`boolean`, `byte`, `short`, `char`, `int`, `long`", "exactly Java's "
            + "arithmetic: wrap-around, `MIN_VALUE / -1`, masked shift counts, narrowing; "
            + "division by zero is a trap"),
    /** Floating point. */
    FLOATS("Types", "`float`, `double`", "IEEE 754 as Java has it: `%` is exact, "
            + "conversions saturate, NaN compares as unordered; `Math` is `StrictMath`. Not below "
            + "`@NoFpu`"),
    /** Records. */
    RECORDS("Types", "records", "values: flattened to their components in variables, fields, "
            + "arrays, parameters and results; never null, no identity. Compact and other "
            + "constructors, accessors, `equals`, `hashCode`, `toString`, nesting, implementing "
            + "interfaces"),
    /** Classes. */
    CLASSES("Types", "classes, interfaces, sealed hierarchies", "references to objects; fields "
            + "of all types; virtual, interface and default methods, dispatched by type id over "
            + "the classes that really have objects"),
    /** Enums. */
    ENUMS("Types", "enums", "made at build time; `ordinal`, `name`, `values`, `compareTo`, "
            + "fields, methods, constants with bodies"),
    /** Arrays. */
    ARRAYS("Types", "arrays of primitives, references, records, arrays", "bounds-checked; "
            + "`System.arraycopy`; `clone` of arrays of primitives"),
    /** Strings. */
    STRINGS("Types", "`String`", "constants of the image, and strings of the region: what `+` "
            + "makes of numbers, strings, enums, records and objects with a `toString`, where "
            + "the program holds it; `switch`, and the methods listed below"),
    /** Generics. */
    GENERICS("Types", "generics", "by erasure, over classes; not over records or primitives"),
    /** Control flow. */
    CONTROL("Statements", "all loops, `if`, `switch` over `int`, `String`, enums",
            "old and arrow form, `yield`"),
    /** Patterns. */
    PATTERNS("Statements", "pattern `switch`, `instanceof` patterns", "over classes, sealed "
            + "interfaces, enums with qualified names, and strings; guards, `case null`, `yield`; "
            + "record patterns, nested ones too, over variables of the record's type"),
    /** Throwing. */
    THROW("Statements", "`throw`, `assert`", "a throw is a trap that names the exception, its "
            + "constant message, file and line; assertions are off"),
    /** Finally. */
    FINALLY("Statements", "`finally`, try-with-resources", "on the normal path; a throw never "
            + "runs them"),
    /** Allocation. */
    NEW("Memory", "`new` of classes and arrays", "from the hart's ambient `Region`; refused "
            + "below `@NoAllocation`, over the whole call graph"),
    /** Regimes. */
    REGIMES("Memory", "`@NoAllocation`, `@NoFpu`, `@Interrupt`", "on methods, classes and "
            + "packages; checked over the whole call graph. `@Interrupt` is both, and reaches no "
            + "`@Blocking` method. `@Exempt(regime, reason)` ends a check at a method; `--report` "
            + "lists all, and the unused ones"),
    /** Raw access. */
    RAW_ACCESS("Memory", "`RawMemory`, `DeviceMemory`, `Csr`, `Sbi.call`", "only by code whose "
            + "package, class or method has `@RawAccessAllowed(reason)`; `--report` lists the "
            + "permissions and how often each is used"),
    /** Statics. */
    STATICS("Memory", "static fields and initialisers", "initialisers run when the program is "
            + "built, on the JVM, each class for itself; what fields hold becomes the image: "
            + "`final` primitives, strings and records become constants of the code, objects "
            + "with only final fields and `@ReadOnly` arrays go to `.rodata`"),
    /** Lambdas. */
    LAMBDAS("Types", "lambdas, method references", "an object of the image where nothing is "
            + "captured, else an object of the region; over interfaces of the program and of "
            + "`java.util.function` with their default methods; no boxed numbers, and records "
            + "only where the interface names their type"),
    /** Interfaces of the JDK. */
    INTERFACES("Types", "`Iterable`, `Iterator`, `Runnable`, `Comparable`, `Comparator`, "
            + "`CharSequence`, `AutoCloseable`", "classes may implement them; enhanced `for` "
            + "over an `Iterable`"),
    /** Methods of Object. */
    OBJECT("Types", "`equals`, `hashCode`, `toString` of any object", "by the object's class; "
            + "`equals` that no class overrides compares addresses; the other two are refused "
            + "where an object may lack them (K23-1027)"),
    /** The JDK's own code. */
    JDK("Library", "pure helpers of the JDK", "static methods over numbers and arrays, "
            + "`BigInteger` (up to 7,680 bits where it multiplies), `CRC32C`: compiled from "
            + "the JDK's own class files, see below. A path of them that goes beyond the "
            + "dialect is a trap that says why; the report lists these paths"),
    /** Atomics. */
    ATOMICS("Memory", "`java.util.concurrent.atomic`, `VarHandle`, `volatile`", "atomic objects in "
            + "image and region; handles of fields, statics and array elements in `static final` "
            + "fields, resolved when the program is built: all access modes, of `float` and "
            + "`double` get and set only. Every mode but plain is "
            + "sequentially consistent. A volatile variable is one word"),
    /** Per-hart variables. */
    HART_LOCALS("Memory", "`@HartLocal` static fields", "one for every hart, in its block; each "
            + "starts with what the initialiser gave when the program was built. On the JVM "
            + "`SimulatedHarts` exchanges them"),
    /** Log. */
    LOG("Library", "`Log.info(\"a\" + x)`", "the pieces go straight to the log, or through "
            + "methods that only pass them on to it; nothing is allocated. Addresses are "
            + "written in hexadecimal"),
    /** Machine. */
    MACHINE("Library", "`Address`, `Mmio`, `Csr`, `Hart`, `Sbi`, `Symbols`", "instructions or "
            + "stubs; every device access is made, at its width, in order"),
    /** Versions. */
    VERSIONS("Library", "`@TargetFeature`", "the method, and what is inlined in it, is compiled "
            + "for harts with these extensions; it may be called where `IsaExtensions.has` has "
            + "said yes on every path, and from methods with the same annotation"),
    /** Templates. */
    TEMPLATES("Library", "`@Template`, `@Symbol`", "assembly that is written at build time; a "
            + "template may call `package.Class.method` or a method by its `@Symbol`");

    private final String area;
    private final String what;
    private final String how;

    Feature(String area, String what, String how) {
        this.area = area;
        this.what = what;
        this.how = how;
    }

    /** What part of the language it belongs to. */
    public String area() {
        return area;
    }

    /** The Java construct, in Markdown. */
    public String what() {
        return what;
    }

    /** How it is compiled, in Markdown. */
    public String how() {
        return how;
    }
}
