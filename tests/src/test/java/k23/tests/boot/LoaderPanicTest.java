package k23.tests.boot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import k23.cli.build.SystemFiles;
import k23.codegen.link.ElfFile;
import k23.codegen.link.ElfFormatException;
import k23.image.container.Bundle;
import k23.tests.support.Command;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fault of the loader's own: it names every call that led there. */
class LoaderPanicTest {
    @TempDir
    private Path folder;

    /** At the first instruction of what reads the device tree, and of what reads the payload. */
    @ParameterizedTest
    @CsvSource({
        "IsaNames.of, Loader.boot", "elf.ElfFile.imageBytes, Loader.checkedPayload",
    })
    void namesEveryCall(String method, String caller)
            throws IOException, ElfFormatException {
        long function = ElfFile.parse(SystemFiles.LOADER.bytes()).symbols().stream()
                .filter(s -> s.name().startsWith("k23.loader." + method + "("))
                .findFirst().orElseThrow().address();
        byte[] image = BootImages.of(new Bundle(List.of())).bare().sign(BootImages.KEY).bytes();
        image[(int) function] = 0;
        image[(int) function + 1] = 0; // an illegal instruction
        Path kernel = Files.write(folder.resolve("image"), image);
        Command.Result result = Command.of("qemu-system-riscv64", "-machine", "virt", "-m", "128M",
                "-display", "none", "-monitor", "none", "-serial", "stdio", "-no-reboot",
                "-kernel", kernel.toString()).limit(Duration.ofMinutes(1)).run();
        String text = result.text().replace("\r", "");
        int panic = text.indexOf("[k23 error] loader: panic: trap 0x2 at 0x");
        assertTrue(panic >= 0, text);
        String simple = method.substring(method.startsWith("elf.") ? 4 : 0);
        assertTrue(text.substring(panic).matches("(?s).*?\n"
                + "  at " + simple + "(\\+0x0|\\([A-Za-z.]+:\\d+\\))\n"
                + "(  at .*\n)*?  at " + caller + "\\(Loader.java:\\d+\\)\n"
                + "(  at .*\n)*?  at Loader.main\\(Loader.java:\\d+\\)\n"
                + "  at BootTemplates.start\\(BootTemplates.java:\\d+\\)\n.*"), text);
    }
}
