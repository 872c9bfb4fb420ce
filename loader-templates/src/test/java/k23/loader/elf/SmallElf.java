package k23.loader.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A payload of about a thousand bytes with all that a loader looks at: the shorter an input, the
 * more changes meet something. Its segments are as large as its contents, one a page.
 */
final class SmallElf {
    static final int RELRO = 4;
    /** The address of the data, whose first words are relocated. */
    static final int DATA = 0x2000;

    private static final int HEADER_BYTES = 64;
    private static final int SEGMENTS = 5;
    private static final int CODE_AT = 0x160;
    private static final int CONSTANTS_AT = 0x180;
    private static final int DATA_AT = 0x1e0;
    private static final int SECTIONS_AT = 0x260;
    private static final int CONFIG_AT = 0x320;
    private static final int NAMES_AT = 0x360;
    private static final int BYTES = 0x370;
    private static final int RELOCATIONS = 4;

    private SmallElf() {}

    /** A file of type {@code type}, with its position behind its end. */
    static ByteBuffer make(int type) {
        ByteBuffer file = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        file.putShort(16, (short) type).putShort(18, (short) 243).putInt(20, 1);
        file.putLong(24, 0x10).putLong(32, HEADER_BYTES).putLong(40, SECTIONS_AT);
        file.putShort(52, (short) HEADER_BYTES).putShort(54, (short) 56);
        file.putShort(56, (short) SEGMENTS).putShort(58, (short) 64).putShort(60, (short) 3);
        file.putShort(62, (short) 2);
        segment(file, 0, Segment.PT_LOAD, 4 | Segment.PF_X, 0, 0x20, 0x20);
        segment(file, 1, Segment.PT_LOAD, 4, 0x1000, 24 * RELOCATIONS, 24 * RELOCATIONS);
        segment(file, 2, Segment.PT_LOAD, 4 | Segment.PF_W, DATA, 0x80, 0x1f04);
        segment(file, 3, Segment.PT_DYNAMIC, 4, DATA + 0x40, 0x40, 0x40);
        segment(file, RELRO, Segment.PT_GNU_RELRO, 4, DATA, 0x1000, 0x1000);
        for (int i = 0; i < RELOCATIONS; i++) {
            file.putLong(CONSTANTS_AT + 24 * i, DATA + 8 * i).putLong(CONSTANTS_AT + 24 * i + 8, 3)
                    .putLong(CONSTANTS_AT + 24 * i + 16, 0x1000 + i);
        }
        long[] dynamic = {7, 0x1000, 8, 24 * RELOCATIONS, 9, 24, 0, 0};
        file.position(DATA_AT + 0x40);
        for (long word : dynamic) {
            file.putLong(word);
        }
        section(file, 1, 1, CONFIG_AT, 64);
        section(file, 2, 0, NAMES_AT, BYTES - NAMES_AT);
        file.put(CONFIG_AT, TestElf.config());
        file.put(NAMES_AT, "\0.loader_config\0".getBytes(StandardCharsets.US_ASCII));
        return file;
    }

    /** A file whose relocations are bits: DT_RELR, an address and two entries of bits. */
    static ByteBuffer relative() {
        ByteBuffer file = make(3);
        file.putLong(CONSTANTS_AT, DATA).putLong(CONSTANTS_AT + 8, 1 | 2 | 8 | 1L << 63);
        file.putLong(CONSTANTS_AT + 16, 1 | 4);
        for (int i = 0; i < 8; i++) {
            file.putLong(DATA_AT + 8 * i, 0x1000 + i);
        }
        file.position(DATA_AT + 0x40);
        for (long word : new long[] {36, 0x1000, 35, 24, 37, 8}) {
            file.putLong(word);
        }
        return file;
    }

    /** Writes a segment's header; its contents are where those of its address are. */
    static void segment(ByteBuffer file, int index, int type, int flags, long address,
            long fileBytes, long memoryBytes) {
        long offset = address < 0x1000 ? CODE_AT + address
                : address < DATA ? CONSTANTS_AT + address - 0x1000 : DATA_AT + address - DATA;
        file.position(HEADER_BYTES + 56 * index);
        file.putInt(type).putInt(flags).putLong(offset).putLong(address).putLong(address)
                .putLong(fileBytes).putLong(memoryBytes).putLong(4096);
    }

    private static void section(ByteBuffer file, int index, int name, long offset, long size) {
        file.putInt(SECTIONS_AT + 64 * index, name).putLong(SECTIONS_AT + 64 * index + 24, offset)
                .putLong(SECTIONS_AT + 64 * index + 32, size);
    }
}
