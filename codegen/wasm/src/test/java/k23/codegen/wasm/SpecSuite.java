package k23.codegen.wasm;

import static k23.codegen.wasm.ModuleWriter.body;
import static k23.codegen.wasm.ModuleWriter.bytes;
import static k23.codegen.wasm.ModuleWriter.export;
import static k23.codegen.wasm.ModuleWriter.join;
import static k23.codegen.wasm.ModuleWriter.type;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/** The official test suite as {@code shared/wasm-spec/spec.zip} holds it. */
public final class SpecSuite {
    private final ZipFile zip;

    private SpecSuite(ZipFile zip) {
        this.zip = zip;
    }

    /** Opens the suite; says what is missing when it is not there. */
    public static SpecSuite open() {
        try {
            return new SpecSuite(new ZipFile(archive().toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The suite's archive; says what is missing when it is not there. */
    public static Path archive() {
        String named = System.getenv("K23_SHARED");
        Path path = (named != null ? Path.of(named) : besideCheckout())
                .resolve("wasm-spec/spec.zip");
        if (!Files.isRegularFile(path)) {
            throw new AssertionError("the WebAssembly test suite is not at " + path
                    + "; set K23_SHARED to the folder that holds wasm-spec/spec.zip");
        }
        return path;
    }

    /** {@code shared} beside the checkout, from whichever of its folders the tests run in. */
    private static Path besideCheckout() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("runtime-src"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new AssertionError("the tests do not run inside a checkout");
            }
        }
        return folder.resolveSibling("shared");
    }

    /** The names of the files of a group, without those of its folders: {@code core-2.0/i32}. */
    public List<String> files(String group) {
        String ending = "/" + group + "/[^/]+\\.json";
        return zip.stream().map(e -> e.getName()).filter(n -> ("/" + n).matches(".*" + ending))
                .map(n -> n.substring(0, n.length() - ".json".length())).sorted().toList();
    }

    String commands(String file) {
        return new String(entry(file + ".json"), StandardCharsets.UTF_8);
    }

    byte[] modules(String file) {
        return entry(file + ".mods");
    }

    private byte[] entry(String name) {
        try (var in = zip.getInputStream(zip.getEntry(name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The module {@code spectest} that the suite's modules import from. */
    static byte[] spectest() {
        List<List<ValueType>> prints = List.of(List.of(), List.of(ValueType.I32),
                List.of(ValueType.I64), List.of(ValueType.F32), List.of(ValueType.F64),
                List.of(ValueType.I32, ValueType.F32), List.of(ValueType.F64, ValueType.F64));
        List<String> names = List.of("print", "print_i32", "print_i64", "print_f32", "print_f64",
                "print_i32_f32", "print_f64_f64");
        var types = new ArrayList<byte[]>();
        var functions = new ArrayList<byte[]>();
        var bodies = new ArrayList<byte[]>();
        var exports = new ArrayList<byte[]>();
        for (int i = 0; i < names.size(); i++) {
            types.add(type(prints.get(i), List.of()));
            functions.add(bytes(i));
            bodies.add(body());
            exports.add(export(names.get(i), 0, i));
        }
        exports.add(export("table", 1, 0));
        exports.add(export("memory", 2, 0));
        List<String> globals = List.of("global_i32", "global_i64", "global_f32", "global_f64");
        for (int i = 0; i < globals.size(); i++) {
            exports.add(export(globals.get(i), 3, i));
        }
        byte[] f32 = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(666.6f).array();
        byte[] f64 = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(666.6).array();
        return new ModuleWriter().section(1, types).section(3, functions)
                .section(4, List.of(bytes(0x70, 1, 10, 20)))
                .section(5, List.of(bytes(1, 1, 2)))
                .section(6, List.of(bytes(0x7f, 0, 0x41, 0x9a, 5, 0x0b),
                        bytes(0x7e, 0, 0x42, 0x9a, 5, 0x0b),
                        join(bytes(0x7d, 0, 0x43), f32, bytes(0x0b)),
                        join(bytes(0x7c, 0, 0x44), f64, bytes(0x0b))))
                .section(7, exports).section(10, bodies).bytes();
    }
}
