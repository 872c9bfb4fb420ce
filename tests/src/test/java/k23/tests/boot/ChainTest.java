package k23.tests.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import k23.cli.build.JavaPayload;
import k23.image.BootImage;
import k23.image.container.Bundle;
import k23.image.container.Compression;
import k23.tests.support.Command;
import k23.tests.support.Conversation;
import k23.tests.support.Repository;
import k23.tests.support.WasmClang;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One disk, every firmware: the program runs, and its end is the machine's. */
class ChainTest {
    private static final String NO_REBOOT = "-no-reboot";
    private static final Bundle EMPTY = new Bundle(List.of());

    @TempDir
    private static Path folder;
    private static Path program;

    @BeforeAll
    static void make() {
        program = folder.resolve("program.img");
        Command.Result result = Command.k23("image", "-o", program.toString(),
                WasmClang.compile("tests/src/test/c/status.c").toString()).run();
        assertEquals(0, result.status(), result::toString);
    }

    private static Path disk(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static Path payload(String name) throws IOException {
        byte[] elf = JavaPayload.ofSource(
                Repository.ROOT.resolve("tests/src/test/payloads/" + name + ".java"));
        return disk(name, BootImages.of(elf, EMPTY, Compression.LZ4, 5, 5).disk()
                .sign(BootImages.KEY).bytes());
    }

    @ParameterizedTest
    @EnumSource
    void endsWithTheProgramsStatus(Chain chain) {
        try (Conversation machine = chain.start(program, 2, "", NO_REBOOT)) {
            assertEquals(42, machine.end(), machine.text());
            assertTrue(machine.text().contains("hello from the disk"), machine.text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void resets(Chain chain) throws IOException {
        try (Conversation machine = chain.start(payload("Reset"), 1, "")) {
            machine.await(BootImages.MARK + "resets", 1).await(chain.firstWords(), 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void startsEveryHart(Chain chain) throws IOException {
        try (Conversation machine = chain.start(payload("EveryHart"), 4, "", NO_REBOOT)) {
            assertEquals(0, machine.end(), machine.text());
            assertTrue(machine.text().contains("loader: hart"), machine.text());
        }
    }

    /** What the firmware keeps for itself is memory, but not free. */
    @ParameterizedTest
    @EnumSource(names = {"U_BOOT_UEFI", "EDK2"})
    void believesTheFirmwaresMap(Chain chain) throws IOException {
        Path disk = disk("memory", BootImages.of(EMPTY).disk().sign(BootImages.KEY).bytes());
        try (Conversation machine = chain.start(disk, 1, "", NO_REBOOT)) {
            assertEquals(0, machine.end(), machine.text());
            Matcher memory = Pattern.compile("payload: (\\d+) MiB, usable (\\d+) MiB")
                    .matcher(machine.text());
            assertTrue(memory.find(), machine.text());
            int total = Integer.parseInt(memory.group(1));
            int usable = Integer.parseInt(memory.group(2));
            assertTrue(total >= 250 && total <= 256 && usable > 200 && usable < total,
                    memory.group());
        }
    }

    @Test
    void takesLoadOptionsAsBootArguments() throws IOException {
        Path disk = disk("options", BootImages.of(EMPTY).disk().sign(BootImages.KEY).bytes());
        try (Conversation machine = Chain.U_BOOT_UEFI.start(disk, 1, "setenv bootargs a=b c;",
                NO_REBOOT)) {
            assertEquals(0, machine.end(), machine.text());
            assertTrue(machine.text().contains("arguments 5, clock"), machine.text());
        }
    }

    @Test
    void asksTheFirmwaresGenerator() throws IOException {
        Path disk = disk("seed", BootImages.of(EMPTY).disk().sign(BootImages.KEY).bytes());
        try (Conversation machine = Chain.U_BOOT_UEFI.start(disk, 1, "", NO_REBOOT,
                "-device", "virtio-rng-device")) {
            assertEquals(0, machine.end(), machine.text());
            assertTrue(machine.text().contains(BootImages.MARK), machine.text());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "U_BOOT_UEFI", "EDK2"})
    void refusesAFlippedBit(Chain chain) throws IOException {
        BootImage image = BootImages.of(EMPTY).disk().sign(BootImages.KEY);
        byte[] bytes = image.bytes();
        bytes[image.containerAt(image.container().headerBytes() + 1000)] ^= 4;
        Path disk = disk("flipped", bytes);
        try (Conversation machine = chain.start(disk, 1, "", NO_REBOOT)) {
            assertEquals(1, machine.end(), machine.text());
            assertTrue(machine.text().contains("[k23 error] loader: payload refused: "),
                    machine.text());
            assertFalse(machine.text().contains(BootImages.MARK), machine.text());
        }
    }

    @Test
    void saysThatThereIsNoDeviceTree() {
        try (Conversation machine = Chain.EDK2.start(program, 1, "", NO_REBOOT,
                "-machine", "acpi=on")) {
            assertEquals(0, machine.end(), machine.text());
            assertTrue(machine.text().contains("[k23 error] loader: UEFI: it has no device tree"),
                    machine.text());
        }
    }
}
