package k23.loader.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import k23.sdk.boot.BootInfo;

/**
 * A small payload, written by hand: code, constants, a writable segment whose first page is sealed
 * after relocation, and a {@code .loader_config} section. Tests change it field by field.
 */
final class TestElf {
    static final int TYPE = 16;
    static final int MACHINE = 18;
    static final int ENTRY = 24;
    static final int SEGMENT_TABLE = 32;
    static final int SECTION_TABLE = 40;
    static final int SEGMENT_BYTES = 54;
    static final int SEGMENTS = 56;

    static final int CODE = 0;
    static final int CONSTANTS = 1;
    static final int DATA = 2;
    static final int DYNAMIC = 3;
    static final int RELRO = 4;

    static final int CODE_BYTES = 0x800;
    static final int DATA_AT = 0x3000;
    static final int DATA_FILE_BYTES = 0x1800;
    static final int DATA_MEMORY_BYTES = 0x3004;
    static final int IMAGE_BYTES = 0x7000;
    /** Where the relocation entries lie: among the constants. */
    static final int RELOCATIONS_AT = 0x2100;
    static final int RELOCATIONS = 3;

    private static final int HEADER_BYTES = 64;
    private static final int HEADERS = 5;
    private static final int CONTENTS_AT = 0x1000;
    private static final int DYNAMIC_AT = 0x3800;
    private static final int SECTIONS_AT = 0x6000;
    private static final int CONFIG_AT = 0x6200;
    private static final int NAMES_AT = 0x6300;

    final byte[] bytes = new byte[0x6400];
    private final ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    TestElf() {
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        file.putShort(TYPE, (short) 3).putShort(MACHINE, (short) 243).putInt(20, 1);
        file.putLong(ENTRY, 0x10).putLong(SEGMENT_TABLE, HEADER_BYTES);
        file.putLong(SECTION_TABLE, SECTIONS_AT).putShort(52, (short) HEADER_BYTES);
        file.putShort(SEGMENT_BYTES, (short) 56).putShort(SEGMENTS, (short) HEADERS);
        file.putShort(58, (short) 64).putShort(60, (short) 3).putShort(62, (short) 2);
        segment(CODE, Segment.PT_LOAD, 4 | Segment.PF_X, 0, CODE_BYTES, CODE_BYTES);
        segment(CONSTANTS, Segment.PT_LOAD, 4, 0x1000, 0x1f00, 0x1f00);
        segment(DATA, Segment.PT_LOAD, 4 | Segment.PF_W, DATA_AT, DATA_FILE_BYTES,
                DATA_MEMORY_BYTES);
        segment(DYNAMIC, Segment.PT_DYNAMIC, 4, DYNAMIC_AT, 0x40, 0x40);
        segment(RELRO, Segment.PT_GNU_RELRO, 4, DATA_AT, 0x1000, 0x1000);
        for (int i = CONTENTS_AT; i < CONTENTS_AT + DATA_AT + DATA_FILE_BYTES; i++) {
            bytes[i] = (byte) (i * 31 >> 3);
        }
        dynamic(0, 7, RELOCATIONS_AT);
        dynamic(1, 8, 24 * RELOCATIONS);
        dynamic(2, 9, 24);
        dynamic(3, 0, 0);
        for (int i = 0; i < RELOCATIONS; i++) {
            relocation(i, DATA_AT + 8 * i, 3, 0x1000 + i);
        }
        section(0, 0, 0, 0);
        section(1, 1, CONFIG_AT, 64);
        section(2, 0, NAMES_AT, 32);
        file.put(NAMES_AT, "\0.loader_config\0".getBytes(StandardCharsets.US_ASCII));
        file.put(CONFIG_AT, config());
    }

    /** A valid {@code .loader_config}. */
    static byte[] config() {
        ByteBuffer config = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        config.put("K23CONF1".getBytes(StandardCharsets.US_ASCII)).putInt(2).putInt(39)
                .putLong(0x8000).putInt(1).putInt((int) BootInfo.VERSION).putLong(256);
        return config.array();
    }

    TestElf segment(int index, int type, int flags, long address, long fileBytes,
            long memoryBytes) {
        file.position(HEADER_BYTES + 56 * index);
        file.putInt(type).putInt(flags).putLong(CONTENTS_AT + address).putLong(address)
                .putLong(address).putLong(fileBytes).putLong(memoryBytes).putLong(4096);
        return this;
    }

    /** Overwrites one field of a segment's header. */
    TestElf segmentField(int index, int at, long value) {
        return at < 8 ? number(HEADER_BYTES + 56 * index + at, 4, value)
                : number(HEADER_BYTES + 56 * index + at, 8, value);
    }

    TestElf number(int at, int width, long value) {
        switch (width) {
            case 2 -> file.putShort(at, (short) value);
            case 4 -> file.putInt(at, (int) value);
            default -> file.putLong(at, value);
        }
        return this;
    }

    TestElf dynamic(int index, long tag, long value) {
        return number(CONTENTS_AT + DYNAMIC_AT + 16 * index, 8, tag)
                .number(CONTENTS_AT + DYNAMIC_AT + 16 * index + 8, 8, value);
    }

    /** Asks for DT_RELR's relocations, {@code entries}, in place of the others. */
    TestElf relative(long... entries) {
        dynamic(0, 36, RELOCATIONS_AT).dynamic(1, 35, 8L * entries.length).dynamic(2, 37, 8);
        for (int i = 0; i < entries.length; i++) {
            number(CONTENTS_AT + RELOCATIONS_AT + 8 * i, 8, entries[i]);
        }
        return this;
    }

    /** The word at {@code address}: where it is to be an address, {@code value} is the target. */
    TestElf word(int address, long value) {
        return number(CONTENTS_AT + address, 8, value);
    }

    TestElf relocation(int index, long where, long type, long target) {
        int at = CONTENTS_AT + RELOCATIONS_AT + 24 * index;
        return number(at, 8, where).number(at + 8, 8, type).number(at + 16, 8, target);
    }

    private void section(int index, int name, long offset, long size) {
        file.putInt(SECTIONS_AT + 64 * index, name);
        file.putLong(SECTIONS_AT + 64 * index + 24, offset);
        file.putLong(SECTIONS_AT + 64 * index + 32, size);
    }

    /** The byte that address {@code address} has before relocation. */
    byte contents(int address) {
        boolean isInFile = address < CODE_BYTES || address >= 0x1000 && address < 0x2f00
                || address >= DATA_AT && address < DATA_AT + DATA_FILE_BYTES;
        return isInFile ? bytes[CONTENTS_AT + address] : 0;
    }
}
