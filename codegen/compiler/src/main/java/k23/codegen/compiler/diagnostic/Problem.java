package k23.codegen.compiler.diagnostic;

/** Every kind of thing that the dialect compiler refuses. The codes are stable. */
public enum Problem {
    /** A class that reachable code names is on no class path entry. */
    CLASS_NOT_FOUND(1001, "class not found",
            "the world is closed: every class that can be reached is compiled from its class file",
            "add the class to the class path"),
    /** A method or field that code names does not exist. */
    MEMBER_NOT_FOUND(1002, "member not found",
            "the class file was compiled against another version of that class",
            "recompile all sources together"),
    /** A library method without a counterpart in the dialect. */
    UNSUPPORTED_METHOD(1003, "library method",
            "the JDK is not part of the program; only its pure helpers are compiled",
            "write the method in the dialect, or use one from docs/DIALECT.md"),
    /** A library class whose objects would be needed at run time. */
    UNSUPPORTED_CLASS(1004, "library class",
            "objects of JDK classes do not exist on the machine",
            "use arrays, records and classes of your own"),
    /** {@code catch}. */
    CATCH(1005, "catch",
            "a throw ends the program with a panic, so nothing is ever caught",
            "return a result record that says what went wrong"),
    /** {@code synchronized}. */
    MONITOR(1006, "synchronized",
            "there are no threads and no monitors",
            "use a lock of the kernel's"),
    /** A method without code that is no intrinsic. */
    NATIVE_METHOD(1007, "method without code",
            "there is nothing to compile",
            "give it a body, or @Symbol and a @Template that defines the symbol"),
    /** A record used as an object. */
    RECORD_AS_OBJECT(1008, "record used as an object",
            "a record is a value without identity; it cannot be stored where an object is expected",
            "use the record's own type, or make it a final class"),
    /** A null record. */
    NULL_RECORD(1009, "null record",
            "a record is a value and never null",
            "use a distinguished value of the record"),
    /** Records compared by identity. */
    RECORD_IDENTITY(1010, "records compared with == or !=",
            "a record has no identity",
            "compare the components, or use equals"),
    /** A piece of a text that has no text form. */
    CONCATENATION(1012, "value without a text",
            "numbers, strings, enums, records, and objects whose static type has a toString of "
                    + "its own can be part of a text",
            "write a toString method, or append the parts"),
    /** A lambda or method reference of a kind that is not supported. */
    LAMBDA(1013, "lambda or method reference",
            "only lambdas of one interface without markers are compiled",
            "drop the intersection type, or use a final class that implements the interface"),
    /** An unknown invokedynamic. */
    DYNAMIC(1014, "dynamic call",
            "its bootstrap method is not one that the compiler recognises",
            "write it out in plain Java"),
    /** An exception object used other than by throw. */
    EXCEPTION_OBJECT(1015, "exception used as an object",
            "a throw is a panic with a message; the exception object never exists",
            "throw it where it is made"),
    /** A class literal, method handle or similar constant. */
    CONSTANT(1016, "constant of a kind that does not exist at run time",
            "there is no reflection",
            "use an enum or an int"),
    /** A static initialiser that failed on the host. */
    INITIALIZER(1017, "static initialiser failed",
            "static initialisers run when the program is built, on the JVM",
            "make the initialiser independent of the machine, or set the field at start-up"),
    /** An object in a static field that cannot be put into the image. */
    IMAGE_OBJECT(1018, "object cannot be put into the image",
            "what static fields hold after initialisation becomes the program's data",
            "hold only primitives, strings, arrays, enums, records and objects of own classes"),
    /** An allocation below {@code @NoAllocation}. */
    ALLOCATION(1019, "allocation below @NoAllocation",
            "code that may run without an ambient region must not allocate",
            "allocate before, or remove the annotation"),
    /** An intrinsic whose argument must be a constant. */
    NOT_CONSTANT(1020, "argument is not a constant",
            "the instruction that replaces the call encodes it",
            "pass a literal or a static final field"),
    /** An intrinsic of the SDK that the compiler does not know. */
    UNKNOWN_INTRINSIC(1021, "unknown intrinsic",
            "only the SDK declares intrinsics, and the compiler knows each by name",
            "use SDK and compiler of the same version"),
    /** A simulator class in reachable code. */
    SIMULATOR(1022, "simulated machine in compiled code",
            "k23.sdk.sim exists on the JVM only",
            "call the intrinsic instead"),
    /** A template that failed on the host. */
    TEMPLATE(1023, "template failed",
            "templates run when the program is built",
            "see the message"),
    /** A wrong entry. */
    ENTRY(1024, "entry",
            "the entry is a static method main(int hart, BootInfo boot) with @Entry",
            "see k23.sdk.Entry"),
    /** A symbol that nothing defines. */
    UNDEFINED_SYMBOL(1025, "undefined symbol",
            "no @Template, no compiled method and no linker symbol has that name",
            "correct the name, or add the template's class to the class path"),
    /** Two definitions of one symbol. */
    DUPLICATE_SYMBOL(1026, "symbol defined twice",
            "a linker symbol stands for one place",
            "rename one, or take its class from the class path"),
    /** Object identity services. */
    OBJECT_METHOD(1027, "method of java.lang.Object",
            "objects have no monitor, no class object and no identity hash",
            "override the method in your class"),
    /** Too large. */
    LIMIT(1028, "limit exceeded",
            "the compiler keeps the size of one function bounded",
            "split the method"),
    /** A class file that is damaged or of a kind that javac does not write. */
    CLASS_FILE(1029, "class file",
            "the class file is not one that javac 25 writes",
            "recompile the source with javac 25"),
    /** A floating-point instruction below {@code @NoFpu}. */
    FLOAT_REGIME(1041, "floating point below @NoFpu",
            "the floating-point registers may hold another program's numbers there",
            "use integers, or remove the annotation"),
    /** A method that waits below {@code @Interrupt}. */
    BLOCKING(1042, "waiting below @Interrupt",
            "what the method waits for may be up to the code that was interrupted",
            "leave the waiting to code outside of the handler"),
    /** Raw access without a permission. */
    RAW_ACCESS(1043, "raw access",
            "nothing keeps the method from breaking the program; its callers are named and few",
            "use what the message names, or give the package or class @RawAccessAllowed and a "
                    + "reason"),
    /** An exemption or permission without a reason. */
    NO_REASON(1044, "no reason given",
            "exemptions and permissions are reviewed by their reasons",
            "say why it is safe"),
    /** A variable handle that cannot be resolved, or an access that it does not have. */
    VARIABLE_HANDLE(1045, "variable handle",
            "calls of a VarHandle become instructions while the program is built",
            "call it where it is a static final field, with values of the variable's type"),
    /** A volatile record. */
    VOLATILE_RECORD(1046, "volatile record",
            "a volatile variable is read and written as a whole, which is one word",
            "make it a final class and the variable a reference, or use a lock"),
    /** A per-hart variable that cannot be one. */
    HART_LOCAL(1047, "per-hart variable",
            "the loader copies such variables for every hart that enters a payload",
            "put @HartLocal on a static field that is not final, of a program with an @Entry"),
    /** A version for more than the caller is known to have. */
    VERSION_CALL(1048, "call of a version that the hart may not be able to run",
            "@TargetFeature compiles a method for harts with further instructions; on another "
                    + "it would trap",
            "call it where IsaExtensions.has has just said yes for each extension, or from a "
                    + "method with the same @TargetFeature"),
    /** A version that cannot be one. */
    VERSION(1049, "version for an extension",
            "a version is called by code that has tested for its extensions",
            "give @TargetFeature extensions of Zba, Zbb, Zbs, Zbc, Zbkb and Zicond, on a method "
                    + "with code that only methods of the program call"),
    /** The linker's own problems. */
    LINK(1030, "link",
            "the parts do not fit together",
            "see the message");

    private final int code;
    private final String title;
    private final String why;
    private final String advice;

    Problem(int code, String title, String why, String advice) {
        this.code = code;
        this.title = title;
        this.why = why;
        this.advice = advice;
    }

    /** The number behind {@code K23-}. */
    public int code() {
        return code;
    }

    /** A few words that name it. */
    public String title() {
        return title;
    }

    /** Why it is refused. */
    public String why() {
        return why;
    }

    /** What to do instead. */
    public String advice() {
        return advice;
    }
}
