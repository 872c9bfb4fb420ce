package k23.loader.elf;

import k23.sdk.word.Span;

/**
 * What a payload asks of the loader: its {@code .loader_config} section (docs/FORMATS.md).
 *
 * @param bytes the section's contents
 */
public record LoaderConfig(Span bytes) {
    /** The name of the section. */
    public static final String SECTION = ".loader_config";

    private static final long MAGIC = 0x31464e4f4333324bL;
    private static final int BYTES = 64;
    private static final long MAX_STACK_BYTES = 16 << 20;
    private static final long MAX_HART_BLOCK_BYTES = 1 << 20;

    /** Whether this loader understands the section and can do what it asks. */
    public boolean isValid() {
        if (bytes.length() != BYTES || bytes.getLong(0) != MAGIC || bytes.getInt(8) != 1
                || bytes.getInt(28) != 0) {
            return false;
        }
        for (int i = 40; i < BYTES; i += 8) {
            if (bytes.getLong(i) != 0) {
                return false;
            }
        }
        return (pagingBits() == 39 || pagingBits() == 48 || pagingBits() == 57)
                && stackBytes() > 0 && Long.compareUnsigned(stackBytes(), MAX_STACK_BYTES) <= 0
                && Long.compareUnsigned(hartBlockBytes(), MAX_HART_BLOCK_BYTES) <= 0;
    }

    /** 39, 48 or 57. */
    public int pagingBits() {
        return bytes.getInt(12);
    }

    /** Bytes of stack for each hart. */
    public long stackBytes() {
        return bytes.getLong(16);
    }

    /** How many harts are to enter; 0 for all. */
    public int harts() {
        return bytes.getInt(24);
    }

    /** Bytes of each hart's block. */
    public long hartBlockBytes() {
        return bytes.getLong(32);
    }
}
