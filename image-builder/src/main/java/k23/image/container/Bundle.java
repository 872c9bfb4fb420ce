package k23.image.container;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import k23.image.ImageException;

/**
 * Programs, their arguments, and files for the payload: entries of {@code u32 kind, u32 name bytes,
 * u64 data bytes, name, data}, name and data padded with zeros to a multiple of 8 bytes.
 *
 * @param entries the entries in order; what belongs to a program follows it
 */
public record Bundle(List<Entry> entries) {
    private static final int HEADER_BYTES = 16;
    private static final int ALIGNMENT = 8;

    /** What an entry is. */
    public enum Kind {
        /** A program: its name and its ELF file. */
        PROGRAM,
        /** A file: its absolute path and its content. */
        FILE,
        /** The next argument of the program before, the first being argument 0. */
        ARGUMENT,
        /** A variable of the program before: {@code NAME=VALUE} as data. */
        ENVIRONMENT,
        /** A directory that the program before may use: its path as name. */
        PREOPEN,
        /** A setting of the payload: key as name, value as data. */
        OPTION;

        int code() {
            return ordinal() + 1;
        }
    }

    /**
     * One entry.
     *
     * @param kind what it is
     * @param name see the kind; empty when the kind has none
     * @param data see the kind
     */
    public record Entry(Kind kind, String name, byte[] data) {
        /** The data as text. */
        public String text() {
            return new String(data, StandardCharsets.UTF_8);
        }
    }

    /** The bundle's bytes. */
    public byte[] bytes() {
        var out = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            byte[] name = entry.name.getBytes(StandardCharsets.UTF_8);
            var header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            header.putInt(entry.kind.code()).putInt(name.length).putLong(entry.data.length);
            out.writeBytes(header.array());
            writePadded(out, name);
            writePadded(out, entry.data);
        }
        return out.toByteArray();
    }

    private static void writePadded(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(bytes);
        out.writeBytes(new byte[-bytes.length & (ALIGNMENT - 1)]);
    }

    /**
     * Reads a bundle.
     *
     * @throws ImageException K23-4109 if it is malformed
     */
    public static Bundle parse(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        var entries = new ArrayList<Entry>();
        while (in.hasRemaining()) {
            if (in.remaining() < HEADER_BYTES) {
                throw malformed(in);
            }
            int code = in.getInt();
            int nameBytes = in.getInt();
            long dataBytes = in.getLong();
            if (code < 1 || code > Kind.values().length) {
                throw malformed(in);
            }
            byte[] name = readPadded(in, Integer.toUnsignedLong(nameBytes));
            byte[] data = readPadded(in, dataBytes);
            entries.add(new Entry(
                    Kind.values()[code - 1], new String(name, StandardCharsets.UTF_8), data));
        }
        return new Bundle(List.copyOf(entries));
    }

    private static byte[] readPadded(ByteBuffer in, long bytes) {
        long padding = -bytes & (ALIGNMENT - 1);
        if (bytes < 0 || bytes > in.remaining() || bytes + padding > in.remaining()) {
            throw malformed(in);
        }
        byte[] content = new byte[(int) bytes];
        in.get(content);
        in.position(in.position() + (int) padding);
        return content;
    }

    private static ImageException malformed(ByteBuffer in) {
        return new ImageException(
                "K23-4109", "bundle", "malformed at byte " + in.position());
    }
}
