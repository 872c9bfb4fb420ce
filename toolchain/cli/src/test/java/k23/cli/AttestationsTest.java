package k23.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What lies beside an image: against CycloneDX's own schema, and the JDK's cryptography. */
final class AttestationsTest {
    private static final Path HELLO = Path.of("../../examples/payloads/Hello.java");
    private static final String CI = "https://ci.example/k23";

    @TempDir static Path folder;
    private static Path key;
    private static Path image;

    @BeforeAll
    static void make() {
        key = folder.resolve("k.pem");
        image = folder.resolve("a.img");
        good("keygen", folder.resolve("k"));
        good("keygen", folder.resolve("other"));
        good("image", "--key", key, "--builder", CI, "--source",
                "git+https://git.example/k23=0123456789abcdef0123456789abcdef01234567",
                "-o", image, HELLO);
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

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void theBillIsCycloneDx() throws IOException {
        byte[] bill = Files.readAllBytes(beside(image, ".cdx.json"));
        assertEquals(List.of(), new JsonParser().validate(bill, Version.VERSION_16));
        var json = new JsonMapper().readTree(bill);
        assertEquals(List.of("loader", "Hello.java"), json.path("components").valueStream()
                .map(c -> c.path("name").asString()).toList());
        assertFalse(new String(bill, StandardCharsets.UTF_8).contains(folder.toString()));
    }

    @Test
    void theProvenanceIsSignedInToto() throws Exception {
        var envelope = new JsonMapper().readTree(beside(image, ".provenance.json").toFile());
        byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asString());
        String type = envelope.path("payloadType").asString();
        assertEquals("application/vnd.in-toto+json", type);
        var encoded = new ByteArrayOutputStream();
        encoded.writeBytes("DSSEv1 %d %s %d ".formatted(type.length(), type, payload.length)
                .getBytes(StandardCharsets.UTF_8));
        encoded.writeBytes(payload);
        var pem = Files.readString(folder.resolve("k.pub.pem")).replaceAll("-----.*-----|\\s", "");
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(
                new X509EncodedKeySpec(Base64.getDecoder().decode(pem))));
        verifier.update(encoded.toByteArray());
        assertTrue(verifier.verify(Base64.getDecoder().decode(
                envelope.path("signatures").path(0).path("sig").asString())));
        JsonNode statement = new JsonMapper().readTree(payload);
        assertEquals("https://in-toto.io/Statement/v1", statement.path("_type").asString());
        assertEquals("https://slsa.dev/provenance/v1",
                statement.path("predicateType").asString());
        assertEquals(sha256(Files.readAllBytes(image)), statement.path("subject").path(0)
                .path("digest").path("sha256").asString());
        JsonNode predicate = statement.path("predicate");
        assertEquals(CI, predicate.path("runDetails").path("builder").path("id").asString());
        assertEquals("0123456789abcdef0123456789abcdef01234567",
                predicate.path("buildDefinition").path("resolvedDependencies").path(0)
                        .path("digest").path("gitCommit").asString());
        assertFalse(new String(payload, StandardCharsets.UTF_8).contains(folder.toString()));
    }

    @Test
    void signingLaterGivesTheSameFiles() throws IOException {
        var later = folder.resolve("later/a.img");
        good("image", "--unsigned", "--key", folder.resolve("k.pub.pem"), "--builder", CI,
                "--source", "git+https://git.example/k23=0123456789abcdef0123456789abcdef01234567",
                "-o", later, HELLO);
        good("verify", image);
        good("sign", "--key", key, later);
        for (String suffix : List.of("", ".cdx.json", ".provenance.json")) {
            assertArrayEquals(Files.readAllBytes(beside(image, suffix)),
                    Files.readAllBytes(beside(later, suffix)), suffix);
        }
    }

    @Test
    void anAttachedSignatureLeavesTheProvenanceUnsigned() throws IOException {
        var unsigned = folder.resolve("u.img");
        var attached = folder.resolve("attached.img");
        good("image", "--unsigned", "--key", folder.resolve("k.pub.pem"), "-o", unsigned, HELLO);
        good("sign", "--key", key, "--detached", folder.resolve("sig"), unsigned);
        good("sign", "--attach", folder.resolve("sig"), "-o", attached, unsigned);
        assertTrue(good("verify", attached).output().contains("its provenance is not signed"));
        Files.writeString(folder.resolve("ci.yaml"), manifest("builders: [" + CI + "]"));
        bad("K23-4402", "verify", "--manifest", folder.resolve("ci.yaml"), attached);
    }

    @Test
    void anotherImagesOrAForgedProvenanceIsRefused() throws IOException {
        var copy = folder.resolve("copy.img");
        var provenance = beside(copy, ".provenance.json");
        Files.copy(image, copy);
        Files.copy(beside(image, ".provenance.json"), provenance);
        assertTrue(good("verify", copy).output().contains("built by " + CI));
        var text = Files.readString(provenance);
        Files.writeString(provenance, text.replace("\"payload\" : \"", "\"payload\" : \"e30K"));
        bad("K23-4401", "verify", copy);
        int signature = text.indexOf("\"sig\"") + 10;
        char changed = text.charAt(signature) == 'A' ? 'B' : 'A';
        Files.writeString(provenance, text.substring(0, signature) + changed
                + text.substring(signature + 1));
        bad("K23-4403", "verify", copy);
        good("image", "--key", key, "--compression", "none", "-o", copy, HELLO);
        Files.writeString(provenance, text);
        bad("K23-4404", "verify", copy);
        Files.writeString(provenance, "no JSON");
        bad("K23-4401", "verify", copy);
    }

    @Test
    void aPolicySaysWhoMaySignAndBuild() throws IOException {
        var policy = folder.resolve("policy.yaml");
        Files.writeString(policy, manifest("signers: [k.pub.pem], builders: [" + CI + "]"));
        good("verify", "--manifest", policy, image);
        good("image", "--manifest", policy, "--key", key, "-o", folder.resolve("p.img"));
        bad("K23-4504", "verify", "--manifest", policy, folder.resolve("p.img"));
        bad("K23-4501", "image", "--manifest", policy, "--key", folder.resolve("other.pem"),
                "-o", folder.resolve("q.img"));
        assertFalse(Files.exists(folder.resolve("q.img")));
        bad("K23-4501", "run", "--manifest", policy, "--key", folder.resolve("other.pem"));
        Files.writeString(policy, manifest("signers: [other.pub.pem]"));
        bad("K23-4501", "verify", "--manifest", policy, image);
        Files.delete(beside(folder.resolve("p.img"), ".provenance.json"));
        Files.writeString(policy, manifest("builders: [" + CI + "]"));
        bad("K23-4503", "verify", "--manifest", policy, folder.resolve("p.img"));
    }

    private static String manifest(String policy) throws IOException {
        Files.copy(HELLO, folder.resolve("Hello.java"),
                StandardCopyOption.REPLACE_EXISTING);
        return "version: 1\npayload: Hello.java\npolicy: {" + policy + "}\n";
    }
}
