package k23.codegen.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import k23.codegen.link.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Device accesses are never elided, merged or widened (I1), as objdump sees it. */
class DeviceAccessTest {
    @TempDir
    private Path folder;

    @Test
    void everyAccessIsMade() throws Exception {
        Sources.compile(folder, "Main.java", """
                import k23.sdk.word.*;
                class Main {
                    static long run(long base) {
                        Mmio device = new Mmio(base);
                        device.read32(4);
                        device.write32(8, 1);
                        device.write32(8, 1);
                        return device.read32(4) + device.read32(4);
                    }
                }
                """);
        CompileResult result = Compiler.compile(CompileRequest.builder(List.of(folder))
                .entrySymbol("Main.run").layout(Layout.exec(0x10000)).build());
        Path elf = folder.resolve("main.elf");
        Files.write(elf, assertInstanceOf(CompileResult.Compiled.class, result).image().elf());
        Process process = new ProcessBuilder("riscv64-linux-gnu-objdump", "-d",
                "--disassemble=Main.run", elf.toString()).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes());
        assertEquals(3, count(text, "<k23.mmio.read.4>"), text);
        assertEquals(2, count(text, "<k23.mmio.write.4>"), text);
    }

    private static long count(String text, String wanted) {
        return text.lines().filter(line -> line.contains("jalr") && line.contains(wanted)
                || line.contains("jal\t") && line.contains(wanted)).count();
    }
}
