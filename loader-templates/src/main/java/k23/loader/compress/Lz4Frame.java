package k23.loader.compress;

import k23.sdk.memory.RawMemory;
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
    private static final int HEADER_BYTES = 7;
    private static final int CONTENT_SIZE_BYTES = 8;
    private static final int MIN_MATCH = 4;
    private static final int LONG_LENGTH = 15;

    /** The address behind what has been written, or what went wrong: two registers. */
    private record Progress(long output, Lz4Problem problem) {
        static Progress failed(Lz4Problem problem) {
            return new Progress(0, problem);
        }
    }

    /** A length and the address behind the bytes that gave it; the length is -1 if cut off. */
    private record Length(long value, long input) {}

    private Lz4Frame() {}

    /** Decodes the one frame that {@code input} is, to exactly all of {@code output}. */
    public static Lz4Problem decode(Span input, Span output) {
        Lz4Problem problem = checkHeader(input);
        if (problem != Lz4Problem.NONE) {
            return problem;
        }
        int flags = input.getUnsignedByte(4);
        // 4 means blocks of at most 64 KiB, 5 of 256 KiB, 6 of 1 MiB, 7 of 4 MiB.
        long blockLimit = 1L << 8 + 2 * (input.getUnsignedByte(5) >> 4);
        long in = HEADER_BYTES + ((flags & CONTENT_SIZE) != 0 ? CONTENT_SIZE_BYTES : 0);
        long out = output.start().value();
        while (input.contains(in, 4)) {
            int header = input.getInt(in);
            in += 4;
            if (header == 0) {
                long behind = in + ((flags & CONTENT_CHECKSUM) != 0 ? CHECKSUM_BYTES : 0);
                return checkEnd(behind, input, out, output);
            }
            long size = header & ~UNCOMPRESSED;
            if (size > blockLimit) {
                return Lz4Problem.BLOCK_TOO_LARGE;
            }
            if (!input.contains(in, size)) {
                return Lz4Problem.TRUNCATED;
            }
            Span block = input.slice(in, size);
            Progress done = (header & UNCOMPRESSED) != 0 ? copyBlock(block, out, output)
                    : decodeBlock(block, out, output);
            if (done.problem != Lz4Problem.NONE) {
                return done.problem;
            }
            out = done.output;
            in += size + ((flags & BLOCK_CHECKSUM) != 0 ? CHECKSUM_BYTES : 0);
        }
        return Lz4Problem.TRUNCATED;
    }

    private static Lz4Problem checkHeader(Span input) {
        if (!input.contains(0, HEADER_BYTES)) {
            return Lz4Problem.TRUNCATED;
        }
        if (input.getInt(0) != MAGIC) {
            return Lz4Problem.BAD_MAGIC;
        }
        int flags = input.getUnsignedByte(4);
        int sizes = input.getUnsignedByte(5);
        boolean isKnown = (flags & VERSION_MASK) == VERSION_1
                && (flags & (RESERVED | DICTIONARY)) == 0 && (sizes & 0x8f) == 0 && sizes >> 4 >= 4;
        return isKnown ? Lz4Problem.NONE : Lz4Problem.UNSUPPORTED;
    }

    private static Lz4Problem checkEnd(long behind, Span input, long out, Span output) {
        if (behind != input.length()) {
            return behind < input.length() ? Lz4Problem.TRAILING_BYTES : Lz4Problem.TRUNCATED;
        }
        return out == output.end().value() ? Lz4Problem.NONE : Lz4Problem.OUTPUT_TOO_SMALL;
    }

    private static Progress copyBlock(Span block, long out, Span output) {
        if (block.length() > output.end().value() - out) {
            return Progress.failed(Lz4Problem.OUTPUT_TOO_LARGE);
        }
        RawMemory.copy(block.start().value(), out, block.length());
        return new Progress(out + block.length(), Lz4Problem.NONE);
    }

    /** Decodes one block: each round is a token, literals, and but for the last round a match. */
    private static Progress decodeBlock(Span block, long start, Span output) {
        long in = block.start().value();
        long inEnd = block.end().value();
        long out = start;
        long outEnd = output.end().value();
        while (in != inEnd) {
            Lz4Short.Position reached =
                    Lz4Short.decode(in, inEnd, out, outEnd, output.start().value());
            in = reached.input();
            out = reached.output();
            int token = unsignedByte(in++);
            long literals = token >> 4;
            if (literals == LONG_LENGTH) {
                Length length = longLength(in, inEnd);
                literals = length.value;
                in = length.input;
            }
            if (Long.compareUnsigned(literals, inEnd - in) > 0) {
                return Progress.failed(Lz4Problem.TRUNCATED);
            }
            if (literals > outEnd - out) {
                return Progress.failed(Lz4Problem.OUTPUT_TOO_LARGE);
            }
            Copies.literals(in, out, literals);
            in += literals;
            out += literals;
            if (in == inEnd) {
                return new Progress(out, Lz4Problem.NONE);
            }
            if (inEnd - in < 2) {
                return Progress.failed(Lz4Problem.TRUNCATED);
            }
            long distance = unsignedByte(in) | unsignedByte(in + 1) << 8;
            in += 2;
            long match = token & LONG_LENGTH;
            if (match == LONG_LENGTH) {
                Length length = longLength(in, inEnd);
                if (length.value < 0) {
                    return Progress.failed(Lz4Problem.TRUNCATED);
                }
                match = length.value;
                in = length.input;
            }
            match += MIN_MATCH;
            if (distance == 0 || distance > out - output.start().value()) {
                return Progress.failed(Lz4Problem.BAD_DISTANCE);
            }
            if (match > outEnd - out) {
                return Progress.failed(Lz4Problem.OUTPUT_TOO_LARGE);
            }
            Copies.match(out, distance, match);
            out += match;
        }
        return Progress.failed(Lz4Problem.TRUNCATED);
    }

    private static int unsignedByte(long address) {
        return RawMemory.loadByte(address) & 0xff;
    }

    /** 15 and a run of bytes to add to it: each 255 continues the run. */
    private static Length longLength(long at, long end) {
        long sum = LONG_LENGTH;
        for (long in = at; in != end;) {
            int next = unsignedByte(in++);
            sum += next;
            if (next != 255) {
                return new Length(sum, in);
            }
        }
        return new Length(-1, end);
    }
}
