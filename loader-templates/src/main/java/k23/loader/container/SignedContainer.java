package k23.loader.container;

import k23.loader.compress.Lz4Frame;
import k23.loader.compress.Lz4Problem;
import k23.loader.compress.ZstdDecoder;
import k23.loader.compress.ZstdProblem;
import k23.loader.crypto.Ed25519;
import k23.loader.crypto.Sha512;
import k23.sdk.word.Span;

/**
 * A container as it lies behind the loader (docs/FORMATS.md, "The container"). What it holds may
 * be asked for only after {@link Verification#finish} has returned {@link ContainerProblem#NONE}.
 *
 * @param bytes the memory in which the container lies; it may be longer
 */
public record SignedContainer(Span bytes) {
    /** Section kind: the payload's ELF file. */
    public static final int PAYLOAD = 1;
    /** Section kind: the bundle of programs and files. */
    public static final int BUNDLE = 2;

    /** The largest section that a loader unpacks, in bytes. */
    public static final long MAX_RAW_BYTES = 256L << 20;

    private static final long MAGIC = 0x3130474d4933324bL;
    private static final int VERSION = 2;
    private static final int HEADER_FIXED_BYTES = 96;
    private static final int MAX_HEADER_BYTES = 4096;
    private static final int ALIGNMENT = 16;
    private static final int COMPRESSION_NONE = 0;
    private static final int COMPRESSION_LZ4 = 1;
    private static final int COMPRESSION_ZSTD = 2;
    private static final int DIGESTS_AT = 64;
    /** A section has at most sixteen chunks, of 32 KiB at least. */
    private static final int MAX_CHUNKS_SHIFT = 4;
    private static final int MIN_CHUNK_SHIFT = 15;

    private static final ZstdDecoder ZSTD = new ZstdDecoder();
    private static final byte[] KEY = new byte[Ed25519.KEY_BYTES];
    private static final byte[] SIGNATURE = new byte[Ed25519.SIGNATURE_BYTES];

    /**
     * What is wrong with key, signature and rollback index behind a header that is checked.
     *
     * @param hash what computes the header's digest
     */
    ContainerProblem checkSignature(VerifyingKeys keys, Sha512 hash) {
        if (!keys.find(bytes.getLong(24), KEY)) {
            return ContainerProblem.UNKNOWN_KEY;
        }
        bytes.get(headerBytes(), SIGNATURE, 0, Ed25519.SIGNATURE_BYTES);
        if (!Ed25519.verify(KEY, 0, SIGNATURE, bytes.slice(0, headerBytes()), hash)) {
            return ContainerProblem.BAD_SIGNATURE;
        }
        return Long.compareUnsigned(rollbackIndex(), keys.minimumRollbackIndex()) < 0
                ? ContainerProblem.ROLLED_BACK : ContainerProblem.NONE;
    }

    /** What is checked before there is a key to check the signature by. */
    ContainerProblem checkHeader() {
        if (!bytes.contains(0, HEADER_FIXED_BYTES) || bytes.getLong(0) != MAGIC) {
            return ContainerProblem.BAD_MAGIC;
        }
        if (bytes.getInt(8) != VERSION || bytes.getInt(36) != 0) {
            return ContainerProblem.UNSUPPORTED;
        }
        for (int i = 48; i < HEADER_FIXED_BYTES; i += 8) {
            if (bytes.getLong(i) != 0) {
                return ContainerProblem.UNSUPPORTED;
            }
        }
        if (sections() < 1 || headerBytes() < HEADER_FIXED_BYTES
                || headerBytes() > MAX_HEADER_BYTES || !bytes.contains(0, length())
                || length() < headerBytes() + Ed25519.SIGNATURE_BYTES) {
            return ContainerProblem.BAD_BOUNDS;
        }
        return ContainerProblem.NONE;
    }

    /** The container's size in bytes, signature and sections included. */
    public long length() {
        return bytes.getLong(40);
    }

    /** The container's rollback index. */
    public long rollbackIndex() {
        return bytes.getLong(16);
    }

    private int headerBytes() {
        return bytes.getInt(12);
    }

    private int sections() {
        return bytes.getInt(32);
    }

    /** Where the record of a section starts; those before it must have been checked. */
    private int record(int section) {
        int at = HEADER_FIXED_BYTES;
        for (int i = 0; i < section; i++) {
            at = behindRecord(at);
        }
        return at;
    }

    private int behindRecord(int record) {
        return record + DIGESTS_AT + chunks(record) * Sha512.DIGEST_BYTES;
    }

    private long stored(int record) {
        return bytes.getLong(record + 16);
    }

    /** The chunks of a section have this power of two of bytes, but for the last one. */
    private int chunkShift(int record) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(stored(record) - 1);
        return Math.max(MIN_CHUNK_SHIFT, bits - MAX_CHUNKS_SHIFT);
    }

    /** How many chunks a section has: at least one, at most sixteen, whatever its record says. */
    private int chunks(int record) {
        return (int) Math.max(1, (stored(record) - 1 >> chunkShift(record)) + 1);
    }

    /** How many chunks all sections have together, once {@link #checkSections} found nothing. */
    int chunks() {
        int count = 0;
        for (int i = 0; i < sections(); i++) {
            count += chunks(record(i));
        }
        return count;
    }

    /** Sections follow one another, as close as they can; no byte of the container is free. */
    ContainerProblem checkSections() {
        int at = HEADER_FIXED_BYTES;
        long behind = headerBytes() + Ed25519.SIGNATURE_BYTES;
        for (int i = 0; i < sections(); i++) {
            if (at + DIGESTS_AT > headerBytes() || behindRecord(at) > headerBytes()) {
                return ContainerProblem.BAD_BOUNDS;
            }
            int kind = bytes.getInt(at);
            int compression = bytes.getInt(at + 4);
            if (kind != PAYLOAD && kind != BUNDLE || find(kind) != i) {
                return ContainerProblem.BAD_SECTIONS;
            }
            if (compression < COMPRESSION_NONE || compression > COMPRESSION_ZSTD
                    || Long.compareUnsigned(rawBytes(i), MAX_RAW_BYTES) > 0) {
                return ContainerProblem.BAD_COMPRESSION;
            }
            for (int k = 32; k < DIGESTS_AT; k += 8) {
                if (bytes.getLong(at + k) != 0) {
                    return ContainerProblem.UNSUPPORTED;
                }
            }
            long offset = bytes.getLong(at + 8);
            if (!isPadding(behind, offset) || stored(at) < 0 || stored(at) > length() - offset) {
                return ContainerProblem.BAD_BOUNDS;
            }
            behind = offset + stored(at);
            at = behindRecord(at);
        }
        if (at != headerBytes() || !isPadding(behind, length())) {
            return ContainerProblem.BAD_BOUNDS;
        }
        return find(PAYLOAD) < 0 ? ContainerProblem.BAD_SECTIONS : ContainerProblem.NONE;
    }

    /** Whether {@code to} is the next place for a section, with zeros in front of it. */
    private boolean isPadding(long from, long to) {
        if (to != (from + ALIGNMENT - 1 & -ALIGNMENT) || to > length()) {
            return false;
        }
        for (long i = from; i < to; i++) {
            if (bytes.getByte(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a chunk has the digest that the header says.
     *
     * @param chunk  counted through all sections
     * @param hash   what computes the digest
     * @param digest what takes it
     */
    boolean hasDigest(int chunk, Sha512 hash, byte[] digest) {
        int at = HEADER_FIXED_BYTES;
        int index = chunk;
        while (index >= chunks(at)) {
            index -= chunks(at);
            at = behindRecord(at);
        }
        long from = (long) index << chunkShift(at);
        long count = Math.min(1L << chunkShift(at), stored(at) - from);
        hash.reset();
        hash.update(bytes.slice(bytes.getLong(at + 8) + from, count));
        hash.digest(digest);
        int expected = at + DIGESTS_AT + index * Sha512.DIGEST_BYTES;
        int difference = 0;
        for (int i = 0; i < Sha512.DIGEST_BYTES; i++) {
            difference |= digest[i] ^ bytes.getByte(expected + i);
        }
        return difference == 0;
    }

    /** The section of kind {@code kind}, or -1; the first when there are several. */
    public int find(int kind) {
        for (int i = 0; i < sections(); i++) {
            if (bytes.getInt(record(i)) == kind) {
                return i;
            }
        }
        return -1;
    }

    /** The size of a section when it is unpacked. */
    public long rawBytes(int section) {
        return bytes.getLong(record(section) + 24);
    }

    private int compression(int section) {
        return bytes.getInt(record(section) + 4);
    }

    private Span contents(int section) {
        return bytes.slice(bytes.getLong(record(section) + 8), stored(record(section)));
    }

    /** The memory that unpacking works in, in bytes; 0 when it needs none. */
    public long workspaceBytes() {
        long bytes = 0;
        for (int i = 0; i < sections(); i++) {
            bytes = compression(i) == COMPRESSION_ZSTD ? ZstdDecoder.WORKSPACE_BYTES : bytes;
        }
        return bytes;
    }

    /**
     * How many blocks of a section can be unpacked at once: 0 when it is none or has no blocks, -1
     * when it does not unpack.
     */
    int blocks(int section) {
        if (section < 0 || compression(section) != COMPRESSION_LZ4) {
            return 0;
        }
        Lz4Frame.Blocks blocks = Lz4Frame.blocks(contents(section), rawBytes(section));
        return blocks.problem() == Lz4Problem.NONE ? blocks.count() : -1;
    }

    /** Unpacks one of the {@link #blocks} to its place in {@code target}, if that can be done. */
    boolean unpackBlock(int section, int block, Span target) {
        return Lz4Frame.decodeBlock(contents(section), block, target) == Lz4Problem.NONE;
    }

    /** Unpacks a section without blocks to exactly all of {@code target}, if that can be done. */
    boolean unpack(int section, Span target, Span workspace) {
        Span stored = contents(section);
        if (compression(section) == COMPRESSION_ZSTD) {
            return ZSTD.decode(stored, target, workspace).problem() == ZstdProblem.NONE;
        }
        if (compression(section) == COMPRESSION_NONE) {
            if (stored.length() != target.length()) {
                return false;
            }
            target.put(0, stored);
        }
        return true;
    }
}
