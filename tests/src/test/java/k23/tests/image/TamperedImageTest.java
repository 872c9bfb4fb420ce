package k23.tests.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import k23.image.BootImage;
import k23.image.ImageException;
import k23.image.container.Container;
import k23.image.loader.LinuxHeader;
import k23.loader.container.ContainerProblem;
import k23.loader.container.SignedContainer;
import k23.loader.container.Verification;
import k23.loader.container.VerifyingKeys;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;
import k23.tests.support.Command;
import k23.tests.support.Repository;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A booting machine refuses whatever was not signed, by name, and never enters the payload. The
 * loader's verifier and the image builder's, which share no code, agree about every flipped bit.
 */
class TamperedImageTest {
    private static final String ALIVE = "hello from Java";
    private static final int LOADER_STOPPED = 1;
    /** A prime, so that the bits spread over all positions in a byte. */
    private static final int BIT_STRIDE = 1009;

    @TempDir static Path folder;
    private static byte[] good;
    private static BootImage image;
    private static Container container;

    @BeforeAll
    static void make() throws IOException {
        keygen("key");
        keygen("stranger");
        good = Files.readAllBytes(image("good", "key", 5));
        image = BootImage.parse("good", good);
        container = image.container();
    }

    private static void keygen(String name) {
        k23("keygen", folder.resolve(name).toString());
    }

    private static Path image(String name, String key, int rollback, String... trusted)
            throws IOException {
        Path manifest = Files.writeString(folder.resolve(name + ".yaml"), """
                version: 1
                payload: %s
                key: %s.pem
                trust: [%s]
                rollback: %d
                """.formatted(
                        Repository.ROOT.resolve("examples/payloads/Hello.java"), key,
                        String.join(", ", trusted), rollback));
        Path image = folder.resolve(name + ".img");
        k23("image", "--manifest", manifest.toString(), "-o", image.toString());
        return image;
    }

    private static void k23(String... arguments) {
        Command.Result result = Command.k23(arguments).run();
        assertEquals(0, result.status(), result::toString);
    }

    private static Command.Result boot(byte[] image) throws IOException {
        Path file = Files.write(Files.createTempFile(folder, "boot", ".img"), image);
        return Command.of(
                "qemu-system-riscv64", "-machine", "virt", "-m", "128M", "-display", "none",
                "-monitor", "none", "-serial", "stdio", "-no-reboot", "-kernel", file.toString())
                .limit(Duration.ofMinutes(1)).run();
    }

    private static void assertRefused(String why, byte[] image) throws IOException {
        Command.Result result = boot(image);
        assertEquals(LOADER_STOPPED, result.status(), result::toString);
        assertTrue(result.text().contains("[k23 error] loader: payload refused: " + why),
                result::toString);
        assertFalse(result.text().contains(ALIVE), result::toString);
    }

    /** An image with another image's container; both have the same size. */
    private static byte[] withContainerOf(byte[] image, Path other) throws IOException {
        byte[] theirs = Files.readAllBytes(other);
        assertEquals(image.length, theirs.length);
        byte[] mixed = image.clone();
        for (int i = 0; i < container.containerBytes(); i++) {
            int at = TamperedImageTest.image.containerAt(i);
            mixed[at] = theirs[at];
        }
        return mixed;
    }

    @Test
    void bootsAsItWasSigned() throws IOException {
        Command.Result result = boot(good);
        assertEquals(0, result.status(), result::toString);
        assertTrue(result.text().contains(ALIVE), result::toString);
    }

    /** Offsets from the container's start: one section, so the signature is at 224. */
    @ParameterizedTest
    @CsvSource({
        "0, no signed payload",
        "8, unknown container version or flags",
        "16, signature is wrong",
        "24, signed by a key that this loader does not know",
        "60, unknown container version or flags",
        "160, signature is wrong",
        "224, signature is wrong",
        "287, signature is wrong",
        "300, section digest is wrong",
    })
    void refusesAFlippedBit(int at, String why) throws IOException {
        byte[] bad = good.clone();
        bad[image.containerAt(at)] ^= 1;
        assertRefused(why, bad);
    }

    @Test
    void refusesATruncatedPayload() throws IOException {
        byte[] bad = good.clone();
        int end = (int) container.containerBytes();
        for (int i = end - 100; i < end; i++) {
            bad[image.containerAt(i)] = 0;
        }
        assertRefused("section digest is wrong", bad);
    }

    @Test
    void refusesAStrangersImage() throws IOException {
        assertRefused("signed by a key that this loader does not know",
                withContainerOf(good, image("strange", "stranger", 5)));
    }

    @Test
    void bootsWhatASecondTrustedKeySigned() throws IOException {
        byte[] trusting = Files.readAllBytes(image("trusting", "key", 5, "stranger.pub.pem"));
        Command.Result result =
                boot(withContainerOf(trusting, image("rotated", "stranger", 5)));
        assertEquals(0, result.status(), result::toString);
        assertTrue(result.text().contains(ALIVE), result::toString);
    }

    @Test
    void refusesAnOlderImage() throws IOException {
        assertRefused("older than this loader accepts",
                withContainerOf(good, image("older", "key", 4)));
    }

    @Test
    void refusesAnUnsignedImage() throws IOException {
        byte[] bad = good.clone();
        for (int i = 0; i < 64; i++) {
            bad[image.containerAt(container.headerBytes() + i)] = 0;
        }
        assertRefused("signature is wrong", bad);
    }

    /** The loader's verifier on the JVM, and the image builder's, on the same bytes. */
    @Test
    void bothVerifiersRefuseTheSameBits() throws IOException {
        byte[] bytes = container.bytes();
        var key = BootImage.parse("good", good).image().keys();
        int bits = 0;
        assertEquals(ContainerProblem.NONE, loaderSays(bytes));
        container.verify(key.keys().getFirst());
        for (long bit = 0; bit < bytes.length * 8L; bit += bit < 288 * 8 ? 7 : BIT_STRIDE) {
            byte[] bad = bytes.clone();
            bad[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
            long at = bit;
            assertNotEquals(ContainerProblem.NONE, loaderSays(bad), () -> "bit " + at);
            assertThrows(ImageException.class,
                    () -> Container.parse("bad", bad).verify(key.keys().getFirst()),
                    () -> "bit " + at);
            bits++;
        }
        assertTrue(bits >= 300, "bits flipped: " + bits);
    }

    private static ContainerProblem loaderSays(byte[] bytes) {
        Machine machine = Machine.reset();
        Span memory = machine.allocate(bytes);
        byte[] loader = BootImage.parse("good", good).image().loader();
        int keysAt = LinuxHeader.of(loader).keysAt();
        Span keys = machine.allocate(Arrays.copyOfRange(loader, keysAt, keysAt + 272));
        Verification verification = new Verification();
        verification.begin(new SignedContainer(memory), new VerifyingKeys(keys));
        return verification.finish();
    }
}
