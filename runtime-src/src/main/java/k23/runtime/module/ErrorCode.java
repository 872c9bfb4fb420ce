package k23.runtime.module;

/** Everything that can be wrong with a module; texts are those of the reference interpreter. */
public enum ErrorCode {
    /** Nothing is wrong. */
    NONE(ErrorKind.NONE, ""),

    /** The bytes end within something. */
    UNEXPECTED_END(ErrorKind.MALFORMED, "unexpected end of section or function"),
    /** A length reaches behind the end of the bytes. */
    LENGTH_OUT_OF_BOUNDS(ErrorKind.MALFORMED, "length out of bounds"),
    /** The bytes do not start with {@code \0asm}. */
    MAGIC(ErrorKind.MALFORMED, "magic header not detected"),
    /** The version is not 1. */
    VERSION(ErrorKind.MALFORMED, "unknown binary version"),
    /** A LEB128 number has more bytes than its type allows. */
    INTEGER_TOO_LONG(ErrorKind.MALFORMED, "integer representation too long"),
    /** A LEB128 number does not fit its type. */
    INTEGER_TOO_LARGE(ErrorKind.MALFORMED, "integer too large"),
    /** A name is not UTF-8. */
    UTF8(ErrorKind.MALFORMED, "malformed UTF-8 encoding"),
    /** There is no section of this number. */
    SECTION_ID(ErrorKind.MALFORMED, "malformed section id"),
    /** A section comes twice or out of order, or something follows the last one. */
    SECTION_ORDER(ErrorKind.MALFORMED, "unexpected content after last section"),
    /** A section or a body is shorter or longer than its size says. */
    SECTION_SIZE(ErrorKind.MALFORMED, "section size mismatch"),
    /** The byte stands for no value type. */
    VALUE_TYPE(ErrorKind.MALFORMED, "malformed value type"),
    /** The byte stands for no reference type. */
    REFERENCE_TYPE(ErrorKind.MALFORMED, "malformed reference type"),
    /** An entry of the type section is no function type. */
    TYPE_FORM(ErrorKind.MALFORMED, "malformed definition type"),
    /** An import's kind does not exist. */
    IMPORT_KIND(ErrorKind.MALFORMED, "malformed import kind"),
    /** An export's kind does not exist. */
    EXPORT_KIND(ErrorKind.MALFORMED, "malformed export kind"),
    /** A global is neither constant nor variable. */
    MUTABILITY(ErrorKind.MALFORMED, "malformed mutability"),
    /** The flags of limits are unknown. */
    LIMITS_FLAGS(ErrorKind.MALFORMED, "malformed limits flags"),
    /** The flags of a load or store are unknown. */
    MEMOP_FLAGS(ErrorKind.MALFORMED, "malformed memop flags"),
    /** An element segment's flags are unknown. */
    ELEMENT_FLAGS(ErrorKind.MALFORMED, "malformed elements segment kind"),
    /** An element segment's element kind is not 0. */
    ELEMENT_KIND(ErrorKind.MALFORMED, "malformed element kind"),
    /** A data segment's flags are unknown. */
    DATA_FLAGS(ErrorKind.MALFORMED, "malformed data segment kind"),
    /** A reserved byte is not zero. */
    ZERO_BYTE(ErrorKind.MALFORMED, "zero byte expected"),
    /** No instruction has this number. */
    ILLEGAL_OPCODE(ErrorKind.MALFORMED, "illegal opcode"),
    /** An {@code else} stands where the {@code end} must be. */
    END_EXPECTED(ErrorKind.MALFORMED, "END opcode expected"),
    /** A function declares 2³² locals or more. */
    TOO_MANY_LOCALS(ErrorKind.MALFORMED, "too many locals"),
    /** The counts of declared functions and of bodies differ. */
    CODE_COUNT(ErrorKind.MALFORMED, "function and code section have inconsistent lengths"),
    /** The data count section and the data section differ. */
    DATA_COUNT(ErrorKind.MALFORMED, "data count and data section have inconsistent lengths"),
    /** Code names a data segment without a data count section. */
    DATA_COUNT_REQUIRED(ErrorKind.MALFORMED, "data count section required"),

    /** Operands are not what an instruction or a block takes. */
    TYPE_MISMATCH(ErrorKind.INVALID, "type mismatch"),
    /** There is no such type. */
    UNKNOWN_TYPE(ErrorKind.INVALID, "unknown type"),
    /** There is no such function. */
    UNKNOWN_FUNCTION(ErrorKind.INVALID, "unknown function"),
    /** There is no such table. */
    UNKNOWN_TABLE(ErrorKind.INVALID, "unknown table"),
    /** There is no such memory. */
    UNKNOWN_MEMORY(ErrorKind.INVALID, "unknown memory"),
    /** There is no such global, or not in a constant expression. */
    UNKNOWN_GLOBAL(ErrorKind.INVALID, "unknown global"),
    /** There is no such local. */
    UNKNOWN_LOCAL(ErrorKind.INVALID, "unknown local"),
    /** There is no such label. */
    UNKNOWN_LABEL(ErrorKind.INVALID, "unknown label"),
    /** There is no such element segment. */
    UNKNOWN_ELEMENT(ErrorKind.INVALID, "unknown elem segment"),
    /** There is no such data segment. */
    UNKNOWN_DATA(ErrorKind.INVALID, "unknown data segment"),
    /** {@code ref.func} of a function that nothing outside of code names. */
    UNDECLARED_FUNCTION(ErrorKind.INVALID, "undeclared function reference"),
    /** An alignment exceeds the access's size. */
    ALIGNMENT(ErrorKind.INVALID, "alignment must not be larger than natural"),
    /** An access's offset does not fit the memory's addresses. */
    OFFSET(ErrorKind.INVALID, "offset out of range"),
    /** {@code global.set} of a constant. */
    IMMUTABLE_GLOBAL(ErrorKind.INVALID, "global is immutable"),
    /** A typed {@code select} does not name exactly one type. */
    SELECT_ARITY(ErrorKind.INVALID, "invalid result arity"),
    /** An instruction stands in a constant expression that must not. */
    CONSTANT_REQUIRED(ErrorKind.INVALID, "constant expression required"),
    /** A maximum is below its minimum. */
    SIZE_ORDER(ErrorKind.INVALID, "size minimum must not be greater than maximum"),
    /** A memory is larger than its addresses reach. */
    MEMORY_SIZE(ErrorKind.INVALID, "memory size must be at most 65536 pages (4GiB)"),
    /** A table is larger than its indices reach. */
    TABLE_SIZE(ErrorKind.INVALID, "table size must be at most 2^32-1"),
    /** There is more than one memory. */
    MULTIPLE_MEMORIES(ErrorKind.INVALID, "multiple memories"),
    /** There is more than one table (Core 1.0). */
    MULTIPLE_TABLES(ErrorKind.INVALID, "multiple tables"),
    /** Two exports have one name. */
    DUPLICATE_EXPORT(ErrorKind.INVALID, "duplicate export name"),
    /** The start function takes or gives something. */
    START_FUNCTION(ErrorKind.INVALID, "start function"),

    /** More than {@link Limits#MODULE_BYTES}. */
    LIMIT_MODULE(ErrorKind.LIMIT, "limit: bytes of a module"),
    /** More than {@link Limits#ENTRIES} entries in a section. */
    LIMIT_ENTRIES(ErrorKind.LIMIT, "limit: entries of a section"),
    /** More than {@link Limits#ARITY} parameters or results. */
    LIMIT_ARITY(ErrorKind.LIMIT, "limit: parameters or results of a type"),
    /** More than {@link Limits#LOCALS} locals. */
    LIMIT_LOCALS(ErrorKind.LIMIT, "limit: locals of a function"),
    /** More than {@link Limits#OPERANDS} operands. */
    LIMIT_OPERANDS(ErrorKind.LIMIT, "limit: operands of a function"),
    /** More than {@link Limits#NESTING} blocks within each other. */
    LIMIT_NESTING(ErrorKind.LIMIT, "limit: nesting of blocks");

    private final ErrorKind kind;
    private final String text;

    ErrorCode(ErrorKind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /** Malformed, invalid, or beyond a limit. */
    public ErrorKind kind() {
        return kind;
    }

    /** The message; for unknown things it goes on with {@link Failure#detail}. */
    public String text() {
        return text;
    }
}
