package k23.loader.compress;

import k23.sdk.word.Address;
import k23.sdk.word.Span;

/**
 * A decoder of LZ4 frames (LZ4 Frame Format 1.6, LZ4 Block Format). The optional checksums are
 * passed over: the container's digest has covered every byte already.
 */
public final class Lz4Frame {
    private static final int MAGIC = 0x184D2204;
    private static final int VERSION_MASK = 0xc0;
    private static final int VERSION_1 = 0x40;
    private static final int BLOCK_CHECKSUM = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int CONTENT_CHECKSUM = 0x04;
    private static final int RESERVED = 0x02;
    private static final int DICTIONARY = 0x01;
    private static final int UNCOMPRESSED = 1 << 31;
    private static final int CHECKSUM_BYTES = 4;
    private static final int MIN_MATCH = 4;

    /** A position in the input, or what went wrong there. */
    private record Progress(long input, long output, Lz4Problem problem) {
        static Progress failed(Lz4Problem problem) {
            return new Progress(0, 0, problem);
        }

        boolean isFailed() {
            return problem != Lz4Problem.NONE;
        }
    }

    private Lz4Frame() {}

    /** Decodes the one frame that {@code input} is, to exactly all of {@code output}. */
    public static Lz4Problem decode(Span input, Span output) {
        if (!input.contains(0, 7)) {
            return Lz4Problem.TRUNCATED;
        }
        if (input.getInt(0) != MAGIC) {
            return Lz4Problem.BAD_MAGIC;
        }
        int flags = input.getUnsignedByte(4);
        int sizes = input.getUnsignedByte(5);
        if ((flags & VERSION_MASK) != VERSION_1 || (flags & (RESERVED | DICTIONARY)) != 0
                || (sizes & 0x8f) != 0 || sizes >> 4 < 4) {
            return Lz4Problem.UNSUPPORTED;
        }
        // 4 means blocks of at most 64 KiB, 5 of 256 KiB, 6 of 1 MiB, 7 of 4 MiB.
        long blockLimit = 1L << 8 + 2 * (sizes >> 4);
        long start = 7 + ((flags & CONTENT_SIZE) != 0 ? 8 : 0);
        Progress end = decodeBlocks(input, start, output, blockLimit,
                (flags & BLOCK_CHECKSUM) != 0);
        if (end.isFailed()) {
            return end.problem;
        }
        long behind = end.input + ((flags & CONTENT_CHECKSUM) != 0 ? CHECKSUM_BYTES : 0);
        if (behind != input.length()) {
            return behind < input.length() ? Lz4Problem.TRAILING_BYTES : Lz4Problem.TRUNCATED;
        }
        return end.output == output.length() ? Lz4Problem.NONE : Lz4Problem.OUTPUT_TOO_SMALL;
    }

    private static Progress decodeBlocks(Span input, long start, Span output, long blockLimit,
            boolean checksums) {
        long in = start;
        long out = 0;
        while (true) {
            if (!input.contains(in, 4)) {
                return Progress.failed(Lz4Problem.TRUNCATED);
            }
            int header = input.getInt(in);
            in += 4;
            if (header == 0) {
                return new Progress(in, out, Lz4Problem.NONE);
            }
            long size = header & ~UNCOMPRESSED;
            if (size > blockLimit) {
                return Progress.failed(Lz4Problem.BLOCK_TOO_LARGE);
            }
            if (!input.contains(in, size)) {
                return Progress.failed(Lz4Problem.TRUNCATED);
            }
            Progress block = (header & UNCOMPRESSED) != 0
                    ? copyLiterals(input, in, size, output, out)
                    : decodeBlock(input.slice(in, size), output, out);
            if (block.isFailed()) {
                return block;
            }
            in += size + (checksums ? CHECKSUM_BYTES : 0);
            out = block.output;
        }
    }

    private static Progress decodeBlock(Span block, Span output, long start) {
        long in = 0;
        long out = start;
        while (true) {
            if (!block.contains(in, 1)) {
                return Progress.failed(Lz4Problem.TRUNCATED);
            }
            int token = block.getUnsignedByte(in++);
            long literals = token >> 4;
            if (literals == 15) {
                long extended = extendedLength(block, in);
                literals += extended;
                in += extended / 255 + 1;
            }
            Progress copied = copyLiterals(block, in, literals, output, out);
            if (copied.isFailed()) {
                return copied;
            }
            in = copied.input;
            out = copied.output;
            if (in == block.length()) {
                return copied;
            }
            if (!block.contains(in, 2)) {
                return Progress.failed(Lz4Problem.TRUNCATED);
            }
            long distance = block.getUnsignedShort(in);
            in += 2;
            long length = (token & 15) + MIN_MATCH;
            if ((token & 15) == 15) {
                long extended = extendedLength(block, in);
                length += extended;
                in += extended / 255 + 1;
            }
            if (distance == 0 || distance > out) {
                return Progress.failed(Lz4Problem.BAD_DISTANCE);
            }
            if (!output.contains(out, length)) {
                return Progress.failed(Lz4Problem.OUTPUT_TOO_LARGE);
            }
            copyMatch(output.start().plus(out), distance, length);
            out += length;
        }
    }

    /**
     * The sum of a run of length bytes: each 255 continues it. A run that the block's end cuts off
     * gives a length that fits no output: the caller's next check refuses it.
     */
    private static long extendedLength(Span block, long at) {
        long sum = 0;
        for (long i = at; block.contains(i, 1); i++) {
            int next = block.getUnsignedByte(i);
            sum += next;
            if (next != 255) {
                return sum;
            }
        }
        return 1L << 40;
    }

    private static Progress copyLiterals(Span from, long in, long count, Span output, long out) {
        if (!from.contains(in, count)) {
            return Progress.failed(Lz4Problem.TRUNCATED);
        }
        if (!output.contains(out, count)) {
            return Progress.failed(Lz4Problem.OUTPUT_TOO_LARGE);
        }
        Address source = from.start().plus(in);
        Address target = output.start().plus(out);
        for (long i = 0; i < count; i++) {
            target.putByte(i, source.getByte(i));
        }
        return new Progress(in + count, out + count, Lz4Problem.NONE);
    }

    /** Copies from {@code distance} bytes back; the ranges overlap when the match repeats. */
    private static void copyMatch(Address target, long distance, long length) {
        for (long i = 0; i < length; i++) {
            target.putByte(i, target.getByte(i - distance));
        }
    }
}
