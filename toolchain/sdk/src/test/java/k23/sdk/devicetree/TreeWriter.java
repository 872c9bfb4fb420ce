package k23.sdk.devicetree;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes flattened device trees (Devicetree Specification 0.4, chapter 5), good and bad ones. */
final class TreeWriter {
    private final ByteArrayOutputStream structure = new ByteArrayOutputStream();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private final ByteArrayOutputStream reservations = new ByteArrayOutputStream();
    private final Map<String, Integer> names = new LinkedHashMap<>();

    private static byte[] big(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    static byte[] cells(int... cells) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * cells.length);
        for (int cell : cells) {
            buffer.putInt(cell);
        }
        return buffer.array();
    }

    static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    TreeWriter token(int token) {
        structure.writeBytes(big(token));
        return this;
    }

    TreeWriter open(String name) {
        token(1);
        padded(text(name));
        return this;
    }

    private void padded(byte[] bytes) {
        structure.writeBytes(bytes);
        structure.writeBytes(new byte[-bytes.length & 3]);
    }

    TreeWriter close() {
        return token(2);
    }

    TreeWriter property(String name, byte[] value) {
        int at = names.computeIfAbsent(name, _ -> {
            int next = strings.size();
            strings.writeBytes(text(name));
            return next;
        });
        token(3).token(value.length).token(at);
        padded(value);
        return this;
    }

    TreeWriter reserve(long start, long bytes) {
        reservations.writeBytes(ByteBuffer.allocate(16).putLong(start).putLong(bytes).array());
        return this;
    }

    byte[] finish() {
        token(9);
        reservations.writeBytes(new byte[16]);
        int structureAt = 40 + reservations.size();
        int stringsAt = structureAt + structure.size();
        int bytes = stringsAt + strings.size();
        var out = new ByteArrayOutputStream();
        out.writeBytes(cells(0xd00dfeed, bytes, structureAt, stringsAt, 40, 17, 16, 0,
                strings.size(), structure.size()));
        out.writeBytes(reservations.toByteArray());
        out.writeBytes(structure.toByteArray());
        out.writeBytes(strings.toByteArray());
        return out.toByteArray();
    }
}
