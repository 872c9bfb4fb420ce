package k23.runtime.module;

/** An element segment (Core 2.0, section 2.5.7). */
public final class ElementSegment {
    private final SegmentMode mode;
    private final ValueType type;
    private final int table;
    private final ConstantExpression offset;
    private final ConstantExpression[] items;

    /**
     * A segment.
     *
     * @param mode   when it is copied
     * @param type   the type of its elements
     * @param table  where to, when it is active
     * @param offset where to in the table, when it is active
     * @param items  its elements; kept
     */
    public ElementSegment(SegmentMode mode, ValueType type, int table, ConstantExpression offset,
            ConstantExpression[] items) {
        this.mode = mode;
        this.type = type;
        this.table = table;
        this.offset = offset;
        this.items = items;
    }

    /** When it is copied. */
    public SegmentMode mode() {
        return mode;
    }

    /** The type of its elements. */
    public ValueType type() {
        return type;
    }

    /** Index of the table that an active segment is copied to. */
    public int table() {
        return table;
    }

    /** Where an active segment is copied to in its table. */
    public ConstantExpression offset() {
        return offset;
    }

    /** How many elements. */
    public int size() {
        return items.length;
    }

    /** An element. */
    public ConstantExpression item(int index) {
        return items[index];
    }
}
