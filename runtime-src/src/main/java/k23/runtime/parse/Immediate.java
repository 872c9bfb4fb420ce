package k23.runtime.parse;

/** What follows an opcode (Core 2.0, section 5.4). */
public final class Immediate {
    /** The opcode does not exist. */
    public static final int ILLEGAL = 0;
    /** Nothing. */
    public static final int NONE = 1;
    /** A block's type. */
    public static final int BLOCK = 2;
    /** One index: of a label, function, local, global, table or segment. */
    public static final int INDEX = 3;
    /** Labels of a table, and the one for all other numbers. */
    public static final int LABELS = 4;
    /** A type's and a table's index. */
    public static final int TYPE_TABLE = 5;
    /** A list of value types. */
    public static final int TYPES = 6;
    /** Alignment, memory and offset of an access. */
    public static final int ACCESS = 7;
    /** A memory's index. */
    public static final int MEMORY = 8;
    /** A number. */
    public static final int I32 = 9;
    /** A number. */
    public static final int I64 = 10;
    /** A number's bits. */
    public static final int F32 = 11;
    /** A number's bits. */
    public static final int F64 = 12;
    /** A reference type. */
    public static final int REFERENCE = 13;
    /** A data segment's and a memory's index. */
    public static final int DATA_MEMORY = 14;
    /** Two memories' indices: to, from. */
    public static final int MEMORIES = 15;
    /** An element segment's and a table's index. */
    public static final int ELEMENT_TABLE = 16;
    /** Two tables' indices: to, from. */
    public static final int TABLES = 17;

    private Immediate() {}
}
