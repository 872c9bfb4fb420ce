package k23.loader.compress;

import k23.sdk.word.Span;

/** The sequences of a block, each some literals and a match (RFC 8878, section 3.1.1.3.2). */
final class ZstdSequences {
    private static final int LENGTH_LOG = 9;
    private static final int OFFSET_LOG = 8;
    private static final int PREDEFINED_LENGTH_LOG = 6;
    private static final int PREDEFINED_OFFSET_LOG = 5;
    private static final int PREDEFINED = 0;
    private static final int SINGLE = 1;
    private static final int DESCRIBED = 2;
    private static final int RESERVED_MODES = 3;

    /** The bytes that the three tables take in the workspace. */
    static final long BYTES = (8L << LENGTH_LOG) * 2 + (8L << OFFSET_LOG);

    private final FseTable literalLengths = new FseTable(
            ZstdCodes.LITERAL_LENGTHS, ZstdCodes.LITERAL_LENGTHS.length, LENGTH_LOG);
    private final FseTable offsets = new FseTable(
            ZstdCodes.OFFSETS, ZstdCodes.OFFSETS.length, OFFSET_LOG);
    private final FseTable matchLengths = new FseTable(
            ZstdCodes.MATCH_LENGTHS, ZstdCodes.MATCH_LENGTHS.length, LENGTH_LOG);

    private long frameStart;
    private long windowBytes;
    private long repeat1;
    private long repeat2;
    private long repeat3;

    private long literals;
    private long literalsEnd;
    private long out;
    private long outEnd;
    private ZstdProblem problem;

    /** Begins a frame whose content goes to {@code start}: nothing is there to repeat. */
    void reset(Span workspace, long start, long window) {
        long address = workspace.slice(0, BYTES).start().value();
        literalLengths.reset(address);
        matchLengths.reset(address + literalLengths.bytes());
        offsets.reset(address + 2 * literalLengths.bytes());
        frameStart = start;
        windowBytes = window;
        repeat1 = 1;
        repeat2 = 4;
        repeat3 = 8;
    }

    /** The address behind what {@link #decode} has written. */
    long written() {
        return out;
    }

    /** Decodes the section that {@code in} is, between {@code target} and {@code end}. */
    ZstdProblem decode(Span in, ZstdLiterals from, long target, long end) {
        literals = from.address();
        literalsEnd = literals + from.count();
        out = target;
        outEnd = end;
        problem = ZstdProblem.NONE;
        if (in.length() == 0) {
            return ZstdProblem.BAD_SEQUENCES;
        }
        int first = in.getUnsignedByte(0);
        int header = first < 128 ? 1 : first < 255 ? 2 : 3;
        if (!in.contains(0, header)) {
            return ZstdProblem.BAD_SEQUENCES;
        }
        int number = first;
        if (header == 2) {
            number = (first - 128 << 8) + in.getUnsignedByte(1);
        } else if (header == 3) {
            number = in.getUnsignedShort(1) + 0x7f00;
        }
        if (number == 0) {
            problem = in.length() == header ? ZstdProblem.NONE : ZstdProblem.BAD_SEQUENCES;
        } else {
            decodeAll(in.from(header), number);
        }
        return problem == ZstdProblem.NONE ? copyRest() : problem;
    }

    private void decodeAll(Span in, int number) {
        if (in.length() == 0 || (in.getUnsignedByte(0) & RESERVED_MODES) != 0) {
            problem = ZstdProblem.BAD_SEQUENCES;
            return;
        }
        int modes = in.getUnsignedByte(0);
        long at = 1;
        at = table(literalLengths, modes >> 6, in, at, ZstdCodes.LITERAL_LENGTH_COUNTS,
                PREDEFINED_LENGTH_LOG);
        at = table(offsets, modes >> 4 & 3, in, at, ZstdCodes.OFFSET_COUNTS,
                PREDEFINED_OFFSET_LOG);
        at = table(matchLengths, modes >> 2 & 3, in, at, ZstdCodes.MATCH_LENGTH_COUNTS,
                PREDEFINED_LENGTH_LOG);
        if (problem == ZstdProblem.NONE) {
            decodeStream(in.from(at), number);
        }
    }

    /** Makes a table in one of the four modes; the offset behind its description. */
    private long table(FseTable table, int mode, Span in, long at, byte[] predefined, int log) {
        if (problem != ZstdProblem.NONE) {
            return at;
        }
        switch (mode) {
            case PREDEFINED -> table.predefine(predefined, log);
            case SINGLE -> {
                if (in.contains(at, 1) && table.repeat(in.getUnsignedByte(at))) {
                    return at + 1;
                }
                problem = ZstdProblem.BAD_TABLE;
            }
            case DESCRIBED -> {
                long bytes = table.read(in.from(at));
                if (bytes >= 0) {
                    return at + bytes;
                }
                problem = ZstdProblem.BAD_TABLE;
            }
            default -> problem = table.isKnown() ? ZstdProblem.NONE : ZstdProblem.NO_TABLE;
        }
        return at;
    }

    private void decodeStream(Span stream, int number) {
        long position = BackwardBits.last(stream);
        if (position < 0) {
            problem = ZstdProblem.BAD_SEQUENCES;
            return;
        }
        long base = BackwardBits.base(stream.start().value());
        long first = BackwardBits.first(stream.start().value());
        long window = BackwardBits.window(base, position);
        long literalState = BackwardBits.top(window, literalLengths.log());
        window <<= literalLengths.log();
        long offsetState = BackwardBits.top(window, offsets.log());
        window <<= offsets.log();
        long matchState = BackwardBits.top(window, matchLengths.log());
        position -= literalLengths.log() + offsets.log() + matchLengths.log();
        for (int left = number; left > 0; left--) {
            long literal = literalLengths.entry(literalState);
            long offset = offsets.entry(offsetState);
            long match = matchLengths.entry(matchState);
            // At most 31, 16 and 16 bits: one window has them all.
            window = BackwardBits.window(base, position);
            int offsetBits = FseTable.extraBits(offset);
            int matchBits = FseTable.extraBits(match);
            int literalBits = FseTable.extraBits(literal);
            long distance = FseTable.baseline(offset) + BackwardBits.top(window, offsetBits);
            window <<= offsetBits;
            long length = FseTable.baseline(match) + BackwardBits.top(window, matchBits);
            window <<= matchBits;
            long run = FseTable.baseline(literal) + BackwardBits.top(window, literalBits);
            position -= offsetBits + matchBits + literalBits;
            if (position < first || !execute(run, length, distance)) {
                break;
            }
            if (left > 1) {
                window = BackwardBits.window(base, position);
                int bits = FseTable.nextBits(literal);
                literalState = FseTable.nextBase(literal) + BackwardBits.top(window, bits);
                window <<= bits;
                position -= bits;
                bits = FseTable.nextBits(match);
                matchState = FseTable.nextBase(match) + BackwardBits.top(window, bits);
                window <<= bits;
                position -= bits;
                bits = FseTable.nextBits(offset);
                offsetState = FseTable.nextBase(offset) + BackwardBits.top(window, bits);
                position -= bits;
            }
        }
        if (position != first && problem == ZstdProblem.NONE) {
            problem = ZstdProblem.BAD_SEQUENCES;
        }
    }

    /** Copies literals and match; false if that would leave the bounds. */
    private boolean execute(long run, long length, long offset) {
        if (run > literalsEnd - literals) {
            problem = ZstdProblem.BAD_SEQUENCES;
            return false;
        }
        if (run + length > outEnd - out) {
            problem = ZstdProblem.OUTPUT_TOO_LARGE;
            return false;
        }
        Copies.literals(literals, out, run);
        literals += run;
        out += run;
        long distance = distance(offset, run);
        if (distance <= 0 || distance > Math.min(out - frameStart, windowBytes)) {
            problem = ZstdProblem.BAD_DISTANCE;
            return false;
        }
        Copies.match(out, distance, length);
        out += length;
        return true;
    }

    /** Offsets 1 to 3 stand for the last three distances (RFC 8878, section 3.1.1.5). */
    private long distance(long offset, long run) {
        long distance = offset - 3;
        if (distance <= 0) {
            long which = run == 0 ? offset + 1 : offset;
            if (which == 1) {
                return repeat1;
            }
            distance = which == 2 ? repeat2 : which == 3 ? repeat3 : repeat1 - 1;
            if (which == 2) {
                repeat2 = repeat1;
                repeat1 = distance;
                return distance;
            }
        }
        repeat3 = repeat2;
        repeat2 = repeat1;
        repeat1 = distance;
        return distance;
    }

    private ZstdProblem copyRest() {
        long rest = literalsEnd - literals;
        if (rest > outEnd - out) {
            return ZstdProblem.OUTPUT_TOO_LARGE;
        }
        Copies.literals(literals, out, rest);
        out += rest;
        return ZstdProblem.NONE;
    }
}
