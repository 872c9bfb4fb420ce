package k23.loader.compress;

import k23.sdk.memory.RawMemory;
import k23.sdk.word.Span;

/**
 * A decoder of LZ4 frames (LZ4 Frame Format 1.6, LZ4 Block Format) whose blocks do not depend on
 * one another and are full but for the last: several harts can decode them at once. The optional
 * checksums are passed over: the container's digest has covered every byte already.
 */
public final class Lz4Frame {
    private static final int MAGIC = 0x184D2204;
    private static final int VERSION_MASK = 0xc0;
    private static final int VERSION_1 = 0x40;
    private static final int INDEPENDENT = 0x20;
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

    /**
     * What a frame consists of.
     *
     * @param count   its blocks, 0 when there is a problem
     * @param problem what is wrong with the frame around them
     */
    public record Blocks(int count, Lz4Problem problem) {}

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
        Blocks blocks = blocks(input, output.length());
        Lz4Problem problem = blocks.problem;
        for (int i = 0; i < blocks.count && problem == Lz4Problem.NONE; i++) {
            problem = decodeBlock(input, i, output);
        }
        return problem;
    }

    /** How many blocks the one frame has that {@code input} is, whose content has a known size. */
    public static Blocks blocks(Span input, long rawBytes) {
        Lz4Problem problem = checkHeader(input);
        if (problem != Lz4Problem.NONE) {
            return new Blocks(0, problem);
        }
        long at = firstBlock(input);
        for (int count = 0; input.contains(at, 4); count++) {
            int header = input.getInt(at);
            if (header == 0) {
                long behind = at + 4 + (has(input, CONTENT_CHECKSUM) ? CHECKSUM_BYTES : 0);
                return new Blocks(count, checkEnd(input, behind, count, rawBytes));
            }
            if (size(header) > blockBytes(input)) {
                return new Blocks(0, Lz4Problem.BLOCK_TOO_LARGE);
            }
            at = nextBlock(input, at);
        }
        return new Blocks(0, Lz4Problem.TRUNCATED);
    }

    /**
     * Decodes one block to its place in {@code output}, which takes the whole frame. Several harts
     * may decode blocks at once where that starts at a multiple of 8: words are written whole.
     *
     * @param index less than the number of {@link #blocks}
     */
    public static Lz4Problem decodeBlock(Span input, int index, Span output) {
        long at = firstBlock(input);
        for (int i = 0; i < index; i++) {
            at = nextBlock(input, at);
        }
        int header = input.getInt(at);
        Span block = input.slice(at + 4, size(header));
        long from = index * blockBytes(input);
        Span part = output.slice(from, Math.min(blockBytes(input), output.length() - from));
        Progress done = (header & UNCOMPRESSED) != 0 ? copyBlock(block, part)
                : decodeBlock(block, part);
        return done.problem != Lz4Problem.NONE ? done.problem
                : done.output == part.end().value() ? Lz4Problem.NONE
                : Lz4Problem.OUTPUT_TOO_SMALL;
    }

    private static boolean has(Span input, int flag) {
        return (input.getUnsignedByte(4) & flag) != 0;
    }

    private static long firstBlock(Span input) {
        return HEADER_BYTES + (has(input, CONTENT_SIZE) ? CONTENT_SIZE_BYTES : 0);
    }

    private static long nextBlock(Span input, long at) {
        return at + 4 + size(input.getInt(at)) + (has(input, BLOCK_CHECKSUM) ? CHECKSUM_BYTES : 0);
    }

    private static long size(int blockHeader) {
        return blockHeader & ~UNCOMPRESSED;
    }

    /** What every block decodes to but the last: 4 means 64 KiB, 5 256 KiB, 6 1 MiB, 7 4 MiB. */
    private static long blockBytes(Span input) {
        return 1L << 8 + 2 * (input.getUnsignedByte(5) >> 4);
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
        boolean isKnown = (flags & (VERSION_MASK | INDEPENDENT)) == (VERSION_1 | INDEPENDENT)
                && (flags & (RESERVED | DICTIONARY)) == 0 && (sizes & 0x8f) == 0 && sizes >> 4 >= 4;
        return isKnown ? Lz4Problem.NONE : Lz4Problem.UNSUPPORTED;
    }

    private static Lz4Problem checkEnd(Span input, long behind, int count, long rawBytes) {
        if (behind != input.length()) {
            return behind < input.length() ? Lz4Problem.TRAILING_BYTES : Lz4Problem.TRUNCATED;
        }
        long blocks = (rawBytes + blockBytes(input) - 1) / blockBytes(input);
        return count == blocks ? Lz4Problem.NONE
                : count < blocks ? Lz4Problem.OUTPUT_TOO_SMALL : Lz4Problem.OUTPUT_TOO_LARGE;
    }

    private static Progress copyBlock(Span block, Span output) {
        if (block.length() > output.length()) {
            return Progress.failed(Lz4Problem.OUTPUT_TOO_LARGE);
        }
        output.put(0, block);
        return new Progress(output.start().value() + block.length(), Lz4Problem.NONE);
    }

    /** Decodes one block: each round is a token, literals, and but for the last round a match. */
    private static Progress decodeBlock(Span block, Span output) {
        long in = block.start().value();
        long inEnd = block.end().value();
        long out = output.start().value();
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
