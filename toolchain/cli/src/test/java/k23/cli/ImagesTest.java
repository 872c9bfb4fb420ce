package k23.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import k23.image.BootImage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images made, signed in every way, checked, and run. */
final class ImagesTest {
    private static final Path HELLO = Path.of("../../examples/payloads/Hello.java");

    @TempDir static Path shared;
    private static Path key;
    private static Path direct;
    private static Path unsigned;
    private Path work;

    @BeforeAll
    static void make() {
        key = shared.resolve("k.pem");
        direct = shared.resolve("direct.img");
        unsigned = shared.resolve("unsigned.img");
        good("keygen", shared.resolve("k"));
        good("keygen", shared.resolve("other"));
        good("image", "--key", key, "-o", direct, HELLO);
        good("image", "--unsigned", "--key", shared.resolve("k.pub.pem"), "-o", unsigned, HELLO);
    }

    @BeforeEach
    void copy() throws IOException {
        work = shared.resolve("work.img");
        Files.deleteIfExists(work);
        Files.copy(unsigned, work);
    }

    private static Cli.Outcome good(Object... words) {
        var outcome = Cli.k23(words);
        assertEquals(0, outcome.status(), outcome::errors);
        return outcome;
    }

    private static void bad(String code, Object... words) {
        var outcome = Cli.k23(words);
        assertEquals(ExitStatus.DATA, outcome.status(), outcome::errors);
        assertTrue(outcome.errors().startsWith(code + ": "), outcome::errors);
    }

    private void assertIsDirect(Path file) throws IOException {
        assertArrayEquals(Files.readAllBytes(direct), Files.readAllBytes(file));
    }

    @Test
    void isTheSameEveryTime() throws IOException {
        good("image", "--key", key, "-o", work, HELLO);
        assertIsDirect(work);
    }

    @Test
    void signingLaterIsSigningAtOnce() throws IOException {
        good("sign", "--key", key, work);
        assertIsDirect(work);
        good("sign", "--key", key, "-o", shared.resolve("elsewhere.img"), unsigned);
        assertIsDirect(shared.resolve("elsewhere.img"));
    }

    @Test
    void aDetachedSignatureCanBeAttached() throws IOException {
        var signature = shared.resolve("signature");
        good("sign", "--key", key, "--detached", signature, unsigned);
        assertEquals(64, Files.size(signature));
        good("sign", "--attach", signature, work);
        assertIsDirect(work);
        Files.write(signature, new byte[64]);
        bad("K23-4103", "sign", "--attach", signature, work);
        assertIsDirect(work);
    }

    @Test
    void verifiesByTheRightKeyAlone() throws IOException {
        good("verify", direct);
        good("verify", "--key", shared.resolve("k.pub.pem"), direct);
        bad("K23-4105", "verify", "--key", shared.resolve("other.pub.pem"), direct);
        bad("K23-4106", "verify", unsigned);
        bad("K23-4105", "sign", "--key", shared.resolve("other.pem"), work);
        bad("K23-4302", "sign", "--key", shared.resolve("k.pub.pem"), work);
    }

    @Test
    void damageIsFound() throws IOException {
        byte[] bytes = Files.readAllBytes(direct);
        var image = BootImage.parse("direct", bytes);
        for (int at : new int[] {0, 8, 16, 24, 40, 120, 150, 160, 223, 224, 287, 300}) {
            byte[] damaged = bytes.clone();
            damaged[image.containerAt(at)] ^= 1;
            Files.write(work, damaged);
            assertEquals(ExitStatus.DATA, Cli.k23("verify", work).status(), "byte " + at);
        }
    }

    @Test
    void inspectShowsWhatIsIn() {
        var text = good("inspect", direct).output();
        assertTrue(text.contains("GPT disk") && text.contains("payload"), text);
        assertTrue(good("inspect", unsigned).output().contains("not yet, for key"));
    }

    @Test
    void runsWhatIsSignedAndNothingElse() {
        var hello = good("run", "--timeout", "60", direct);
        assertTrue(hello.errors().contains("hello from Java on hart 0"), hello::errors);
        assertTrue(!hello.errors().contains("OpenSBI"), hello::errors);
        var refused = Cli.k23("run", "--timeout", "60", unsigned);
        assertTrue(refused.status() != 0, refused::errors);
        assertTrue(!refused.errors().contains("hello from Java"), refused::errors);
    }

    @Test
    void runsOneSourceFile() {
        var outcome = good("run", "--timeout", "60", "--key", key, "--verbose", HELLO);
        assertTrue(outcome.errors().contains("OpenSBI v"), outcome::errors);
        assertTrue(outcome.errors().contains("hello from Java on hart 0"), outcome::errors);
    }

    @Test
    void theTimeLimitStopsTheMachine() throws IOException {
        var forever = shared.resolve("Forever.java");
        Files.writeString(forever, """
                final class Forever {
                    @k23.sdk.Entry
                    static void main(int hart, k23.sdk.boot.BootInfo boot) {
                        k23.sdk.Log.info("for ever");
                        while (true) {}
                    }
                }
                """);
        var outcome = Cli.k23("run", "--timeout", "3", "--key", key, forever);
        assertEquals(ExitStatus.TIMEOUT, outcome.status(), outcome::errors);
        assertTrue(outcome.errors().contains("for ever"), outcome::errors);
        assertTrue(outcome.errors().contains("K23-5004: "), outcome::errors);
    }
}
