package k23.codegen.cranelift;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bindings against the header, and this side's numbers against the library's sources. */
class HeaderTest {
    private static final Path NATIVE = Path.of("..", "native");
    private static final Pattern PROTOTYPE =
            Pattern.compile("^([a-z0-9_ ]+?[ *]+)(k23_\\w+)\\(([^)]*)\\);", Pattern.MULTILINE);
    private static final Pattern CONSTANT =
            Pattern.compile("^#define K23_(\\w+) (\\d+)", Pattern.MULTILINE);

    private static String header() throws IOException {
        return Files.readString(NATIVE.resolve("include/k23_cranelift.h"))
                .replaceAll("(?s)/\\*.*?\\*/", "");
    }

    @Test
    void descriptorsAreThoseOfTheHeader() throws Exception {
        Map<String, String> declared = new TreeMap<>();
        PROTOTYPE.matcher(header()).results().forEach(m -> {
            String parameters = m.group(3).strip();
            List<String> types = parameters.equals("void") ? List.of()
                    : Arrays.stream(parameters.split(",")).map(HeaderTest::carrier).toList();
            declared.put(m.group(2), carrier(m.group(1) + "result") + types);
        });
        Map<String, String> bound = new TreeMap<>();
        for (Field field : NativeLibrary.class.getDeclaredFields()) {
            if (field.getName().endsWith("_DESC")) {
                var d = (FunctionDescriptor) field.get(null);
                String name = field.getName().replaceAll("_DESC$", "").toLowerCase(Locale.ROOT);
                bound.put(name, d.returnLayout().map(HeaderTest::carrier).orElse("void")
                        + d.argumentLayouts().stream().map(HeaderTest::carrier).toList());
            }
        }
        assertEquals(declared, bound);
    }

    @Test
    void constantsAreThoseOfTheHeader() throws Exception {
        Map<String, Integer> declared = new TreeMap<>();
        CONSTANT.matcher(header()).results()
                .forEach(m -> declared.put(m.group(1), Integer.valueOf(m.group(2))));
        Map<String, Integer> bound = new TreeMap<>();
        for (Field field : NativeLibrary.class.getDeclaredFields()) {
            if (field.getType() == int.class) {
                bound.put(field.getName(), field.getInt(null));
            }
        }
        assertEquals(declared, bound);
    }

    @Test
    void workersLayoutIsThatOfTheHeader() throws IOException {
        String struct = header().replaceAll("(?s).*typedef struct k23_worker \\{(.*?)\\}.*", "$1");
        List<String> declared = Arrays.stream(struct.split(";")).map(String::strip)
                .filter(s -> !s.isEmpty())
                .map(s -> s.replaceAll(".*\\W(\\w+)$", "$1") + " " + carrier(s)).toList();
        List<String> bound = NativeLibrary.WORKER.memberLayouts().stream()
                .filter(m -> m.name().isPresent())
                .map(m -> m.name().get() + " " + carrier(m)).toList();
        assertEquals(declared, bound);
    }

    @Test
    void opcodesAreThoseOfTheLibrary() throws IOException {
        String rust = Files.readString(NATIVE.resolve("src/opcodes.rs"));
        String names = rust.substring(rust.indexOf("OPCODE_COUNT] = ["), rust.indexOf("];"));
        List<String> known = Pattern.compile("\"(\\w+)\"").matcher(names).results()
                .map(m -> m.group(1)).toList();
        assertEquals(Stream.of(Opcode.values()).map(Opcode::clifName).toList(), known);
        for (Opcode opcode : Opcode.values()) {
            assertEquals(opcode.ordinal() + 1, opcode.number(), opcode.name());
        }
        assertEquals(List.of(), Cranelift.load().lacking());
    }

    /** A C declaration's carrier: pointers are addresses, whatever they point to. */
    private static String carrier(String declaration) {
        if (declaration.contains("*")) {
            return "address";
        }
        return switch (declaration.strip().replaceAll("\\s+\\w+$", "")) {
            case "uint32_t", "int32_t" -> "32";
            case "uint64_t" -> "64";
            case "void" -> "void";
            default -> throw new IllegalArgumentException(declaration);
        };
    }

    private static String carrier(MemoryLayout layout) {
        return layout.withoutName().equals(ValueLayout.ADDRESS) ? "address"
                : Long.toString(layout.byteSize() * 8);
    }
}
