package k23.loader.container;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import k23.loader.container.TestContainer.Key;
import k23.loader.fuzz.Fuzzer;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Hostile containers. Whole ones, of which only the valid ones may pass; and nonsense that a
 * trusted key has signed, which may pass, and is then unpacked. The second kind goes around the
 * signature, which takes a hundred times as long as the rest.
 */
class ContainerFuzzTest {
    private static final int MAX_BYTES = 2048;
    private static final int MAX_RAW_BYTES = 8192;
    private static final int FIRST_RECORD = TestContainer.HEADER_FIXED_BYTES;
    private static final int DIGEST_AT = 64;

    /** The memory of a target: the container ends where its page ends. */
    private static final class Memory {
        private final Machine machine = Machine.reset();
        private final Span room = machine.allocate(2 * MAX_BYTES);
        private final Span target = machine.allocate(MAX_RAW_BYTES);
        private final Span workspace = machine.allocate(256 << 10);

        SignedContainer load(byte[] bytes) {
            Span span = room.from(room.length() - bytes.length);
            span.put(0, bytes, 0, bytes.length);
            return new SignedContainer(span);
        }
    }

    private static List<byte[]> corpus(Key key) throws GeneralSecurityException {
        Random random = new Random(9);
        byte[] noise = new byte[300];
        random.nextBytes(noise);
        byte[] runs = new byte[700];
        byte[] lz4 = {4, 0x22, 0x4d, 0x18, 0x60, 0x40, (byte) 0x82, 5, 0, 0, 0, 0x1f, 7, 1, 0, 1,
            0, 0, 0, 0};
        return List.of(
                new TestContainer().rollbackIndex(7).section(1, 0, noise, 300).sign(key),
                new TestContainer().rollbackIndex(7).section(1, 2, Zstd.compress(runs), 700)
                        .section(2, 0, noise, 300).sign(key),
                new TestContainer().rollbackIndex(8).section(2, 1, lz4, 21)
                        .section(1, 2, Zstd.compress(noise), 300).sign(key));
    }

    private static void unpackAll(SignedContainer container, Memory memory) {
        for (int kind = SignedContainer.PAYLOAD; kind <= SignedContainer.BUNDLE; kind++) {
            int section = container.find(kind);
            if (section >= 0 && container.rawBytes(section) <= MAX_RAW_BYTES) {
                container.unpack(section, memory.target.slice(0, container.rawBytes(section)),
                        memory.workspace.slice(0, container.workspaceBytes(section)));
            }
        }
    }

    /** Makes most digests right again, or else few inputs would pass them. */
    private static void repairDigests(byte[] input) {
        if (input.length < FIRST_RECORD || input[input.length - 1] % 4 == 3) {
            return;
        }
        ByteBuffer container = TestContainer.little(input);
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-512");
            for (int at = FIRST_RECORD; at + TestContainer.SECTION_BYTES <= input.length
                    && at < FIRST_RECORD + 3 * TestContainer.SECTION_BYTES;
                    at += TestContainer.SECTION_BYTES) {
                long offset = container.getLong(at + 8);
                long bytes = container.getLong(at + 16);
                if (offset >= at && bytes >= 0 && offset <= input.length
                        && bytes <= input.length - offset) {
                    sha.update(input, (int) offset, (int) bytes);
                    container.put(at + DIGEST_AT, sha.digest());
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nonsense that a trusted key has signed. */
    private static Map<String, Integer> fuzz(long inputs) throws GeneralSecurityException {
        var memory = new Memory[1];
        return Fuzzer.run("container", corpus(Key.generate()), MAX_BYTES, inputs, input -> {
            if (memory[0] == null) {
                memory[0] = new Memory();
            }
            repairDigests(input);
            SignedContainer container = memory[0].load(input);
            ContainerProblem problem = container.checkHeader();
            if (problem == ContainerProblem.NONE) {
                problem = container.checkSections();
            }
            if (problem == ContainerProblem.NONE) {
                unpackAll(container, memory[0]);
            }
            return problem + " " + input.length / 16;
        });
    }

    /** Anything that passes is what was signed, up to the signed length. */
    private static Map<String, Integer> fuzzWhole(long inputs) throws GeneralSecurityException {
        Key key = Key.generate();
        byte[] table = TestContainer.keyTable(7, Key.generate(), key);
        List<byte[]> valid = corpus(key);
        var memory = new Memory[1];
        var keys = new VerifyingKeys[1];
        return Fuzzer.run("container-whole", valid, MAX_BYTES, inputs, input -> {
            if (memory[0] == null) {
                memory[0] = new Memory();
                keys[0] = new VerifyingKeys(memory[0].machine.allocate(table));
            }
            ContainerProblem problem = memory[0].load(input).verify(keys[0]);
            if (problem == ContainerProblem.NONE) {
                assertTrue(valid.stream().anyMatch(v -> input.length >= v.length
                        && Arrays.equals(v, 0, v.length, input, 0, v.length)), "a forgery");
            }
            return problem + " " + input.length / 16;
        });
    }

    @Test
    void thousandsThatAreSignedEndOrAreRefused() throws GeneralSecurityException {
        Map<String, Integer> outcomes = fuzz(20_000);
        assertTrue(outcomes.get("NONE") > 100, outcomes.toString());
        assertTrue(outcomes.size() >= 5, outcomes.toString());
    }

    @Test
    void ofAThousandOnlyTheValidPass() throws GeneralSecurityException {
        Map<String, Integer> outcomes = fuzzWhole(2000);
        assertTrue(outcomes.containsKey("BAD_SIGNATURE"), outcomes.toString());
    }

    @Test
    @Tag("nightly")
    void aMillionThatAreSignedEndOrAreRefused() throws GeneralSecurityException {
        fuzz(1_000_000);
    }

    @Test
    @Tag("nightly")
    void ofHundredThousandOnlyTheValidPass() throws GeneralSecurityException {
        fuzzWhole(100_000);
    }
}
