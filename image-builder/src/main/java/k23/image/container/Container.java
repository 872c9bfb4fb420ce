package k23.image.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import k23.image.ImageException;
import k23.image.Limits;
import k23.image.sign.SigningKey;
import k23.image.sign.VerifyingKey;

/**
 * A boot container, version 2: header, signature of the header, sections. Its layout, little
 * endian:
 *
 * <pre>
 *   0  "K23IMG01"            of each section, behind the one before, from 96 on:
 *   8  u32 version = 2             0  u32 kind
 *  12  u32 header bytes            4  u32 compression
 *  16  u64 rollback index          8  u64 offset from the container's start
 *  24  u64 key id                 16  u64 stored bytes
 *  32  u32 section count          24  u64 raw bytes
 *  36  u32 flags = 0              32  32 zero bytes
 *  40  u64 container bytes        64  SHA-512 of each chunk of the stored bytes
 *  48  48 zero bytes         after the sections' records: 64 bytes of signature over all before
 * </pre>
 *
 * The stored bytes are digested in chunks ({@link Section#chunkBytes}), of which there is at least
 * one, so that several harts can do it at once.
 *
 * Sections follow in order, each at a multiple of 16 bytes, gaps zero. A container exists only in
 * this canonical form: parsing one and writing it gives the same bytes.
 *
 * @param rollbackIndex what the loader compares with the least one that it accepts, unsigned
 * @param keyId {@link VerifyingKey#id} of the key that signs
 * @param sections the content
 * @param signature 64 bytes; zero for an unsigned container
 */
public record Container(
        long rollbackIndex, long keyId, List<Section> sections, byte[] signature) {
    /** The version that this class reads and writes. */
    public static final int VERSION = 2;

    /** "K23IMG01" in little-endian order. */
    static final long MAGIC = 0x3130474D_4933324BL;

    private static final int FIXED_BYTES = 96;
    private static final int DIGESTS_AT = 64;
    private static final int ALIGNMENT = 16;

    /** A container that nobody has signed yet. */
    public static Container unsigned(long rollbackIndex, long keyId, List<Section> sections) {
        if (sections.isEmpty() || sections.size() > Limits.SECTIONS) {
            throw new IllegalArgumentException("1.." + Limits.SECTIONS + " sections");
        }
        return new Container(
                rollbackIndex, keyId, List.copyOf(sections),
                new byte[VerifyingKey.SIGNATURE_BYTES]);
    }

    /** This container with {@code key}'s signature; the header must name that key. */
    public Container sign(SigningKey key) {
        requireSigner(key.verifyingKey());
        return withSignature(key.sign(header()));
    }

    /**
     * Refuses another key than the one that the header names.
     *
     * @throws ImageException K23-4105
     */
    public void requireSigner(VerifyingKey key) {
        if (key.id() != keyId) {
            throw new ImageException(
                    "K23-4105", "signature",
                    "the image was built for key " + VerifyingKey.idText(keyId)
                            + ", this key is " + key
                            + "; sign with the other key, or build the image for this one");
        }
    }

    /** This container with a signature that was made elsewhere. */
    public Container withSignature(byte[] bytes) {
        if (bytes.length != VerifyingKey.SIGNATURE_BYTES) {
            throw new ImageException(
                    "K23-4108", "signature",
                    "an Ed25519 signature has 64 bytes, not " + bytes.length);
        }
        return new Container(rollbackIndex, keyId, sections, bytes.clone());
    }

    /** Whether there is a signature, good or bad. */
    public boolean isSigned() {
        return !Arrays.equals(signature, new byte[VerifyingKey.SIGNATURE_BYTES]);
    }

    /** How many bytes the signature covers; it comes right behind them. */
    public int headerBytes() {
        return FIXED_BYTES
                + sections.stream().mapToInt(s -> DIGESTS_AT + s.digests().length).sum();
    }

    /** What is signed. */
    public byte[] header() {
        var header = ByteBuffer.allocate(headerBytes()).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(MAGIC).putInt(VERSION).putInt(headerBytes());
        header.putLong(rollbackIndex).putLong(keyId);
        header.putInt(sections.size()).putInt(0).putLong(containerBytes());
        long at = firstSectionAt();
        header.position(FIXED_BYTES);
        for (Section section : sections) {
            header.putInt(section.kind().code()).putInt(section.compression().code());
            header.putLong(at).putLong(section.stored().length).putLong(section.rawBytes());
            header.position(header.position() + 32).put(section.digests());
            at += aligned(section.stored().length);
        }
        return header.array();
    }

    /** The size of the whole container in bytes. */
    public long containerBytes() {
        long bytes = firstSectionAt();
        for (Section section : sections) {
            bytes += aligned(section.stored().length);
        }
        return bytes;
    }

    /** The container as it lies in an image. */
    public byte[] bytes() {
        var out = ByteBuffer.allocate(Math.toIntExact(containerBytes()));
        out.put(header()).put(signature);
        int at = firstSectionAt();
        for (Section section : sections) {
            out.position(at);
            out.put(section.stored());
            at += (int) aligned(section.stored().length);
        }
        return out.array();
    }

    private int firstSectionAt() {
        return (int) aligned(headerBytes() + (long) VerifyingKey.SIGNATURE_BYTES);
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** The section of {@code kind}, or null. */
    public Section section(SectionKind kind) {
        for (Section section : sections) {
            if (section.kind() == kind) {
                return section;
            }
        }
        return null;
    }

    /**
     * Checks everything that the loader checks: the signature by {@code key}, every digest, that
     * every section expands to the size that the header says.
     *
     * @throws ImageException K23-4103 to K23-4107, the first that applies
     */
    public void verify(VerifyingKey key) {
        if (!isSigned()) {
            throw new ImageException(
                    "K23-4106", "signature",
                    "the image is unsigned; `k23 sign --key KEY.pem IMAGE` signs it");
        }
        if (key.id() != keyId) {
            throw new ImageException(
                    "K23-4105", "signature",
                    "the image is signed by key " + VerifyingKey.idText(keyId) + ", not by " + key);
        }
        if (!key.verifies(header(), signature)) {
            throw new ImageException(
                    "K23-4103", "signature", "the signature is wrong: do not run this image");
        }
        for (Section section : sections) {
            if (!section.isIntact()) {
                throw new ImageException(
                        "K23-4104", "section " + section.kind(),
                        "the content is not what was signed: do not run this image");
            }
            section.raw();
        }
    }

    /**
     * Reads the container at the start of {@code bytes}, in canonical form only.
     *
     * @param place what to call the bytes in messages
     * @throws ImageException K23-4102 for anything else
     */
    public static Container parse(String place, byte[] bytes) {
        var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        require(bytes.length >= FIXED_BYTES && in.getLong(0) == MAGIC, place, "no \"K23IMG01\"");
        require(
                in.getInt(8) == VERSION,
                place, "version " + in.getInt(8) + ", known is " + VERSION);
        int count = in.getInt(32);
        require(count >= 1 && count <= Limits.SECTIONS, place, "section count " + count);
        require(in.getInt(36) == 0, place, "unknown flags " + in.getInt(36));
        int headerBytes = in.getInt(12);
        require(
                headerBytes >= FIXED_BYTES
                        && headerBytes <= bytes.length - VerifyingKey.SIGNATURE_BYTES,
                place, "header size " + headerBytes);
        var sections = new ArrayList<Section>();
        in.position(FIXED_BYTES);
        for (int i = 0; i < count; i++) {
            require(
                    in.position() + DIGESTS_AT <= headerBytes, place, "the header is truncated");
            sections.add(section(place, in, headerBytes));
        }
        var signature = Arrays.copyOfRange(
                bytes, headerBytes, headerBytes + VerifyingKey.SIGNATURE_BYTES);
        var container = new Container(
                in.getLong(16), in.getLong(24), List.copyOf(sections), signature);
        // Offsets, sizes, gaps and reserved bytes all have one right value: what we would write.
        require(
                container.headerBytes() == headerBytes, place, "header size " + headerBytes);
        require(
                container.containerBytes() == in.getLong(40),
                place, "container size " + in.getLong(40));
        require(
                startsWith(bytes, container.bytes()), place,
                "an offset, a gap or a reserved byte is not as version 2 has it");
        return container;
    }

    /** Reads the record at the position of {@code in}, which moves behind it. */
    private static Section section(String place, ByteBuffer in, int headerBytes) {
        int at = in.position();
        var kind = SectionKind.of(in.getInt(at));
        var compression = Compression.of(in.getInt(at + 4));
        require(kind != null, place, "unknown section kind " + in.getInt(at));
        require(compression != null, place, "unknown compression " + in.getInt(at + 4));
        long offset = in.getLong(at + 8);
        long storedBytes = in.getLong(at + 16);
        long rawBytes = in.getLong(at + 24);
        require(
                offset >= 0 && offset <= in.capacity()
                        && storedBytes >= 0 && storedBytes <= in.capacity() - offset,
                place, "section " + kind + " is truncated");
        require(
                rawBytes >= 0 && rawBytes <= Limits.SECTION_BYTES,
                place, "section " + kind + " expands to " + Long.toUnsignedString(rawBytes)
                        + " bytes, the limit is " + Limits.SECTION_BYTES);
        byte[] digests = new byte[Section.chunks(storedBytes) * Section.DIGEST_BYTES];
        require(
                digests.length <= headerBytes - at - DIGESTS_AT, place, "the header is truncated");
        byte[] stored = new byte[(int) storedBytes];
        in.get((int) offset, stored);
        in.position(at + DIGESTS_AT).get(digests);
        return new Section(kind, compression, stored, rawBytes, digests);
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length
                && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static void require(boolean holds, String place, String message) {
        if (!holds) {
            throw new ImageException("K23-4102", place, "malformed boot container: " + message);
        }
    }
}
