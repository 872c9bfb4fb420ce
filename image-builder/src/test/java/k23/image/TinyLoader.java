package k23.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import k23.image.loader.KeyTable;
import k23.image.loader.LinuxHeader;

/**
 * Something to boot while testing images alone: a Linux image header and thirteen instructions that
 * print a line through SBI and end the machine with status 7; as a flat image and as an ELF file.
 */
public final class TinyLoader {
    /** What it prints. */
    public static final String LINE = "hello from the image";
    /** The machine's exit status. */
    public static final int STATUS = 7;
    /** Where its key table is. */
    public static final int KEYS_AT = 0x200;

    private static final int JUMP_BEHIND_HEADER = 0x0400006f;
    /** Position-independent; checked with an assembler. */
    private static final int[] CODE = {
        0x00000417, 0x03440413, // lla s0, text
        0x00044503, 0x00050a63, // lbu a0, (s0); beqz a0, off
        0x00100893, 0x00000073, // li a7, 1; ecall: SBI legacy console putchar
        0x00140413, 0xfedff06f, // addi s0, s0, 1; j back
        0x001002b7, 0x00073337, // off: lui t0, 0x100: the sifive_test device
        0x3333031b, 0x0062a023, // li t1, 7 << 16 | 0x3333; sw t1, (t0)
        0x0000006f, // j .
    };

    private TinyLoader() {}

    /** The flat image: two pages. */
    public static byte[] flat() {
        var out = ByteBuffer.allocate(2 * Limits.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        LinuxHeader.of(out.array()).describe(out.capacity());
        out.putInt(0, JUMP_BEHIND_HEADER).position(LinuxHeader.BYTES);
        for (int word : CODE) {
            out.putInt(word);
        }
        out.put((LINE + "\n").getBytes(StandardCharsets.US_ASCII));
        return out.array();
    }

    /** The same as an ELF file with the symbols that an image builder needs. */
    public static byte[] elf() {
        var symbols = new LinkedHashMap<String, Long>();
        symbols.put("__image_start", 0L);
        symbols.put("__image_end", (long) flat().length);
        symbols.put(KeyTable.SYMBOL, (long) KEYS_AT);
        return elf(flat(), symbols);
    }

    /** An ELF file of one segment at 0, whose last page is left to the loader to zero. */
    public static byte[] elf(byte[] flat, Map<String, Long> symbols) {
        int stored = Limits.PAGE_BYTES;
        int strings = 64 + 56 + stored;
        var names = new StringBuilder("\0");
        var table = ByteBuffer.allocate(24 * (symbols.size() + 1)).order(ByteOrder.LITTLE_ENDIAN);
        table.position(24);
        symbols.forEach((name, value) -> {
            table.putInt(names.length()).put((byte) 0x10).put((byte) 0).putShort((short) 1);
            table.putLong(value).putLong(0);
            names.append(name).append('\0');
        });
        int symbolsAt = strings + names.length();
        int sections = symbolsAt + table.capacity();
        var out = ByteBuffer.allocate(sections + 3 * 64).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x464C457F).put((byte) 2).put((byte) 1).put((byte) 1).position(16);
        out.putShort((short) 3).putShort((short) 243).putInt(1).putLong(0).putLong(64);
        out.putLong(sections).putInt(0).putShort((short) 64).putShort((short) 56);
        out.putShort((short) 1).putShort((short) 64).putShort((short) 3).putShort((short) 2);
        out.putInt(1).putInt(5).putLong(64 + 56).putLong(0).putLong(0).putLong(stored);
        out.putLong(flat.length).putLong(Limits.PAGE_BYTES);
        out.put(flat, 0, stored);
        out.put(names.toString().getBytes(StandardCharsets.US_ASCII)).put(table.array());
        out.position(sections + 64);
        section(out, 2, symbolsAt, table.capacity(), 2, 24);
        section(out, 3, strings, names.length(), 0, 0);
        return out.array();
    }

    private static void section(ByteBuffer out, int type, int at, int bytes, int link, int entry) {
        out.putInt(0).putInt(type).putLong(0).putLong(0).putLong(at).putLong(bytes);
        out.putInt(link).putInt(0).putLong(8).putLong(entry);
    }
}
