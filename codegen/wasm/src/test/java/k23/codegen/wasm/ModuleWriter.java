package k23.codegen.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes binary modules by hand, section by section, for tests. */
final class ModuleWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ModuleWriter() {
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    }

    /** Adds a section with these entries. */
    ModuleWriter section(int id, List<byte[]> entries) {
        byte[] body = join(unsigned(entries.size()), join(entries.toArray(byte[][]::new)));
        return raw(id, body);
    }

    /** Adds a section with this content. */
    ModuleWriter raw(int id, byte[] body) {
        out.write(id);
        out.writeBytes(unsigned(body.length));
        out.writeBytes(body);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** An export's entry. */
    static byte[] export(String name, int kind, int index) {
        return join(text(name), bytes(kind), unsigned(index));
    }

    /** A function type's entry. */
    static byte[] type(List<ValueType> parameters, List<ValueType> results) {
        return join(bytes(0x60), types(parameters), types(results));
    }

    /** A code entry without locals. */
    static byte[] body(int... instructions) {
        byte[] code = join(bytes(0), bytes(instructions), bytes(0x0b));
        return join(unsigned(code.length), code);
    }

    static byte[] text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return join(unsigned(utf8.length), utf8);
    }

    static byte[] unsigned(int value) {
        var bytes = new ByteArrayOutputStream();
        int rest = value;
        while (rest > 0x7f) {
            bytes.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes.write(rest);
        return bytes.toByteArray();
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        var bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private static byte[] types(List<ValueType> types) {
        byte[] codes = new byte[types.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) types.get(i).code();
        }
        return join(unsigned(codes.length), codes);
    }
}
