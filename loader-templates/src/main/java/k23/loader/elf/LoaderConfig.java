package k23.loader.elf;

import k23.sdk.boot.BootInfo;
import k23.sdk.riscv.IsaExtensions;
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
    private static final int VERSION = 2;
    private static final int BYTES = 64;
    private static final int PAGING_AT = 12;
    private static final int MOST_MODES = 4;
    private static final int RESERVED_AT = 48;
    private static final long MAX_STACK_BYTES = 16 << 20;
    private static final long MAX_HART_BLOCK_BYTES = 1 << 20;

    /** What is wrong with the section, or {@link ElfProblem#NONE}. */
    public ElfProblem check() {
        if (bytes.length() != BYTES || bytes.getLong(0) != MAGIC || bytes.getInt(8) != VERSION) {
            return ElfProblem.BAD_LOADER_CONFIG;
        }
        for (int i = RESERVED_AT; i < BYTES; i += 8) {
            if (bytes.getLong(i) != 0) {
                return ElfProblem.BAD_LOADER_CONFIG;
            }
        }
        if (!hasValidPaging() || !needs().isKnown()
                || stackBytes() <= 0 || Long.compareUnsigned(stackBytes(), MAX_STACK_BYTES) > 0
                || Long.compareUnsigned(hartBlockBytes(), MAX_HART_BLOCK_BYTES) > 0) {
            return ElfProblem.BAD_LOADER_CONFIG;
        }
        return bytes.getInt(28) == BootInfo.VERSION ? ElfProblem.NONE
                : ElfProblem.OTHER_BOOT_INFO;
    }

    /** At least one mode; larger ones first, each once; zeros behind. */
    private boolean hasValidPaging() {
        int last = 64;
        for (int i = 0; i < MOST_MODES; i++) {
            int bits = mode(i);
            boolean isMode = bits == 39 || bits == 48 || bits == 57;
            if (bits == 0 ? i == 0 : !isMode || bits >= last) {
                return false;
            }
            last = bits;
        }
        return true;
    }

    private int mode(int index) {
        return bytes.getUnsignedByte(PAGING_AT + index);
    }

    /**
     * The paging mode, 39, 48 or 57, that the payload prefers among those that a machine with at
     * most {@code most} bits has; 0 when it can run in none of them.
     */
    public int pagingBits(int most) {
        for (int i = 0; i < MOST_MODES; i++) {
            if (mode(i) <= most) {
                return mode(i);
            }
        }
        return 0;
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

    /** The extensions of the instruction set that the payload cannot do without. */
    public IsaExtensions needs() {
        return new IsaExtensions(bytes.getLong(40));
    }
}
