package k23.codegen.link;

/**
 * A table of entries of variable length in blocks that can be searched by key (docs/FORMATS.md,
 * "Blocks"). An entry's numbers follow its {@link #entry}.
 */
final class BlockTable {
    /** How many entries a block has, which a reader passes over at most. */
    private final int blockEntries;
    private final ByteSink keys = new ByteSink();
    private final ByteSink entries = new ByteSink();
    private int count;
    private int key;
    private int previousKey;

    BlockTable(int blockEntries) {
        this.blockEntries = blockEntries;
    }

    /** Starts the entry of {@code key}, not below the last; whether it is the first of a block. */
    boolean entry(int key) {
        boolean isFirst = count++ % blockEntries == 0;
        if (isFirst) {
            keys.u32(key).u32(entries.size());
            previousKey = key;
        } else {
            previousKey = this.key;
        }
        this.key = key;
        return isFirst;
    }

    /** The key of the entry before this one in its block; of the first, its own. */
    int previousKey() {
        return previousKey;
    }

    /** Appends a number to the entry: unsigned LEB128. */
    BlockTable unsigned(int number) {
        entries.uleb(Integer.toUnsignedLong(number));
        return this;
    }

    /** Appends a number to the entry: small ones of either sign become small unsigned ones. */
    BlockTable signed(int number) {
        return unsigned(number << 1 ^ number >> 31);
    }

    /** Appends bytes to the entry. */
    BlockTable raw(byte[] bytes) {
        entries.raw(bytes);
        return this;
    }

    /** Appends a text to the entry: {@code 2 * length} and its UTF-8 bytes. */
    BlockTable text(byte[] utf8) {
        return unsigned(2 * utf8.length).raw(utf8);
    }

    /** The offset in the entries, which {@link #toBytes} puts behind their index. */
    int offset() {
        return entries.size();
    }

    /** The table. */
    byte[] toBytes() {
        byte[] index = keys.toBytes();
        var table = new ByteSink();
        table.u32(index.length / 8);
        int entriesAt = 4 + index.length;
        for (int i = 0; i < index.length; i += 8) {
            table.u32(LittleEndian.getInt(index, i))
                    .u32(entriesAt + LittleEndian.getInt(index, i + 4));
        }
        return table.raw(entries.toBytes()).toBytes();
    }
}
