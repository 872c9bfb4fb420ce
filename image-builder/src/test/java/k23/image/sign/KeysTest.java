package k23.image.sign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import k23.image.HostTools;
import k23.image.ImageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys against RFC 8032's vectors and OpenSSL. */
final class KeysTest {
    @TempDir Path folder;

    /** RFC 8032 section 7.1: seed, public key, message, signature. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    })
    void derivesAndSignsAsRfc8032(String seed, String point, String message, String signature) {
        var hex = HexFormat.of();
        var key = SigningKey.ofSeed(hex.parseHex(seed));
        assertEquals(point, hex.formatHex(key.verifyingKey().bytes()));
        assertEquals(signature, hex.formatHex(key.sign(hex.parseHex(message))));
    }

    @Test
    void survivesItsFiles() throws Exception {
        var key = SigningKey.generate();
        key.write(folder.resolve("k.pem"));
        key.verifyingKey().write(folder.resolve("k.pub.pem"));
        assertEquals(key.verifyingKey(), SigningKey.read(folder.resolve("k.pem")).verifyingKey());
        assertEquals(key.verifyingKey(), VerifyingKey.read(folder.resolve("k.pub.pem")));
        assertEquals(key.verifyingKey(), VerifyingKey.read(folder.resolve("k.pem")));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("k.pem"))));
        assertFalse(SigningKey.isExposed(folder.resolve("k.pem")));
        assertThrows(FileAlreadyExistsException.class, () -> key.write(folder.resolve("k.pem")));
    }

    @Test
    void agreesWithOpenSsl() throws Exception {
        HostTools.need("openssl", "openssl");
        var theirs = folder.resolve("theirs.pem");
        assertEquals(0, openssl("genpkey", "-algorithm", "ed25519", "-out", theirs.toString()));
        var key = SigningKey.read(theirs);
        var ours = folder.resolve("ours.pem");
        key.write(ours);
        assertArrayEquals(Files.readAllBytes(theirs), Files.readAllBytes(ours));
        var theirPublic = folder.resolve("theirs.pub.pem");
        openssl("pkey", "-in", theirs.toString(), "-pubout", "-out", theirPublic.toString());
        assertEquals(key.verifyingKey(), VerifyingKey.read(theirPublic));
        var message = Files.writeString(folder.resolve("message"), "a message");
        var signature = folder.resolve("signature");
        Files.write(signature, key.sign(Files.readAllBytes(message)));
        assertEquals(0, openssl(
                "pkeyutl", "-verify", "-pubin", "-inkey", theirPublic.toString(), "-rawin",
                "-in", message.toString(), "-sigfile", signature.toString()));
    }

    private static int openssl(String... arguments) throws Exception {
        var command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        return HostTools.run(command).status();
    }

    @Test
    void namesWhatIsNoKey() throws Exception {
        var file = folder.resolve("x.pem");
        assertCode("K23-4301", () -> SigningKey.read(file));
        Files.writeString(file, "no key\n");
        assertCode("K23-4301", () -> SigningKey.read(file));
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertCode("K23-4303", () -> SigningKey.read(file));
        Files.writeString(file, "-----BEGIN RSA KEY-----\nAA==\n-----END RSA KEY-----\n");
        assertCode("K23-4303", () -> SigningKey.read(file));
        var pub = folder.resolve("x.pub.pem");
        SigningKey.generate().verifyingKey().write(pub);
        assertCode("K23-4302", () -> SigningKey.read(pub));
    }

    private static void assertCode(String code, org.junit.jupiter.api.function.Executable action) {
        var problem = assertThrows(ImageException.class, action).problems().getFirst();
        assertEquals(code, problem.code());
        assertTrue(problem.message().length() > 10, problem::toString);
    }
}
