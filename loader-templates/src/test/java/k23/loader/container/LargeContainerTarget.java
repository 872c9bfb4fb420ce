package k23.loader.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import k23.fuzz.FuzzTarget;
import k23.loader.container.TestContainer.Key;
import k23.loader.crypto.Sha512;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.BlockSize;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.Parameters;

/**
 * Containers whose sections have several chunks and several compressed blocks. An input is short
 * all the same: a byte that says which container it changes and how that is checked, a header with
 * its signature, and changes of the contents behind it, of four bytes each.
 *
 * <p>Without the signature, digests that were made right must pass, and what passes must have
 * digests that the JDK finds right; a fourth of the inputs goes by way of the signature, and half
 * of those are signed anew. What unpacks has the content that other decoders find.
 */
public final class LargeContainerTarget implements FuzzTarget {
    private static final int MAX_INPUT_BYTES = 1024;
    private static final int MAX_RAW_BYTES = 512 << 10;
    private static final int SIGNATURE_BYTES = 64;
    private static final int EDIT_BYTES = 4;
    private static final int LZ4_HEADER_BYTES = 7;
    private static final int LZ4_BLOCK_BYTES = 64 << 10;

    /** Who signs {@link #CONTAINERS}. */
    static final Key KEY = Key.fixed(1);
    /** Sections of two or three chunks; all compressions; blocks stored as they are, too. */
    static final List<byte[]> CONTAINERS = containers();

    /** How the input's first byte says that an input is checked. */
    private record How(int container, boolean hasNewDigests, boolean isWhole, boolean isSigned) {
        static How of(int bits, int containers) {
            return new How((bits & 3) % containers, (bits >> 2 & 3) != 3, (bits >> 4 & 3) == 3,
                    (bits >> 6 & 1) == 1);
        }
    }

    private final Sha512 hash = new Sha512();
    private final byte[] digest = new byte[Sha512.DIGEST_BYTES];
    private Machine machine;
    private Span room;
    private Span payload;
    private Span bundle;
    private Span workspace;
    private VerifyingKeys keys;

    /** A target without memory: the first input makes it. */
    public LargeContainerTarget() {}

    @Override
    public String name() {
        return "container-large";
    }

    private static List<byte[]> containers() {
        Random random = new Random(4);
        byte[] noise = new byte[70_000];
        random.nextBytes(noise);
        byte[] letters = letters(random, 140_000);
        try (var zstd = new ZstdCompressCtx().setLevel(1);
                var small = new ZstdCompressCtx().setLevel(3).setWindowLog(10)) {
            byte[] blocks = small.compress(Arrays.copyOf(letters, 70_000));
            return List.of(
                    new TestContainer().rollbackIndex(7).section(1, 0, noise, noise.length)
                            .section(2, 2, zstd.compress(letters), letters.length).sign(KEY),
                    new TestContainer().rollbackIndex(8)
                            .section(2, 1, lz4(noise), noise.length)
                            .section(1, 1, lz4(letters), letters.length).sign(KEY),
                    new TestContainer().rollbackIndex(7).section(1, 2, blocks, 70_000)
                            .section(2, 0, noise, 32_769).sign(KEY));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] letters(Random random, int bytes) {
        byte[] letters = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            letters[i] = (byte) ('a' + random.nextInt(8));
        }
        return letters;
    }

    /** A frame of blocks of 64 KiB, with a compressor that does not look long for matches. */
    static byte[] lz4(byte[] raw) {
        var out = new ByteArrayOutputStream();
        var parameters = new Parameters(BlockSize.K64, false, false, false,
                BlockLZ4CompressorOutputStream.createParameterBuilder().tunedForSpeed().build());
        try (var lz4 = new FramedLZ4CompressorOutputStream(out, parameters)) {
            lz4.write(raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static int prefixBytes(byte[] container) {
        return TestContainer.little(container).getInt(12) + SIGNATURE_BYTES;
    }

    /** Each container by its digests, by its signature, signed anew, and with changed contents. */
    @Override
    public List<byte[]> seeds() {
        var seeds = new ArrayList<byte[]>();
        for (int i = 0; i < CONTAINERS.size(); i++) {
            byte[] container = CONTAINERS.get(i);
            int prefix = prefixBytes(container);
            for (int how : new int[] {0, 0b000_1100, 0b011_0000, 0b111_0000}) {
                byte[] seed = new byte[1 + prefix];
                seed[0] = (byte) (how | i);
                System.arraycopy(container, 0, seed, 1, prefix);
                seeds.add(seed);
                byte[] edited = Arrays.copyOf(seed, seed.length + 2 * EDIT_BYTES);
                ByteBuffer.wrap(edited, seed.length, 2 * EDIT_BYTES).putInt(40_000 << 8 | 1)
                        .putInt(60_000 << 8 | 0x80);
                seeds.add(edited);
            }
        }
        return seeds;
    }

    @Override
    public int maxBytes() {
        return MAX_INPUT_BYTES;
    }

    @Override
    public List<byte[]> words() {
        return new ContainerTarget().words();
    }

    @Override
    public List<String> reached() {
        return List.of("k23.loader.container.*", "k23.loader.compress.*");
    }

    private void allocate() {
        machine = Machine.reset();
        room = machine.allocate(pages(CONTAINERS.stream().mapToInt(c -> c.length).max()
                .orElseThrow()));
        payload = machine.allocate(MAX_RAW_BYTES);
        bundle = machine.allocate(MAX_RAW_BYTES);
        workspace = machine.allocate(256 << 10);
        keys = new VerifyingKeys(machine.allocate(
                TestContainer.keyTable(7, Key.fixed(2), KEY)));
    }

    private static int pages(int bytes) {
        return bytes + 4095 & -4096;
    }

    /** Header and signature as the input has them; an edit that changes nothing cuts there. */
    private static byte[] edited(byte[] valid, byte[] input) {
        int prefix = prefixBytes(valid);
        if (input.length < 1 + prefix) {
            return Arrays.copyOfRange(input, 1, Math.max(1, input.length));
        }
        byte[] container = valid.clone();
        System.arraycopy(input, 1, container, 0, prefix);
        int end = container.length;
        for (int at = 1 + prefix; at + EDIT_BYTES <= input.length; at += EDIT_BYTES) {
            int edit = ByteBuffer.wrap(input).getInt(at);
            int place = prefix + (edit >>> 8) % (container.length - prefix);
            container[place] ^= (byte) edit;
            end = (edit & 0xff) == 0 ? place : end;
        }
        return Arrays.copyOf(container, end);
    }

    @Override
    public String run(byte[] input) {
        if (machine == null) {
            allocate();
        }
        How how = How.of(input.length == 0 ? 0 : input[0], CONTAINERS.size());
        byte[] valid = CONTAINERS.get(how.container);
        byte[] bytes = edited(valid, input.length == 0 ? new byte[1] : input);
        ContainerProblem problem = how.isWhole ? whole(how, valid, bytes) : digests(how, bytes);
        return problem + (how.isWhole ? " whole " : " ") + input.length / 16;
    }

    private SignedContainer load(byte[] bytes) {
        Span span = room.from(room.length() - bytes.length);
        span.put(0, bytes, 0, bytes.length);
        return new SignedContainer(span);
    }

    private ContainerProblem digests(How how, byte[] bytes) {
        if (how.hasNewDigests) {
            ContainerTarget.repairDigests(bytes);
        }
        SignedContainer container = load(bytes);
        ContainerProblem problem = ContainerTarget.check(container, hash, digest);
        if (how.hasNewDigests) {
            assertNotEquals(ContainerProblem.BAD_DIGEST, problem);
        } else if (problem == ContainerProblem.NONE) {
            byte[] repaired = bytes.clone();
            ContainerTarget.repairDigests(repaired);
            assertArrayEquals(repaired, bytes, "a digest that is wrong passes");
        }
        return problem == ContainerProblem.NONE ? unpackAll(container) : problem;
    }

    private ContainerProblem whole(How how, byte[] valid, byte[] bytes) {
        boolean isSigned = how.isSigned && WholeContainerTarget.sign(bytes, KEY, how.hasNewDigests);
        SignedContainer container = load(bytes);
        Verification verification = new Verification();
        verification.begin(container, keys);
        ContainerProblem problem = verification.finish();
        assertTrue(problem != ContainerProblem.NONE || isSigned || Arrays.equals(valid, bytes),
                "a forgery");
        return problem == ContainerProblem.NONE ? unpackAll(container) : problem;
    }

    /** Each section has room that ends where its page ends. */
    private ContainerProblem unpackAll(SignedContainer container) {
        Span first = place(container, SignedContainer.PAYLOAD, payload);
        Span second = place(container, SignedContainer.BUNDLE, bundle);
        if (first == null || second == null) {
            return ContainerProblem.NONE;
        }
        ContainerProblem problem = ContainerTarget.unpack(container, first, second,
                workspace.slice(0, container.workspaceBytes()));
        if (problem == ContainerProblem.NONE) {
            compare(container, SignedContainer.PAYLOAD, first);
            compare(container, SignedContainer.BUNDLE, second);
        }
        return problem;
    }

    private static Span place(SignedContainer container, int kind, Span room) {
        int section = container.find(kind);
        long bytes = section < 0 ? 0 : container.rawBytes(section);
        return bytes > room.length() ? null : room.from(room.length() - bytes);
    }

    private void compare(SignedContainer container, int kind, Span unpacked) {
        for (int at = TestContainer.HEADER_FIXED_BYTES, i = 0; i <= container.find(kind); i++) {
            byte[] stored = machine.bytes(container.bytes().slice(
                    container.bytes().getLong(at + 8), container.bytes().getLong(at + 16)));
            if (i == container.find(kind)) {
                assertArrayEquals(reference(container.bytes().getInt(at + 4), stored,
                        (int) unpacked.length()), machine.bytes(unpacked));
            }
            at += TestContainer.RECORD_BYTES
                    + TestContainer.digests(stored, 0, stored.length).length;
        }
    }

    private static byte[] reference(int compression, byte[] stored, int rawBytes) {
        return switch (compression) {
            case 0 -> stored;
            case 1 -> referenceLz4(stored, rawBytes);
            default -> Zstd.decompress(stored, rawBytes);
        };
    }

    private static byte[] referenceLz4(byte[] stored, int rawBytes) {
        ByteBuffer frame = TestContainer.little(stored);
        int flags = stored[4];
        frame.position(LZ4_HEADER_BYTES + ((flags & 0x08) != 0 ? 8 : 0));
        var content = new ByteArrayOutputStream();
        for (int size = frame.getInt(); size != 0; size = frame.getInt()) {
            byte[] block = new byte[size & Integer.MAX_VALUE];
            frame.get(block);
            frame.position(frame.position() + ((flags & 0x10) != 0 ? 4 : 0));
            content.writeBytes(size < 0 ? block : referenceBlock(block));
            if (content.size() < rawBytes) {
                assertEquals(0, content.size() % LZ4_BLOCK_BYTES, "a block that is not full");
            }
        }
        return content.toByteArray();
    }

    private static byte[] referenceBlock(byte[] block) {
        try (var lz4 = new BlockLZ4CompressorInputStream(new ByteArrayInputStream(block))) {
            return lz4.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
