package k23.tests.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import k23.codegen.wasm.SpecSuite;
import k23.sdk.sim.Machine;
import k23.sdk.trace.CodeTables;
import k23.tests.bare.BarePayload;
import k23.tests.bare.Outcome;
import k23.tests.support.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The modules of the official suite, valid or not, go through parser and validator on the JVM and
 * on a (virtual) RISC-V machine: the same error at the same byte, or none.
 */
class FrontEndTest {
    private static final Pattern MODULE = Pattern.compile("\"mod\":\\[(\\d+),(\\d+)\\]");
    private static final int SHOWN = 20;
    private static final Path CLASSES = Repository.ROOT.resolve("runtime-src/target/classes");

    private record Subject(String name, int profile, byte[] bytes) {}

    @Test
    void saysOnTheMachineWhatItSaysOnTheJvm(@TempDir Path folder) throws IOException {
        List<Subject> modules = modules();
        assertTrue(modules.size() > 9_000, () -> modules.size() + " modules");
        byte[] elf = BarePayload.compile(FrontEndPayload.START, true, CLASSES);
        Path memory = folder.resolve("modules");
        Files.write(memory, memory(modules));
        List<String> machine = Outcome.lines(BarePayload.run(elf, "-device",
                "loader,force-raw=on,addr=" + FrontEndPayload.MODULES + ",file=" + memory));
        CodeTables code = CodeTables.ofElf(Machine.reset().allocate(elf));
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.min(modules.size(), machine.size()); i++) {
            Subject module = modules.get(i);
            String jvm = Outcome.returned(FrontEndPayload.check(module.profile, module.bytes));
            String got = Outcome.reported(code, machine.get(i));
            if (!jvm.equals(got)) {
                differences.add(module.name + ": JVM " + jvm + ", machine " + got);
            }
        }
        assertEquals(List.of(), differences.stream().limit(SHOWN).toList());
        assertEquals(modules.size(), machine.size());
    }

    private static byte[] memory(List<Subject> modules) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(word(modules.size()));
        for (Subject module : modules) {
            out.writeBytes(word(module.profile));
            out.writeBytes(word(module.bytes.length));
            out.writeBytes(module.bytes);
            out.writeBytes(new byte[-module.bytes.length & 3]);
        }
        return out.toByteArray();
    }

    private static byte[] word(int value) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value)
                .array();
    }

    private static List<Subject> modules() throws IOException {
        List<Subject> modules = new ArrayList<>();
        try (ZipFile zip = new ZipFile(SpecSuite.archive().toFile())) {
            List<String> files = zip.stream().map(e -> e.getName())
                    .filter(n -> n.matches("bundle/core-[23]\\.0/.*\\.json"))
                    .filter(n -> !n.contains("simd")).sorted().toList();
            for (String file : files) {
                byte[] all = read(zip, file.replace(".json", ".mods"));
                int profile = file.startsWith("bundle/core-3.0") ? 3 : 2;
                Matcher range = MODULE.matcher(new String(read(zip, file), StandardCharsets.UTF_8));
                while (range.find()) {
                    int start = Integer.parseInt(range.group(1));
                    int end = start + Integer.parseInt(range.group(2));
                    modules.add(new Subject(file + "[" + start + "]", profile,
                            Arrays.copyOfRange(all, start, end)));
                }
            }
        }
        return modules;
    }

    private static byte[] read(ZipFile zip, String name) throws IOException {
        try (var in = zip.getInputStream(zip.getEntry(name))) {
            return in.readAllBytes();
        }
    }
}
