package k23.tests.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import k23.image.BootImage;
import k23.image.ImageBuilder;
import k23.image.container.Bundle;
import k23.image.container.Compression;
import k23.image.container.Container;
import k23.image.loader.LinuxHeader;
import k23.image.sign.SigningKey;
import k23.tests.support.Command;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Real boots in QEMU: what is good is entered, what is not is refused by name. */
class BootTest {
    private static final Path U_BOOT = Path.of("/usr/lib/u-boot/qemu-riscv64_smode/uboot.elf");
    private static final int REFUSED = 1;

    @TempDir
    private Path folder;

    private static Command qemu(String harts, String memory, String... more) {
        return Command.of("qemu-system-riscv64", "-machine", "virt", "-smp", harts, "-m", memory,
                "-display", "none", "-monitor", "none", "-serial", "stdio", "-no-reboot",
                "-nodefaults").with(more);
    }

    private Command.Result boot(byte[] image, String harts, String memory) throws IOException {
        Path file = Files.write(folder.resolve("k23.img"), image);
        return qemu(harts, memory, "-kernel", file.toString()).run();
    }

    private static void assertEntered(Command.Result result, String... lines) {
        assertTrue(result.text().contains(BootImages.MARK), result.toString());
        for (String line : lines) {
            assertTrue(result.text().contains(line), line + "\n" + result);
        }
        assertEquals(0, result.status(), result.toString());
    }

    private void assertRefused(byte[] image, String message) throws IOException {
        Command.Result result = boot(image, "1", "128M");
        assertFalse(result.text().contains(BootImages.MARK), result.toString());
        assertTrue(result.text().contains("[k23 error] loader: " + message), result.toString());
        assertEquals(REFUSED, result.status(), result.toString());
    }

    @ParameterizedTest
    @CsvSource({"1, 64M, 64", "1, 128M, 128", "4, 64M, 64", "4, 2G, 2048", "8, 256M, 256"})
    void entersThePayload(String harts, String memory, int mebibytes) throws IOException {
        Command.Result result = boot(BootImages.usual().bytes(), harts, memory);
        assertEntered(result, "payload: " + mebibytes + " MiB, usable ", "bundle 0 bytes",
                "arguments 0, clock 10000000");
        assertTrue(result.text().contains(" of " + harts), result.toString());
        assertTrue(result.text().contains("loader: payload verified"), result.toString());
    }

    /** The seed of the machine is in two places: where the payload lies, and what it is handed. */
    @Test
    void everyBootIsAnother() throws IOException {
        Set<String> seen = new HashSet<>();
        Pattern line = Pattern.compile("payload: at (0x[0-9a-f]+), seed (0x[0-9a-f]+)");
        for (int i = 0; i < 4; i++) {
            Command.Result result = boot(BootImages.usual().bytes(), "1", "128M");
            Matcher matcher = line.matcher(result.text());
            assertTrue(matcher.find(), result.toString());
            assertTrue(seen.add(matcher.group(2)), "the same seed twice");
            seen.add(matcher.group(1));
        }
        assertTrue(seen.size() > 5, "the payload is always in the same place: " + seen);
    }

    @Test
    void handsOverBundleAndArguments() throws IOException {
        Path file = Files.write(folder.resolve("k23.img"),
                BootImages.of(bundle(100_000)).bare().sign(BootImages.KEY).bytes());
        Command.Result result =
                qemu("1", "128M", "-kernel", file.toString(), "-append", "a=b").run();
        assertEntered(result, "bundle 100024 bytes, arguments 3");
    }

    private static Bundle bundle(int bytes) {
        return new Bundle(List.of(
                new Bundle.Entry(Bundle.Kind.FILE, "/file", new byte[bytes])));
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void payloadsBootHoweverTheyAreStored(Compression compression) throws IOException {
        assertEntered(boot(BootImages.of(BootImages.payload(), bundle(300_000), compression, 9, 5)
                .bare().sign(BootImages.KEY).bytes(), "1", "128M"), "bundle 300024 bytes");
    }

    /** The whole disk as {@code -kernel}, and the same file through U-Boot. */
    @Test
    void disksBootAsKernelToo() throws IOException {
        byte[] disk = BootImages.of(bundle(5000)).disk().sign(BootImages.KEY).bytes();
        assertEntered(boot(disk, "1", "128M"), "bundle 5024 bytes");
    }

    @Test
    void disksBootThroughUBoot() throws IOException {
        Assumptions.assumeTrue(Files.exists(U_BOOT),
                U_BOOT + " is missing: apt-get install u-boot-qemu");
        byte[] disk = BootImages.of(bundle(5000)).disk().sign(BootImages.KEY).bytes();
        Path file = Files.write(folder.resolve("disk.img"), disk);
        Command.Result result = qemu("2", "256M", "-kernel", U_BOOT.toString(),
                "-drive", "if=none,format=raw,id=disk,file=" + file,
                "-device", "virtio-blk-device,drive=disk").limit(Duration.ofMinutes(2)).run();
        assertEntered(result, "bundle 5024 bytes, arguments 7", "payload: 256 MiB");
    }

    @Test
    void refusesAFlippedBit() throws IOException {
        BootImage image = BootImages.usual();
        byte[] bytes = image.bytes();
        bytes[image.containerAt((int) image.container().containerBytes() / 2)] ^= 0x10;
        assertRefused(bytes, "payload refused: section digest is wrong");
    }

    @Test
    void refusesAWrongSignature() throws IOException {
        BootImage image = BootImages.usual();
        byte[] bytes = image.bytes();
        bytes[image.containerAt(image.container().headerBytes() + 3)] ^= 1;
        assertRefused(bytes, "payload refused: signature is wrong");
        assertRefused(BootImages.of(new Bundle(List.of())).bare().bytes(),
                "payload refused: signature is wrong");
    }

    @Test
    void refusesAChangedHeader() throws IOException {
        BootImage image = BootImages.usual();
        byte[] bytes = image.bytes();
        bytes[image.containerAt(16)] ^= 2;
        assertRefused(bytes, "payload refused: signature is wrong");
    }

    @Test
    void refusesTruncatedFiles() throws IOException {
        byte[] file = new byte[100_000];
        Arrays.fill(file, (byte) 23);
        var bundle = new Bundle(List.of(new Bundle.Entry(Bundle.Kind.FILE, "/file", file)));
        byte[] bytes = BootImages.of(BootImages.payload(), bundle, Compression.NONE, 5, 5)
                .bare().sign(BootImages.KEY).bytes();
        int container = (int) LinuxHeader.of(bytes).contentAt();
        assertRefused(Arrays.copyOf(bytes, container), "payload refused: no signed payload");
        assertRefused(Arrays.copyOf(bytes, container + 100), "payload refused: ");
        assertRefused(Arrays.copyOf(bytes, bytes.length - 700),
                "payload refused: section digest is wrong");
    }

    @Test
    void refusesAnUnknownKey() throws IOException {
        SigningKey stranger = SigningKey.ofSeed(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
            13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32});
        BootImage image = BootImages.usual();
        Container foreign = Container.unsigned(5, stranger.verifyingKey().id(),
                image.container().sections()).sign(stranger);
        assertRefused(withContainer(image, foreign.bytes()),
                "payload refused: signed by a key that this loader does not know");
    }

    private static byte[] withContainer(BootImage image, byte[] container) {
        byte[] bytes = image.bytes();
        for (int i = 0; i < container.length; i++) {
            bytes[image.containerAt(i)] = container[i];
        }
        return bytes;
    }

    @Test
    void refusesAnOlderImage() throws IOException {
        assertRefused(BootImages.of(BootImages.payload(), new Bundle(List.of()), Compression.LZ4,
                4, 5).bare().sign(BootImages.KEY).bytes(),
                "payload refused: older than this loader accepts");
    }

    @Test
    void refusesTooLittleMemory() throws IOException {
        ImageBuilder large = BootImages.of(bundle(140 << 20));
        assertRefused(large.bare().sign(BootImages.KEY).bytes(),
                "memory: the machine has too little for this image");
    }

    /** Signed by the right key, but no payload: changed, then signed again. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, not a little-endian ELF64 file",
        "18, 62, not for RISC-V",
        "16, 2, not position independent",
        "24, -1, entry point lies outside of the code",
    })
    void refusesBadPayloads(int at, int value, String message) throws IOException {
        byte[] elf = BootImages.payload();
        ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN).putShort(at, (short) value);
        assertRefused(BootImages.of(elf, new Bundle(List.of()), Compression.LZ4, 5, 5).bare()
                .sign(BootImages.KEY).bytes(), "payload: " + message);
    }
}
