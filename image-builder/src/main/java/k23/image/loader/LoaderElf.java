package k23.image.loader;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import k23.image.ImageException;

/**
 * What a flat image needs of the loader's ELF file.
 *
 * @param flat its loadable segments at their addresses, zero between and behind them
 * @param symbols the values of its symbols
 */
record LoaderElf(byte[] flat, Map<String, Long> symbols) {
    private static final int MACHINE_RISCV = 243;
    private static final int SEGMENT_LOAD = 1;
    private static final int SECTION_SYMBOLS = 2;
    private static final int LIMIT_BYTES = 16 << 20;

    static LoaderElf parse(byte[] elf) {
        var in = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
        try {
            if (in.getInt(0) != 0x464C457F || in.get(4) != 2 || in.getShort(18) != MACHINE_RISCV) {
                throw invalid("not a 64-bit RISC-V ELF file");
            }
            return new LoaderElf(flatten(in), symbols(in));
        } catch (IndexOutOfBoundsException e) {
            throw invalid("truncated ELF file");
        }
    }

    private static byte[] flatten(ByteBuffer in) {
        int table = (int) in.getLong(32);
        int entryBytes = Short.toUnsignedInt(in.getShort(54));
        int count = Short.toUnsignedInt(in.getShort(56));
        long end = 0;
        for (int i = 0; i < count; i++) {
            int at = table + i * entryBytes;
            if (in.getInt(at) == SEGMENT_LOAD) {
                end = Math.max(end, in.getLong(at + 16) + in.getLong(at + 40));
            }
        }
        if (end <= 0 || end > LIMIT_BYTES) {
            throw invalid("its segments end at " + end + ", the limit is " + LIMIT_BYTES);
        }
        byte[] flat = new byte[(int) end];
        for (int i = 0; i < count; i++) {
            int at = table + i * entryBytes;
            if (in.getInt(at) == SEGMENT_LOAD) {
                in.get(
                        Math.toIntExact(in.getLong(at + 8)), flat,
                        Math.toIntExact(in.getLong(at + 16)), Math.toIntExact(in.getLong(at + 32)));
            }
        }
        return flat;
    }

    private static Map<String, Long> symbols(ByteBuffer in) {
        var symbols = new TreeMap<String, Long>();
        int table = (int) in.getLong(40);
        int entryBytes = Short.toUnsignedInt(in.getShort(58));
        int count = Short.toUnsignedInt(in.getShort(60));
        for (int i = 0; i < count; i++) {
            int at = table + i * entryBytes;
            if (in.getInt(at + 4) == SECTION_SYMBOLS) {
                int strings = (int) in.getLong(table + in.getInt(at + 40) * entryBytes + 24);
                int start = (int) in.getLong(at + 24);
                int end = start + (int) in.getLong(at + 32);
                for (int symbol = start; symbol < end; symbol += 24) {
                    symbols.put(string(in, strings + in.getInt(symbol)), in.getLong(symbol + 8));
                }
            }
        }
        return symbols;
    }

    private static String string(ByteBuffer in, int at) {
        int end = at;
        while (in.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - at];
        in.get(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The offset of the symbol {@code name} in the flat image. */
    int offsetOf(String name) {
        Long value = symbols.get(name);
        if (value == null) {
            throw invalid("it has no symbol " + name);
        }
        if (value < 0 || value > flat.length) {
            throw invalid("its symbol " + name + " lies outside of it");
        }
        return value.intValue();
    }

    private static ImageException invalid(String why) {
        return new ImageException("K23-4201", "loader", "cannot be the loader: " + why);
    }
}
