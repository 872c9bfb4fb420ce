package k23.loader.compress;

import k23.sdk.memory.RawMemory;
import k23.sdk.word.Span;

/**
 * A decoder of Zstandard (RFC 8878): of one frame or several, each with its checksum verified when
 * it has one. Skippable frames are skipped. Frames that need a dictionary are refused.
 *
 * <p>It allocates nothing: what it needs to remember is in the workspace, and the window is the
 * output itself, which is why a window costs nothing however large it is. One decoder does one
 * thing at a time.
 */
public final class ZstdDecoder {
    /** The bytes of memory that a decoder works in. */
    public static final long WORKSPACE_BYTES = ZstdLiterals.BYTES + ZstdSequences.BYTES;

    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE = 0x184D2A50;
    private static final int SKIPPABLE_HEADER_BYTES = 8;
    private static final int MAGIC_BYTES = 4;
    private static final int BLOCK_HEADER_BYTES = 3;
    private static final int CHECKSUM_BYTES = 4;

    private static final int SINGLE_SEGMENT = 0x20;
    private static final int RESERVED = 0x08;
    private static final int CHECKSUM = 0x04;
    private static final int DICTIONARY_ID = 0x03;

    private static final int RAW = 0;
    private static final int REPEATED = 1;
    private static final int COMPRESSED = 2;

    private static final int MIN_WINDOW_LOG = 10;
    private static final int MAX_WINDOW_LOG = 31;
    private static final long MAX_BLOCK_BYTES = 128 << 10;
    private static final long UNKNOWN = -1;

    private final ZstdLiterals literals = new ZstdLiterals();
    private final ZstdSequences sequences = new ZstdSequences();

    private long in;
    private long out;
    private int descriptor;
    private long windowBytes;
    private long contentBytes;

    /**
     * Decodes all of {@code input} to exactly all of {@code output}.
     *
     * @param workspace at least {@link #WORKSPACE_BYTES}, at a multiple of 8
     */
    public ZstdResult decode(Span input, Span output, Span workspace) {
        in = 0;
        out = 0;
        ZstdProblem problem;
        long at;
        do {
            at = in;
            problem = decodeFrame(input, output, workspace);
        } while (problem == ZstdProblem.NONE && in < input.length());
        if (problem == ZstdProblem.NONE && out != output.length()) {
            problem = ZstdProblem.OUTPUT_TOO_SMALL;
        }
        return new ZstdResult(problem, problem == ZstdProblem.NONE ? in : Math.max(at, in));
    }

    private ZstdProblem decodeFrame(Span input, Span output, Span workspace) {
        if (!input.contains(in, MAGIC_BYTES)) {
            return ZstdProblem.TRUNCATED;
        }
        int magic = input.getInt(in);
        if ((magic & -16) == SKIPPABLE) {
            return skip(input);
        }
        if (magic != MAGIC) {
            return ZstdProblem.BAD_MAGIC;
        }
        ZstdProblem problem = readHeader(input);
        if (problem != ZstdProblem.NONE) {
            return problem;
        }
        if (contentBytes != UNKNOWN
                && Long.compareUnsigned(contentBytes, output.length() - out) > 0) {
            return ZstdProblem.OUTPUT_TOO_LARGE;
        }
        long start = out;
        literals.reset(workspace);
        sequences.reset(workspace.from(ZstdLiterals.BYTES), output.start().value() + start,
                windowBytes);
        problem = decodeBlocks(input, output);
        if (problem == ZstdProblem.NONE && contentBytes != UNKNOWN
                && contentBytes != out - start) {
            return ZstdProblem.BAD_CONTENT_SIZE;
        }
        if (problem == ZstdProblem.NONE && (descriptor & CHECKSUM) != 0) {
            return verify(input, output.slice(start, out - start));
        }
        return problem;
    }

    /** RFC 8878, section 3.1.2. */
    private ZstdProblem skip(Span input) {
        if (!input.contains(in, SKIPPABLE_HEADER_BYTES)) {
            return ZstdProblem.TRUNCATED;
        }
        long bytes = input.getInt(in + MAGIC_BYTES) & 0xffffffffL;
        if (!input.contains(in + SKIPPABLE_HEADER_BYTES, bytes)) {
            return ZstdProblem.TRUNCATED;
        }
        in += SKIPPABLE_HEADER_BYTES + bytes;
        return ZstdProblem.NONE;
    }

    /** RFC 8878, section 3.1.1.1. */
    private ZstdProblem readHeader(Span input) {
        long at = in + MAGIC_BYTES;
        if (!input.contains(at, 1)) {
            return ZstdProblem.TRUNCATED;
        }
        descriptor = input.getUnsignedByte(at++);
        if ((descriptor & RESERVED) != 0) {
            return ZstdProblem.UNSUPPORTED;
        }
        boolean isSingle = (descriptor & SINGLE_SEGMENT) != 0;
        int idBytes = 1 << (descriptor & DICTIONARY_ID) >> 1; // 0, 1, 2 or 4
        int sizeCode = descriptor >> 6;
        int sizeBytes = sizeCode == 0 ? isSingle ? 1 : 0 : 1 << sizeCode;
        int windowByte = isSingle ? 0 : 1;
        if (!input.contains(at, windowByte + idBytes + sizeBytes)) {
            return ZstdProblem.TRUNCATED;
        }
        if (!isSingle) {
            int window = input.getUnsignedByte(at);
            int log = MIN_WINDOW_LOG + (window >> 3);
            if (log > MAX_WINDOW_LOG) {
                return ZstdProblem.UNSUPPORTED;
            }
            windowBytes = (1L << log) + (1L << log >> 3) * (window & 7);
            at++;
        }
        if (littleEndian(input, at, idBytes) != 0) {
            return ZstdProblem.DICTIONARY;
        }
        at += idBytes;
        contentBytes = sizeBytes == 0 ? UNKNOWN
                : littleEndian(input, at, sizeBytes) + (sizeCode == 1 ? 256 : 0);
        if (isSingle) {
            windowBytes = contentBytes;
        }
        in = at + sizeBytes;
        return ZstdProblem.NONE;
    }

    private static long littleEndian(Span input, long at, int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (long) input.getUnsignedByte(at + i) << 8 * i;
        }
        return number;
    }

    /** RFC 8878, section 3.1.1.2. */
    private ZstdProblem decodeBlocks(Span input, Span output) {
        long limit = Math.min(windowBytes, MAX_BLOCK_BYTES);
        while (input.contains(in, BLOCK_HEADER_BYTES)) {
            long header = littleEndian(input, in, BLOCK_HEADER_BYTES);
            int type = (int) header >> 1 & 3;
            long size = header >>> 3;
            long stored = type == REPEATED ? 1 : size;
            if (type > COMPRESSED) {
                return ZstdProblem.BAD_BLOCK;
            }
            if (size > limit) {
                return ZstdProblem.BLOCK_TOO_LARGE;
            }
            if (!input.contains(in + BLOCK_HEADER_BYTES, stored)) {
                return ZstdProblem.TRUNCATED;
            }
            Span block = input.slice(in + BLOCK_HEADER_BYTES, stored);
            ZstdProblem problem = type == COMPRESSED ? decodeBlock(block, output, limit)
                    : copyBlock(block, type, size, output);
            if (problem != ZstdProblem.NONE) {
                return problem;
            }
            in += BLOCK_HEADER_BYTES + stored;
            if ((header & 1) != 0) {
                return ZstdProblem.NONE;
            }
        }
        return ZstdProblem.TRUNCATED;
    }

    private ZstdProblem copyBlock(Span block, int type, long size, Span output) {
        if (!output.contains(out, size)) {
            return ZstdProblem.OUTPUT_TOO_LARGE;
        }
        long target = output.start().value() + out;
        if (type == RAW) {
            RawMemory.copy(block.start().value(), target, size);
        } else {
            RawMemory.fill(target, size, block.getByte(0));
        }
        out += size;
        return ZstdProblem.NONE;
    }

    private ZstdProblem decodeBlock(Span block, Span output, long limit) {
        ZstdProblem problem = literals.decode(block, limit);
        if (problem != ZstdProblem.NONE) {
            return problem;
        }
        long room = output.length() - out;
        long start = output.start().value() + out;
        problem = sequences.decode(block.from(literals.behind()), literals, start,
                start + Math.min(room, limit));
        if (problem == ZstdProblem.OUTPUT_TOO_LARGE && limit < room) {
            return ZstdProblem.BLOCK_TOO_LARGE;
        }
        out += sequences.written() - start;
        return problem;
    }

    private ZstdProblem verify(Span input, Span content) {
        if (!input.contains(in, CHECKSUM_BYTES)) {
            return ZstdProblem.TRUNCATED;
        }
        if (input.getInt(in) != (int) Xxh64.hash(content)) {
            return ZstdProblem.BAD_CHECKSUM;
        }
        in += CHECKSUM_BYTES;
        return ZstdProblem.NONE;
    }
}
