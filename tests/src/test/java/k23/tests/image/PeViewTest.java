package k23.tests.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import k23.tests.support.Command;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image as other readers of PE files see it, and as {@code k23 inspect} tells it. */
class PeViewTest {
    private static final Path LOADER_ON_DISK = Path.of("EFI/BOOT/BOOTRISCV64.EFI");
    /** Debian 12's binutils know PE files, but not of RISC-V: they are shown one for x86-64. */
    private static final short X86_64 = (short) 0x8664;

    @TempDir
    private static Path folder;
    private static byte[] file;
    private static String inspected;
    private static String dump;

    @BeforeAll
    static void make() throws IOException {
        Path disk = folder.resolve("k23.img");
        run(Command.k23("image", "-o", disk.toString(), "examples/payloads/Hello.java"));
        inspected = run(Command.k23("inspect", disk.toString()));
        Path image = folder.resolve("image.efi");
        run(Command.of("mcopy", "-i", disk + "@@" + 34 * 512, "::/" + LOADER_ON_DISK,
                image.toString()));
        file = Files.readAllBytes(image);
        byte[] copy = file.clone();
        ByteBuffer header = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0x5064, header.getShort(header.getInt(60) + 4), "machine: RISC-V 64");
        header.putShort(header.getInt(60) + 4, X86_64);
        dump = run(Command.of("objdump", "-p", "-h",
                Files.write(folder.resolve("x86-64.efi"), copy).toString()));
    }

    private static String run(Command command) {
        Command.Result result = command.run();
        assertEquals(0, result.status(), result::toString);
        return result.text();
    }

    private static List<String> all(String regex, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile("(?m)" + regex).matcher(text);
        while (matcher.find()) {
            StringBuilder groups = new StringBuilder();
            for (int i = 1; i <= matcher.groupCount(); i++) {
                groups.append(i == 1 ? "" : " ").append(matcher.group(i).replaceFirst("^0+", ""));
            }
            found.add(groups.toString());
        }
        return found;
    }

    private static long number(String field) {
        return Long.parseLong(all("^" + field + "\\s+([0-9a-f]+)", dump).getFirst(), 16);
    }

    @Test
    void isAnApplicationForUefi() {
        assertEquals(0x20b, number("Magic"));
        assertEquals(10, number("Subsystem"));
        assertEquals(4096, number("SectionAlignment"));
        assertEquals(512, number("FileAlignment"));
        assertEquals(4096, number("SizeOfHeaders"));
        assertEquals(0, file.length % 512);
        assertTrue(number("SizeOfImage") > file.length, dump);
    }

    @Test
    void isToldByInspect() {
        assertEquals(List.of(Long.toHexString(number("AddressOfEntryPoint")) + " "
                        + number("SizeOfImage")),
                all("^UEFI +PE32\\+ application, entry 0x([0-9a-f]+), (\\d+) bytes", inspected));
        List<String> sections =
                all("^ +\\d+ (\\.[a-z]+) +[0-9a-f]+ +([0-9a-f]+) ", dump);
        assertEquals(sections, all("^ +section +(\\.[a-z]+) +0x([0-9a-f]+) ", inspected));
        assertEquals(List.of(".text", ".rodata", ".data"),
                sections.stream().map(s -> s.split(" ")[0]).toList());
    }

    /** Byte for byte the same in file and memory, so that it is a Linux image as well. */
    @Test
    void liesInTheFileAsInMemory() {
        List<String> places = all(
                "^ +\\d+ \\.[a-z]+ +([0-9a-f]+) +([0-9a-f]+) +[0-9a-f]+ +([0-9a-f]+) ", dump);
        long behind = 4096;
        for (String place : places) {
            String[] words = place.split(" ");
            long start = Long.parseLong(words[1], 16);
            assertEquals(behind, start);
            assertEquals(words[1], words[2]);
            behind = start + Long.parseLong(words[0], 16);
        }
        assertEquals(file.length, behind, "the file ends with the last section's bytes");
    }

    @Test
    void noSectionIsWritableAndExecutable() {
        assertEquals(List.of("r-x", "r--", "rw-"),
                all("^ +section .*, (r[w-][x-])$", inspected));
        assertTrue(Pattern.compile("\\.text +[^\\n]*\\n[^\\n]*READONLY, CODE").matcher(dump).find(),
                dump);
    }
}
