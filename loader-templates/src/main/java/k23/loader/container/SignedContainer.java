package k23.loader.container;

import k23.loader.compress.Lz4Frame;
import k23.loader.compress.Lz4Problem;
import k23.loader.compress.ZstdDecoder;
import k23.loader.compress.ZstdProblem;
import k23.loader.crypto.Ed25519;
import k23.loader.crypto.Sha512;
import k23.sdk.word.Span;

/**
 * A container as it lies behind the loader (docs/FORMATS.md, "The container"). Only after
 * {@link #verify} has returned {@link ContainerProblem#NONE} may anything else be asked.
 *
 * <p>The order is the point: bounds, key, signature over the whole header, rollback index, digest
 * of every section. What a section says is not looked at before all of that.
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
    private static final int HEADER_FIXED_BYTES = 96;
    private static final int SECTION_BYTES = 128;
    private static final int MAX_HEADER_BYTES = 4096;
    private static final int ALIGNMENT = 16;
    private static final int COMPRESSION_NONE = 0;
    private static final int COMPRESSION_LZ4 = 1;
    private static final int COMPRESSION_ZSTD = 2;
    private static final int DIGEST_AT = 64;

    private static final ZstdDecoder ZSTD = new ZstdDecoder();
    private static final Sha512 HASH = new Sha512();
    private static final byte[] DIGEST = new byte[Sha512.DIGEST_BYTES];
    private static final byte[] KEY = new byte[Ed25519.KEY_BYTES];
    private static final byte[] SIGNATURE = new byte[Ed25519.SIGNATURE_BYTES];

    /** The first thing wrong with this container, or {@link ContainerProblem#NONE}. */
    public ContainerProblem verify(VerifyingKeys keys) {
        ContainerProblem problem = checkHeader();
        if (problem != ContainerProblem.NONE) {
            return problem;
        }
        if (!keys.find(bytes.getLong(24), KEY)) {
            return ContainerProblem.UNKNOWN_KEY;
        }
        bytes.get(headerBytes(), SIGNATURE, 0, Ed25519.SIGNATURE_BYTES);
        if (!Ed25519.verify(KEY, 0, SIGNATURE, bytes.slice(0, headerBytes()))) {
            return ContainerProblem.BAD_SIGNATURE;
        }
        if (Long.compareUnsigned(rollbackIndex(), keys.minimumRollbackIndex()) < 0) {
            return ContainerProblem.ROLLED_BACK;
        }
        return checkSections();
    }

    /** What is checked before there is a key to check the signature by. */
    ContainerProblem checkHeader() {
        if (!bytes.contains(0, HEADER_FIXED_BYTES) || bytes.getLong(0) != MAGIC) {
            return ContainerProblem.BAD_MAGIC;
        }
        if (bytes.getInt(8) != 1 || bytes.getInt(36) != 0) {
            return ContainerProblem.UNSUPPORTED;
        }
        for (int i = 48; i < HEADER_FIXED_BYTES; i += 8) {
            if (bytes.getLong(i) != 0) {
                return ContainerProblem.UNSUPPORTED;
            }
        }
        int sections = bytes.getInt(32);
        int maximum = (MAX_HEADER_BYTES - HEADER_FIXED_BYTES) / SECTION_BYTES;
        if (sections < 1 || sections > maximum
                || headerBytes() != HEADER_FIXED_BYTES + sections * SECTION_BYTES
                || !bytes.contains(0, length())
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

    private static long header(int section) {
        return HEADER_FIXED_BYTES + (long) section * SECTION_BYTES;
    }

    /** Sections follow one another without overlap; each is what its digest says. */
    ContainerProblem checkSections() {
        long behind = headerBytes() + Ed25519.SIGNATURE_BYTES;
        for (int i = 0; i < sections(); i++) {
            long at = header(i);
            int kind = bytes.getInt(at);
            int compression = bytes.getInt(at + 4);
            long offset = bytes.getLong(at + 8);
            long stored = bytes.getLong(at + 16);
            if (kind != PAYLOAD && kind != BUNDLE || find(kind) != i) {
                return ContainerProblem.BAD_SECTIONS;
            }
            if (compression < COMPRESSION_NONE || compression > COMPRESSION_ZSTD
                    || Long.compareUnsigned(rawBytes(i), MAX_RAW_BYTES) > 0) {
                return ContainerProblem.BAD_COMPRESSION;
            }
            for (int k = 32; k < DIGEST_AT; k += 8) {
                if (bytes.getLong(at + k) != 0) {
                    return ContainerProblem.UNSUPPORTED;
                }
            }
            if (offset < behind || offset % ALIGNMENT != 0 || offset > length()
                    || stored < 0 || stored > length() - offset || !isZero(behind, offset)) {
                return ContainerProblem.BAD_BOUNDS;
            }
            if (!hasDigest(bytes.slice(offset, stored), at + DIGEST_AT)) {
                return ContainerProblem.BAD_DIGEST;
            }
            behind = offset + stored;
        }
        if (!isZero(behind, length())) {
            return ContainerProblem.BAD_BOUNDS;
        }
        return find(PAYLOAD) < 0 ? ContainerProblem.BAD_SECTIONS : ContainerProblem.NONE;
    }

    /** Gaps are zero, so that no byte of a container is free to change. */
    private boolean isZero(long from, long to) {
        for (long i = from; i < to; i++) {
            if (bytes.getByte(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean hasDigest(Span data, long expectedAt) {
        HASH.reset();
        HASH.update(data);
        HASH.digest(DIGEST);
        int difference = 0;
        for (int i = 0; i < Sha512.DIGEST_BYTES; i++) {
            difference |= DIGEST[i] ^ bytes.getByte(expectedAt + i);
        }
        return difference == 0;
    }

    /** The section of kind {@code kind}, or -1; the first when there are several. */
    public int find(int kind) {
        for (int i = 0; i < sections(); i++) {
            if (bytes.getInt(header(i)) == kind) {
                return i;
            }
        }
        return -1;
    }

    /** The size of a section when it is unpacked. */
    public long rawBytes(int section) {
        return bytes.getLong(header(section) + 24);
    }

    /** The memory that {@link #unpack} works in, in bytes; 0 when it needs none. */
    public long workspaceBytes(int section) {
        return bytes.getInt(header(section) + 4) == COMPRESSION_ZSTD
                ? ZstdDecoder.WORKSPACE_BYTES : 0;
    }

    /**
     * Unpacks a section to exactly all of {@code target}.
     *
     * @param workspace {@link #workspaceBytes} of memory at a multiple of 8; what it holds then is
     *                  of no use
     */
    public ContainerProblem unpack(int section, Span target, Span workspace) {
        long at = header(section);
        Span stored = bytes.slice(bytes.getLong(at + 8), bytes.getLong(at + 16));
        if (bytes.getInt(at + 4) == COMPRESSION_LZ4) {
            return Lz4Frame.decode(stored, target) == Lz4Problem.NONE
                    ? ContainerProblem.NONE : ContainerProblem.BAD_COMPRESSION;
        }
        if (bytes.getInt(at + 4) == COMPRESSION_ZSTD) {
            return ZSTD.decode(stored, target, workspace).problem() == ZstdProblem.NONE
                    ? ContainerProblem.NONE : ContainerProblem.BAD_COMPRESSION;
        }
        if (stored.length() != target.length()) {
            return ContainerProblem.BAD_COMPRESSION;
        }
        target.put(0, stored);
        return ContainerProblem.NONE;
    }
}
