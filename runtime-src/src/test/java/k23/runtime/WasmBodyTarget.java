package k23.runtime;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import k23.fuzz.FuzzTarget;
import k23.runtime.module.Body;
import k23.runtime.module.Features;
import k23.runtime.module.Module;
import k23.runtime.parse.ModuleParser;
import k23.runtime.parse.ParseResult;

/**
 * The code of one function, in a module that has something of each kind to refer to and is right in
 * all else: most changed modules are malformed before their code is looked at. The first byte of an
 * input chooses the function's type, and whether an {@code end} is added.
 */
public final class WasmBodyTarget implements FuzzTarget {
    private static final int MAX_SEED_BYTES = 300;
    private static final int TYPES = 5;
    private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};
    /** [] -> [], [i32] -> [i32], [i32 i64 f32 f64] -> [i32], [i32] -> [i64 i32], [i64] -> [f64]. */
    private static final byte[] TYPE_SECTION = section(1, TYPES, 0x60, 0, 0, 0x60, 1, 0x7f, 1, 0x7f,
            0x60, 4, 0x7f, 0x7e, 0x7d, 0x7c, 1, 0x7f, 0x60, 1, 0x7f, 2, 0x7e, 0x7f,
            0x60, 1, 0x7e, 1, 0x7c);
    /** Function 0 is of type 1, global 0 an i32. */
    private static final byte[] IMPORTS = section(2, 2, 1, 'm', 1, 'f', 0, 1, 1, 'm', 1, 'g', 3,
            0x7f, 0);
    /** Tables of functions and of external references. */
    private static final byte[] TABLES = section(4, 2, 0x70, 0, 10, 0x6f, 0, 4);
    private static final byte[] MEMORY = section(5, 1, 1, 1, 2);
    /** They may change: i32, i64, f64, funcref, externref. */
    private static final byte[] GLOBALS = section(6, 5, 0x7f, 1, 0x41, 0, 0x0b,
            0x7e, 1, 0x42, 0, 0x0b, 0x7c, 1, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x0b,
            0x70, 1, 0xd0, 0x70, 0x0b, 0x6f, 1, 0xd0, 0x6f, 0x0b);
    /** A passive segment of functions 0 and 1. */
    private static final byte[] ELEMENTS = section(9, 1, 1, 0, 2, 0, 1);
    private static final byte[] DATA_COUNT = section(12, 1);
    private static final byte[] DATA = section(11, 1, 1, 1, 'x');

    /** A target. */
    public WasmBodyTarget() {}

    private static byte[] section(int id, int... content) {
        byte[] section = new byte[content.length + 2];
        section[0] = (byte) id;
        section[1] = (byte) content.length;
        for (int i = 0; i < content.length; i++) {
            section[i + 2] = (byte) content[i];
        }
        return section;
    }

    /** The module around an input. */
    static byte[] module(byte[] input) {
        int choice = input.length == 0 ? 0 : input[0];
        int end = choice < 0 ? 1 : 0;
        int bodyBytes = Math.max(input.length - 1, 0) + end;
        var module = new ByteArrayOutputStream();
        for (byte[] part : new byte[][] {HEADER, TYPE_SECTION, IMPORTS,
                section(3, 1, (choice & 0x7f) % TYPES), TABLES, MEMORY, GLOBALS, ELEMENTS,
                DATA_COUNT}) {
            module.writeBytes(part);
        }
        module.write(10);
        // Lengths of two bytes, whether they need them or not: so much is allowed.
        writeLength(module, bodyBytes + 3);
        module.write(1);
        writeLength(module, bodyBytes);
        module.write(input, Math.min(1, input.length), Math.max(input.length - 1, 0));
        if (end != 0) {
            module.write(0x0b);
        }
        module.writeBytes(DATA);
        return module.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream module, int length) {
        module.write(length & 0x7f | 0x80);
        module.write(length >> 7);
    }

    @Override
    public String name() {
        return "wasm-body";
    }

    /** The functions of the suite's modules; not all are valid here. */
    @Override
    public List<byte[]> seeds() {
        var seeds = new ArrayList<byte[]>();
        Set<String> seen = new HashSet<>();
        try (SpecSuite suite = SpecSuite.open()) {
            for (String file : suite.files("core-2.0")) {
                for (SpecSuite.Command command : suite.modules(file)) {
                    if (!command.isText() && !file.contains("simd")) {
                        addBodies(command.bytes(), seeds, seen);
                    }
                }
            }
        }
        return seeds;
    }

    private static void addBodies(byte[] bytes, List<byte[]> seeds, Set<String> seen) {
        ParseResult parsed = ModuleParser.parse(bytes, 0, bytes.length, Features.CORE_2);
        if (parsed.failure().isError()) {
            return;
        }
        Module module = parsed.module();
        for (int i = 0; i < module.bodyCount(); i++) {
            Body body = module.body(module.functionCount() - module.bodyCount() + i);
            int length = body.end() - body.start();
            byte[] seed = new byte[1 + Math.min(length, MAX_SEED_BYTES)];
            System.arraycopy(bytes, body.start(), seed, 1, seed.length - 1);
            seed[0] = (byte) (seeds.size() % TYPES);
            if (length <= MAX_SEED_BYTES && seen.add(HexFormat.of().formatHex(seed))) {
                seeds.add(seed);
            }
        }
    }

    @Override
    public int maxBytes() {
        return 512;
    }

    @Override
    public List<byte[]> words() {
        return new WasmTarget().words();
    }

    @Override
    public List<String> reached() {
        return new WasmTarget().reached();
    }

    @Override
    public String run(byte[] input) {
        return new WasmTarget().run(module(input));
    }
}
