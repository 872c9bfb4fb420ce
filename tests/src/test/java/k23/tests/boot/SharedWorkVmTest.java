package k23.tests.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import k23.image.BootImage;
import k23.image.container.Bundle;
import k23.image.container.Section;
import k23.tests.support.Command;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An image of many chunks and blocks boots whatever harts share the work, and not once a single bit
 * of it is another, whichever of the harts digests that chunk.
 */
class SharedWorkVmTest {
    private static final int FILE_BYTES = 900_000;
    private static final int REFUSED = 1;

    @TempDir static Path folder;
    private static BootImage image;

    @BeforeAll
    static void sign() {
        byte[] file = new byte[FILE_BYTES];
        Random random = new Random(1);
        for (int i = 0; i < file.length; i++) {
            file[i] = (byte) ("etaoin".charAt(random.nextInt(6)));
        }
        image = BootImages.of(new Bundle(List.of(
                new Bundle.Entry(Bundle.Kind.FILE, "/file", file)))).bare().sign(BootImages.KEY);
        int chunks = image.container().sections().stream()
                .map(Section::digests).mapToInt(digests -> digests.length / 64).sum();
        assertTrue(chunks > 8, "chunks: " + chunks);
    }

    @ParameterizedTest
    @CsvSource({"1, default", "2, default", "3, default", "4, default", "8, default", "1, none",
        "2, none", "4, none", "8, none"})
    void bootsOnAnyNumberOfHarts(int harts, String firmware) throws IOException {
        Command.Result result = boot(image.bytes(), harts, firmware);
        assertEquals(0, result.status(), result::toString);
        assertTrue(result.text().contains("bundle " + (FILE_BYTES + 24) + " bytes"),
                result::toString);
    }

    /** Bits all over the sections: each belongs to another chunk. */
    @ParameterizedTest
    @CsvSource({"2, 1", "2, 5", "4, 1", "4, 2", "4, 3", "4, 4", "4, 5", "4, 6", "4, 7", "8, 7"})
    void refusesAFlippedBit(int harts, int eighth) throws IOException {
        byte[] bytes = image.bytes();
        int at = (int) (image.container().containerBytes() * eighth / 8);
        bytes[image.containerAt(at)] ^= (byte) (1 << eighth);
        Command.Result result = boot(bytes, harts, "default");
        assertEquals(REFUSED, result.status(), result::toString);
        assertTrue(result.text().contains("payload refused: section digest is wrong"),
                result::toString);
        assertFalse(result.text().contains(BootImages.MARK), result::toString);
    }

    private static Command.Result boot(byte[] bytes, int harts, String firmware)
            throws IOException {
        Path file = Files.write(folder.resolve("k23.img"), bytes);
        return Command.of("qemu-system-riscv64", "-machine", "virt", "-bios", firmware, "-smp",
                Integer.toString(harts), "-m", "128M", "-display", "none", "-monitor", "none",
                "-serial", "stdio", "-no-reboot", "-kernel", file.toString()).run();
    }
}
