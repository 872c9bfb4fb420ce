package k23.loader.container;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Random;
import k23.fuzz.FuzzTarget;
import k23.loader.container.TestContainer.Key;
import k23.loader.crypto.Sha512;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;

/**
 * What a trusted key has signed, sense or not: refused by name or unpacked. The signature is not
 * looked at, which would take a hundred times as long as the rest; most digests are made right.
 */
public final class ContainerTarget implements FuzzTarget {
    static final int MAX_BYTES = 2048;
    private static final int MAX_RAW_BYTES = 8192;
    private static final int FIRST_RECORD = TestContainer.HEADER_FIXED_BYTES;
    private static final int MOST_SECTIONS = 3;

    /** The memory of a target: the container ends where its page ends. */
    static final class Memory {
        final Machine machine = Machine.reset();
        private final Span room = machine.allocate(2 * MAX_BYTES);
        private final Span target = machine.allocate(MAX_RAW_BYTES);
        private final Span workspace = machine.allocate(256 << 10);

        SignedContainer load(byte[] bytes) {
            Span span = room.from(room.length() - bytes.length);
            span.put(0, bytes, 0, bytes.length);
            return new SignedContainer(span);
        }
    }

    private final Sha512 hash = new Sha512();
    private final byte[] digest = new byte[Sha512.DIGEST_BYTES];
    private Memory memory;

    /** A target without memory: the first input makes it. */
    public ContainerTarget() {}

    @Override
    public String name() {
        return "container";
    }

    @Override
    public List<byte[]> seeds() {
        return seeds(Key.fixed(1));
    }

    static List<byte[]> seeds(Key key) {
        Random random = new Random(9);
        byte[] noise = new byte[300];
        random.nextBytes(noise);
        byte[] runs = new byte[700];
        byte[] lz4 = {4, 0x22, 0x4d, 0x18, 0x60, 0x40, (byte) 0x82, 5, 0, 0, 0, 0x1f, 7, 1, 0, 1,
            0, 0, 0, 0};
        try {
            return List.of(
                    new TestContainer().rollbackIndex(7).section(1, 0, noise, 300).sign(key),
                    new TestContainer().rollbackIndex(7).section(1, 2, Zstd.compress(runs), 700)
                            .section(2, 0, noise, 300).sign(key),
                    new TestContainer().rollbackIndex(8).section(2, 1, lz4, 21)
                            .section(1, 2, Zstd.compress(noise), 300).sign(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static void unpackAll(SignedContainer container, Memory memory) {
        long payloadBytes = container.rawBytes(container.find(SignedContainer.PAYLOAD));
        int bundle = container.find(SignedContainer.BUNDLE);
        long bundleBytes = bundle < 0 ? 0 : container.rawBytes(bundle);
        if (payloadBytes + bundleBytes <= MAX_RAW_BYTES) {
            unpack(container, memory.target.slice(0, payloadBytes),
                    memory.target.slice(payloadBytes, bundleBytes),
                    memory.workspace.slice(0, container.workspaceBytes()));
        }
    }

    /** Unpacks both sections; what is wrong with the first of them that does not unpack. */
    static ContainerProblem unpack(SignedContainer container, Span payload, Span bundle,
            Span workspace) {
        ContainerProblem problem = unpack(container, SignedContainer.PAYLOAD, payload, workspace);
        return problem != ContainerProblem.NONE ? problem
                : unpack(container, SignedContainer.BUNDLE, bundle, workspace);
    }

    private static ContainerProblem unpack(SignedContainer container, int kind, Span target,
            Span workspace) {
        Unpacking unpacking = new Unpacking(kind);
        unpacking.begin(container, target);
        return unpacking.finish(workspace);
    }

    /** Whether a target leaves the digests of this input as they are; most inputs would fail. */
    static boolean keepsDigests(byte[] input) {
        return input.length == 0 || input[input.length - 1] % 4 == 3;
    }

    /** Makes the digests of all chunks right, as far as records and contents are there. */
    static void repairDigests(byte[] input) {
        if (input.length < FIRST_RECORD) {
            return;
        }
        ByteBuffer container = TestContainer.little(input);
        int end = Math.clamp(container.getInt(12) & 0xffff_ffffL, 0, input.length);
        int at = FIRST_RECORD;
        for (int i = 0; i < Math.min(container.getInt(32), MOST_SECTIONS)
                && at + TestContainer.RECORD_BYTES <= end; i++) {
            long offset = container.getLong(at + 8);
            long bytes = container.getLong(at + 16);
            if (offset < at || bytes < 0 || offset > input.length
                    || bytes > input.length - offset) {
                return;
            }
            byte[] digests = TestContainer.digests(input, (int) offset, (int) bytes);
            at += TestContainer.RECORD_BYTES;
            if (at + digests.length <= end) {
                container.put(at, digests);
            }
            at += digests.length;
        }
    }

    /** All that is wrong with a container, whoever signed it. */
    static ContainerProblem check(SignedContainer container, Sha512 hash, byte[] digest) {
        ContainerProblem problem = container.checkHeader();
        if (problem == ContainerProblem.NONE) {
            problem = container.checkSections();
        }
        for (int i = 0; problem == ContainerProblem.NONE && i < container.chunks(); i++) {
            problem = container.hasDigest(i, hash, digest) ? problem : ContainerProblem.BAD_DIGEST;
        }
        return problem;
    }

    @Override
    public int maxBytes() {
        return MAX_BYTES;
    }

    @Override
    public List<byte[]> words() {
        return List.of("K23IMG01".getBytes(StandardCharsets.US_ASCII),
                new byte[] {4, 0x22, 0x4d, 0x18},
                new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});
    }

    @Override
    public List<String> reached() {
        return List.of("k23.loader.container.*");
    }

    @Override
    public String run(byte[] input) {
        if (memory == null) {
            memory = new Memory();
        }
        if (!keepsDigests(input)) {
            repairDigests(input);
        }
        SignedContainer container = memory.load(input);
        ContainerProblem problem = check(container, hash, digest);
        if (problem == ContainerProblem.NONE) {
            unpackAll(container, memory);
        }
        return problem + " " + input.length / 16;
    }
}
