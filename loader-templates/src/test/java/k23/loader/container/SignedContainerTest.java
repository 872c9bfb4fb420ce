package k23.loader.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import k23.loader.container.TestContainer.Key;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A container as it was signed is accepted; any other is refused, by name and without a fault. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedContainerTest {
    private static final int PAYLOAD_HEADER = TestContainer.HEADER_FIXED_BYTES;
    private static final int BUNDLE_HEADER = PAYLOAD_HEADER + TestContainer.SECTION_BYTES;
    private static final int HEADER_BYTES = BUNDLE_HEADER + TestContainer.SECTION_BYTES;
    private static final int SIGNATURE_BYTES = 64;
    /** What lies behind a container in memory: the loader's stack. */
    private static final int ROOM_BEHIND = 4096;

    private final Random random = new Random(1);
    private Key key;
    private Key stranger;
    private byte[] payload;
    private byte[] bundle;
    private byte[] container;
    private Machine machine;
    private Span memory;
    private VerifyingKeys keys;

    @BeforeAll
    void sign() throws GeneralSecurityException {
        key = Key.generate();
        stranger = Key.generate();
        payload = new byte[1001];
        bundle = new byte[555];
        random.nextBytes(payload);
        random.nextBytes(bundle);
        container = usual().sign(key);
    }

    /** Two sections, stored as they are. */
    private TestContainer usual() {
        return new TestContainer().rollbackIndex(7)
                .section(SignedContainer.PAYLOAD, 0, payload, payload.length)
                .section(SignedContainer.BUNDLE, 0, bundle, bundle.length);
    }

    @BeforeEach
    void load() {
        load(container, ROOM_BEHIND);
    }

    private void load(byte[] bytes, int roomBehind) {
        machine = Machine.reset();
        memory = machine.allocate(Arrays.copyOf(bytes, bytes.length + roomBehind));
        keys = new VerifyingKeys(machine.allocate(TestContainer.keyTable(7, stranger, key)));
    }

    private ContainerProblem verify() {
        Verification verification = new Verification();
        verification.begin(new SignedContainer(memory), keys);
        return verification.finish();
    }

    private ContainerProblem verify(byte[] bytes) {
        load(bytes, 0);
        return verify();
    }

    /** Sections at the limits of how many chunks they have; a digest each, all of them needed. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "32768, 1", "32769, 2", "524288, 16", "524289, 9"})
    void everyChunkHasADigest(int bytes, int chunks) throws GeneralSecurityException {
        byte[] large = new byte[bytes];
        random.nextBytes(large);
        load(new TestContainer().rollbackIndex(7).section(SignedContainer.BUNDLE, 0, large, bytes)
                .section(SignedContainer.PAYLOAD, 0, payload, payload.length).sign(key), 0);
        assertEquals(ContainerProblem.NONE, verify());
        assertEquals(chunks + 1, new SignedContainer(memory).chunks());
        int contents = PAYLOAD_HEADER + 64 + 64 * chunks + 128 + SIGNATURE_BYTES;
        for (int i = 0; i < chunks && bytes > 0; i += Math.max(1, chunks - 1)) {
            long bit = 8L * (contents + (i * (long) bytes + bytes / 2) / chunks) + i % 8;
            flip(bit);
            assertEquals(ContainerProblem.BAD_DIGEST, verify());
            flip(bit);
            flip(8L * (PAYLOAD_HEADER + 64 + 64 * i + i));
            assertEquals(ContainerProblem.BAD_SIGNATURE, verify());
            flip(8L * (PAYLOAD_HEADER + 64 + 64 * i + i));
        }
        assertEquals(ContainerProblem.NONE, verify());
    }

    private void flip(long bit) {
        memory.putByte(bit >> 3, (byte) (memory.getByte(bit >> 3) ^ 1 << (bit & 7)));
    }

    private void assertFlipIsRefused(long bit) {
        flip(bit);
        assertNotEquals(ContainerProblem.NONE, verify(), "bit " + (bit & 7) + " of " + (bit >> 3));
        flip(bit);
    }

    @Test
    void acceptsWhatWasSigned() {
        assertEquals(ContainerProblem.NONE, verify());
        assertEquals(ContainerProblem.NONE, verify(container));
        SignedContainer signed = new SignedContainer(memory);
        assertEquals(7, signed.rollbackIndex());
        Unpacked unpacked = unpack();
        assertEquals(ContainerProblem.NONE, unpacked.problem);
        assertArrayEquals(payload, machine.bytes(unpacked.payload));
        assertArrayEquals(bundle, machine.bytes(unpacked.bundle));
        assertEquals(-1, signed.find(3));
    }

    private record Unpacked(ContainerProblem problem, Span payload, Span bundle) {}

    private Unpacked unpack() {
        SignedContainer signed = new SignedContainer(memory);
        Unpacked to = new Unpacked(ContainerProblem.NONE, room(signed, SignedContainer.PAYLOAD),
                room(signed, SignedContainer.BUNDLE));
        return new Unpacked(ContainerTarget.unpack(signed, to.payload, to.bundle,
                machine.allocate(signed.workspaceBytes())), to.payload, to.bundle);
    }

    private Span room(SignedContainer signed, int kind) {
        int section = signed.find(kind);
        return section < 0 ? Span.EMPTY : machine.allocate(signed.rawBytes(section));
    }

    @Test
    void refusesEveryFlippedBitOfTheHeader() {
        for (long bit = 0; bit < 8 * HEADER_BYTES; bit++) {
            assertFlipIsRefused(bit);
        }
        assertEquals(ContainerProblem.NONE, verify());
    }

    @Test
    void refusesEveryFlippedBitOfTheSignature() {
        for (long bit = 8 * HEADER_BYTES; bit < 8 * (HEADER_BYTES + SIGNATURE_BYTES); bit++) {
            assertFlipIsRefused(bit);
        }
    }

    /** Every third byte of sections and gaps, a bit of each. */
    @Test
    void refusesFlippedBitsOfSectionsAndGaps() {
        int from = HEADER_BYTES + SIGNATURE_BYTES;
        for (int at = from; at < container.length; at += 3) {
            assertFlipIsRefused(8L * at + random.nextInt(8));
        }
        assertEquals(ContainerProblem.NONE, verify());
    }

    @Test
    void refusesFlippedBitsOfGaps() throws GeneralSecurityException {
        int stored = HEADER_BYTES + SIGNATURE_BYTES + payload.length;
        int gap = -stored & 15;
        assertNotEquals(0, gap, "this container has no gap");
        for (long bit = 8L * stored; bit < 8L * (stored + gap); bit++) {
            flip(bit);
            assertEquals(ContainerProblem.BAD_BOUNDS, verify());
            flip(bit);
        }
        for (long bit = 8L * (container.length - (-bundle.length & 15));
                bit < 8L * container.length; bit++) {
            flip(bit);
            assertEquals(ContainerProblem.BAD_BOUNDS, verify());
            flip(bit);
        }
    }

    @Test
    void refusesEveryTruncation() {
        for (int bytes = 0; bytes < container.length; bytes++) {
            byte[] cut = Arrays.copyOf(container, bytes);
            ContainerProblem problem = verify(cut);
            assertEquals(bytes < PAYLOAD_HEADER ? ContainerProblem.BAD_MAGIC
                    : ContainerProblem.BAD_BOUNDS, problem, bytes + " bytes");
        }
    }

    /** A file that was cut off leaves zeros in memory; the last bytes may be zeros themselves. */
    @Test
    void refusesZerosWhereTheFileIsCutOff() {
        int end = container.length - (-bundle.length & 15);
        for (int bytes = 0; bytes < end; bytes += 1 + bytes / 300) {
            byte[] cut = Arrays.copyOf(Arrays.copyOf(container, bytes), container.length);
            if (!Arrays.equals(cut, container)) {
                assertNotEquals(ContainerProblem.NONE, verify(cut), bytes + " bytes");
            }
        }
    }

    @Test
    void refusesSwappedSections() throws GeneralSecurityException {
        byte[] other = payload.clone();
        random.nextBytes(other);
        byte[] swapped = container.clone();
        System.arraycopy(other, 0, swapped, HEADER_BYTES + SIGNATURE_BYTES, other.length);
        assertEquals(ContainerProblem.BAD_DIGEST, verify(swapped));

        swapped = container.clone();
        System.arraycopy(container, BUNDLE_HEADER, swapped, PAYLOAD_HEADER, 128);
        System.arraycopy(container, PAYLOAD_HEADER, swapped, BUNDLE_HEADER, 128);
        assertEquals(ContainerProblem.BAD_SIGNATURE, verify(swapped));

        byte[] signature = usual().rollbackIndex(8).sign(key);
        swapped = container.clone();
        System.arraycopy(signature, HEADER_BYTES, swapped, HEADER_BYTES, SIGNATURE_BYTES);
        assertEquals(ContainerProblem.BAD_SIGNATURE, verify(swapped));
    }

    @Test
    void refusesOtherKeys() throws GeneralSecurityException {
        assertEquals(ContainerProblem.NONE, verify(usual().sign(stranger)));
        assertEquals(ContainerProblem.UNKNOWN_KEY, verify(usual().sign(Key.generate())));
        // The id of a trusted key, and the signature of another.
        long id = key.id();
        assertEquals(ContainerProblem.BAD_SIGNATURE,
                verify(usual().change(header -> header.putLong(24, id)).sign(stranger)));
        load();
        keys = new VerifyingKeys(machine.allocate(new byte[VerifyingKeys.BYTES]));
        assertEquals(ContainerProblem.UNKNOWN_KEY, verify());
    }

    /** Counts beyond the table's capacity, and negative ones: no key lies there. */
    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void trustsNobodyWithoutACount(int count) {
        Span table = keys.bytes();
        for (int i = 0; i < 4; i++) {
            table.putByte(i, (byte) (count >>> 8 * i));
        }
        assertEquals(ContainerProblem.UNKNOWN_KEY, verify());
    }

    @Test
    void readsNoKeyBehindTheTable() throws GeneralSecurityException {
        for (int i = 0; i < 4; i++) {
            keys.bytes().putByte(i, (byte) 0x7f);
        }
        assertEquals(ContainerProblem.NONE, verify());
        load(usual().sign(Key.generate()), 0);
        for (int i = 0; i < 4; i++) {
            keys.bytes().putByte(i, (byte) 0x7f);
        }
        assertEquals(ContainerProblem.UNKNOWN_KEY, verify());
    }

    @Test
    void refusesLowerRollbackIndices() throws GeneralSecurityException {
        assertEquals(ContainerProblem.ROLLED_BACK, verify(usual().rollbackIndex(6).sign(key)));
        assertEquals(ContainerProblem.ROLLED_BACK, verify(usual().rollbackIndex(0).sign(key)));
        assertEquals(ContainerProblem.NONE, verify(usual().rollbackIndex(8).sign(key)));
        // Indices are unsigned.
        assertEquals(ContainerProblem.NONE, verify(usual().rollbackIndex(-1).sign(key)));
    }

    /** Fields that a signature covers and that are absurd all the same. */
    @ParameterizedTest
    @CsvSource({
        "8, 4, 0, UNSUPPORTED", "8, 4, 1, UNSUPPORTED", "8, 4, -1, UNSUPPORTED",
        "36, 4, 1, UNSUPPORTED", "48, 8, 1, UNSUPPORTED", "88, 8, -1, UNSUPPORTED",
        "12, 4, 0, BAD_BOUNDS", "12, 4, -1, BAD_BOUNDS", "12, 4, 224, BAD_SIGNATURE",
        "32, 4, 0, BAD_BOUNDS", "32, 4, -1, BAD_BOUNDS", "32, 4, 32, BAD_BOUNDS",
        "32, 4, 2147483647, BAD_BOUNDS", "40, 8, 0, BAD_BOUNDS", "40, 8, -1, BAD_BOUNDS",
        "40, 8, 9223372036854775807, BAD_BOUNDS", "40, 8, -9223372036854775808, BAD_BOUNDS",
        "40, 8, 416, BAD_BOUNDS", "40, 8, 1000, BAD_BOUNDS",
        "96, 4, 0, BAD_SECTIONS", "96, 4, 3, BAD_SECTIONS", "96, 4, 2, BAD_SECTIONS",
        "224, 4, 1, BAD_SECTIONS", "96, 4, -1, BAD_SECTIONS",
        "100, 4, 3, BAD_COMPRESSION", "100, 4, -1, BAD_COMPRESSION",
        "120, 8, 268435457, BAD_COMPRESSION", "120, 8, -1, BAD_COMPRESSION",
        "120, 8, -9223372036854775808, BAD_COMPRESSION",
        "128, 8, 1, UNSUPPORTED", "152, 8, -1, UNSUPPORTED",
        "104, 8, 0, BAD_BOUNDS", "104, 8, -1, BAD_BOUNDS", "104, 8, 417, BAD_BOUNDS",
        "104, 8, 400, BAD_BOUNDS", "104, 8, 9223372036854775792, BAD_BOUNDS",
        "104, 8, -16, BAD_BOUNDS", "104, 8, -9223372036854775808, BAD_BOUNDS",
        "104, 8, 1048576, BAD_BOUNDS", "104, 8, 432, BAD_BOUNDS",
        "112, 8, -1, BAD_BOUNDS", "112, 8, 9223372036854775807, BAD_BOUNDS",
        "112, 8, -9223372036854775808, BAD_BOUNDS", "112, 8, 100000, BAD_BOUNDS",
        "112, 8, 0, BAD_BOUNDS", "112, 8, 1000, BAD_BOUNDS", "112, 8, 1003, BAD_DIGEST",
        "112, 8, 1017, BAD_BOUNDS",
        "160, 8, 0, BAD_DIGEST", "232, 8, 416, BAD_BOUNDS", "240, 8, 600, BAD_BOUNDS",
    })
    void refusesAbsurdFields(int at, int bytes, long value, ContainerProblem expected)
            throws GeneralSecurityException {
        Consumer<ByteBuffer> change = header -> {
            if (bytes == 4) {
                header.putInt(at, (int) value);
            } else {
                header.putLong(at, value);
            }
        };
        assertEquals(expected, verify(usual().change(change).sign(key)));
    }

    @Test
    void refusesAContainerWithoutPayload() throws GeneralSecurityException {
        assertEquals(ContainerProblem.BAD_SECTIONS, verify(new TestContainer().rollbackIndex(7)
                .section(SignedContainer.BUNDLE, 0, bundle, bundle.length).sign(key)));
    }

    @Test
    void unpacksToExactlyThePromisedSize() throws GeneralSecurityException {
        for (long rawBytes : new long[] {0, 1000, 1002, 100_000}) {
            for (int compression = 0; compression < 3; compression++) {
                load(new TestContainer().rollbackIndex(7)
                        .section(SignedContainer.PAYLOAD, compression, payload, rawBytes)
                        .sign(key), 0);
                assertEquals(ContainerProblem.NONE, verify());
                assertEquals(ContainerProblem.BAD_COMPRESSION, unpack().problem);
            }
        }
    }

    @Test
    void unpacksZstandard() throws GeneralSecurityException {
        byte[] raw = Arrays.copyOf(payload, 50_000);
        byte[] stored = Zstd.compress(raw, 19);
        for (long wrong : new long[] {0, -1, 1, -raw.length}) {
            load(new TestContainer().rollbackIndex(7)
                    .section(SignedContainer.PAYLOAD, 2, stored, raw.length + wrong).sign(key), 0);
            assertEquals(ContainerProblem.NONE, verify());
            Unpacked unpacked = unpack();
            assertEquals(wrong == 0 ? ContainerProblem.NONE : ContainerProblem.BAD_COMPRESSION,
                    unpacked.problem);
            if (wrong == 0) {
                assertArrayEquals(raw, machine.bytes(unpacked.payload));
            }
        }
    }

    /** Sections of several blocks, of one, of none, in either order, beside another compression. */
    @ParameterizedTest
    @CsvSource({"300000, 1, 200000, 1", "65536, 1, 65537, 1", "0, 1, 100000, 1", "70000, 1, 0, 1",
        "50000, 2, 140000, 1", "140000, 1, 50000, 2", "50000, 2, 60000, 2", "0, 0, 131072, 1"})
    void unpacksBlocksOfBothSections(int payloadBytes, int payloadCompression, int bundleBytes,
            int bundleCompression) throws Exception {
        byte[] first = text(payloadBytes);
        byte[] second = text(bundleBytes);
        byte[] packedFirst = pack(first, payloadCompression);
        byte[] packedSecond = pack(second, bundleCompression);
        for (boolean isSwapped : new boolean[] {false, true}) {
            TestContainer writer = new TestContainer().rollbackIndex(7);
            if (isSwapped) {
                writer.section(SignedContainer.BUNDLE, bundleCompression, packedSecond,
                        bundleBytes);
            }
            writer.section(SignedContainer.PAYLOAD, payloadCompression, packedFirst, payloadBytes);
            if (!isSwapped) {
                writer.section(SignedContainer.BUNDLE, bundleCompression, packedSecond,
                        bundleBytes);
            }
            load(writer.sign(key), 0);
            assertEquals(ContainerProblem.NONE, verify());
            Unpacked unpacked = unpack();
            assertEquals(ContainerProblem.NONE, unpacked.problem);
            assertArrayEquals(first, machine.bytes(unpacked.payload));
            assertArrayEquals(second, machine.bytes(unpacked.bundle));
        }
    }

    private byte[] text(int bytes) {
        byte[] text = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            text[i] = (byte) ('a' + random.nextInt(4));
        }
        return text;
    }

    private static byte[] pack(byte[] raw, int compression) {
        return compression == 0 ? raw
                : compression == 1 ? LargeContainerTarget.lz4(raw) : Zstd.compress(raw);
    }

    /** A container that is well-formed up to random changes which its signature covers. */
    @Test
    void survivesSignedNonsense() throws GeneralSecurityException {
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = usual().change(header -> {
                for (int i = random.nextInt(3); i >= 0; i--) {
                    int at = random.nextInt(HEADER_BYTES / 4) * 4;
                    header.putInt(at, random.nextBoolean() ? random.nextInt()
                            : random.nextInt(2000) - 1000);
                }
            }).sign(key);
            if (verify(bytes) == ContainerProblem.NONE) {
                SignedContainer signed = new SignedContainer(memory);
                int section = signed.find(SignedContainer.PAYLOAD);
                long rawBytes = signed.rawBytes(section);
                int other = signed.find(SignedContainer.BUNDLE);
                if (rawBytes < 1 << 20 && (other < 0 || signed.rawBytes(other) < 1 << 20)) {
                    unpack();
                }
            }
        }
    }
}
