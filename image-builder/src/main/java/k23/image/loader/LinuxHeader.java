package k23.image.loader;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import k23.image.Limits;

/**
 * The 64 bytes at the start of a RISC-V Linux {@code Image} (Linux, Documentation/arch/riscv/
 * boot-image-header.rst): two instructions, load offset, size, flags, version, two reserved words,
 * two magic numbers. A view of a buffer.
 *
 * @param bytes the file, at least {@link #BYTES}
 */
public record LinuxHeader(ByteBuffer bytes) {
    /** The size of the header. */
    public static final int BYTES = 64;
    /** Memory behind an image that its loader uses before it knows the machine: its first stack. */
    public static final int SCRATCH_BYTES = 128 << 10;
    /** Where 64-bit images expect to lie from the start of memory: behind the firmware. */
    public static final long TEXT_OFFSET = 0x200000;

    private static final int TEXT_OFFSET_AT = 8;
    private static final int IMAGE_SIZE_AT = 16;
    private static final int VERSION_AT = 32;
    private static final int RESERVED_1_AT = 36;
    private static final int RESERVED_2_AT = 40;
    private static final int RESERVED_2_HIGH_AT = 44;
    private static final int MAGIC_AT = 48;
    private static final int MAGIC_2_AT = 56;
    private static final int VERSION = 2; // 0.2
    private static final long MAGIC = 0x5643534952L; // "RISCV"
    private static final int MAGIC_2 = 0x05435352; // "RSC\5"

    /** The header at the start of {@code file}. */
    public static LinuxHeader of(byte[] file) {
        return new LinuxHeader(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Whether the magic number says that this is such a header. */
    public boolean isPresent() {
        return bytes.capacity() >= BYTES && bytes.getInt(MAGIC_2_AT) == MAGIC_2;
    }

    /**
     * Fills in everything but the instructions and the reserved words.
     *
     * @param fileBytes the size of the file; the memory that it asks for is whole pages of that,
     *     and {@link #SCRATCH_BYTES}
     */
    public void describe(long fileBytes) {
        long pages = (fileBytes + Limits.PAGE_BYTES - 1) & -Limits.PAGE_BYTES;
        bytes.putLong(TEXT_OFFSET_AT, TEXT_OFFSET);
        bytes.putLong(IMAGE_SIZE_AT, pages + SCRATCH_BYTES);
        bytes.putInt(VERSION_AT, VERSION);
        bytes.putLong(MAGIC_AT, MAGIC);
        bytes.putInt(MAGIC_2_AT, MAGIC_2);
    }

    /** The bytes of memory, from its start, that the image needs: firmware keeps them free. */
    public long imageBytes() {
        return bytes.getLong(IMAGE_SIZE_AT);
    }

    /** The first reserved word: in an image, where its key table is. */
    public int keysAt() {
        return bytes.getInt(RESERVED_1_AT);
    }

    /** Sets {@link #keysAt}. */
    public void keysAt(int offset) {
        bytes.putInt(RESERVED_1_AT, offset);
    }

    /** In the second reserved word: in an image, where its container is; on a disk, the image. */
    public long contentAt() {
        return Integer.toUnsignedLong(bytes.getInt(RESERVED_2_AT));
    }

    /** Sets {@link #contentAt}. */
    public void contentAt(int offset) {
        bytes.putInt(RESERVED_2_AT, offset);
    }

    /** In the same word: where an image says which of its bytes move at its start, or 0. */
    int movesAt() {
        return bytes.getInt(RESERVED_2_HIGH_AT);
    }

    /** Sets {@link #movesAt}. */
    void movesAt(int offset) {
        bytes.putInt(RESERVED_2_HIGH_AT, offset);
    }

    /**
     * Makes the first two instructions jump to {@code offset} from the header: {@code auipc t0},
     * {@code jalr zero, t0}. Firmware's a0 and a1 are kept.
     */
    public void jumpTo(int offset) {
        int low = offset << 20 >> 20;
        int high = offset - low;
        bytes.putInt(0, high | 5 << 7 | 0x17);
        bytes.putInt(4, low << 20 | 5 << 15 | 0x67);
    }
}
