package k23.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing by a key that never leaves its token: SoftHSM is the token. */
final class TokenTest {
    private static final Path HELLO = Path.of("../../examples/payloads/Hello.java");
    private static final Path MODULE = Path.of("/usr/lib/softhsm/libsofthsm2.so");

    @TempDir Path folder;

    @BeforeEach
    void makeToken() throws Exception {
        assertTrue(Files.exists(MODULE), "SoftHSM is missing: `make setup` installs it");
        Files.createDirectory(folder.resolve("tokens"));
        Files.writeString(folder.resolve("softhsm2.conf"),
                "directories.tokendir = " + folder.resolve("tokens") + "\n");
        Files.writeString(folder.resolve("pin"), "1234\n");
        run(List.of("softhsm2-util", "--init-token", "--free", "--label", "k23 test", "--pin",
                "1234", "--so-pin", "5678"), 0);
        for (int id = 1; id <= 2; id++) {
            run(List.of("pkcs11-tool", "--module", MODULE.toString(), "--login", "--pin", "1234",
                    "--token-label", "k23 test", "--keypairgen", "--key-type", "EC:edwards25519",
                    "--label", "key " + id, "--id", "0" + id), 0);
        }
    }

    private String run(List<String> words, int status) throws Exception {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
        var process = builder.start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(status, process.waitFor(), text);
        return text;
    }

    /** The command in a process of its own: the token's library reads the environment. */
    private String k23(int status, Object... words) throws Exception {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), Main.class.getName()));
        for (Object word : words) {
            line.add(word.toString());
        }
        return run(line, status);
    }

    private String uri(String key) {
        return "pkcs11:token=k23%20test;" + key + "?module-path=" + MODULE + "&pin-source=file:"
                + folder.resolve("pin");
    }

    @Test
    void aTokensKeySignsImagesAndTheirProvenance() throws Exception {
        var image = folder.resolve("a.img");
        k23(0, "keygen", "--pkcs11", uri("object=key%202"), folder.resolve("release"));
        k23(0, "image", "--unsigned", "--key", folder.resolve("release.pub.pem"), "-o", image,
                HELLO);
        byte[] unsigned = Files.readAllBytes(image);
        k23(0, "sign", "--pkcs11", uri("object=key%202"), "--detached", folder.resolve("sig"),
                image);
        assertArrayEquals(unsigned, Files.readAllBytes(image));
        k23(0, "sign", "--pkcs11", uri("id=%02"), image);
        var verified = k23(0, "verify", "--key", folder.resolve("release.pub.pem"), image);
        assertTrue(verified.contains("built by urn:k23:builder:local"), verified);
        byte[] signed = Files.readAllBytes(image);
        Files.write(image, unsigned);
        k23(0, "sign", "--attach", folder.resolve("sig"), image);
        assertArrayEquals(signed, Files.readAllBytes(image));
    }

    @Test
    void whatTheTokenCannotDoIsSaid() throws Exception {
        var image = folder.resolve("a.img");
        k23(0, "keygen", "--pkcs11", uri("object=key%201"), folder.resolve("one"));
        k23(0, "image", "--unsigned", "--key", folder.resolve("one.pub.pem"), "-o", image, HELLO);
        fails(ExitStatus.DATA, "K23-4105: ", "sign", "--pkcs11", uri("object=key%202"), image);
        fails(ExitStatus.UNAVAILABLE, "K23-5015: token \"k23 test\": it has no public key \"x\"",
                "sign", "--pkcs11", uri("object=x"), image);
        Files.writeString(folder.resolve("pin"), "9999");
        fails(ExitStatus.UNAVAILABLE, "K23-5015: ", "sign", "--pkcs11", uri("id=%01"), image);
        fails(ExitStatus.USAGE, "K23-5001: ", "sign", "--pkcs11", "pkcs11:token=k23", image);
        fails(ExitStatus.USAGE, "K23-5001: ", "sign", "--pkcs11",
                uri("id=%01") + "&pin-value=1234", image);
    }

    private void fails(int status, String message, Object... words) throws Exception {
        var text = k23(status, words);
        assertTrue(text.contains(message), text);
    }
}
