package k23.loader.compress;

import k23.sdk.memory.RawMemory;
import k23.sdk.word.Span;

/** The literals of a block (RFC 8878, section 3.1.1.3.1). */
final class ZstdLiterals {
    private static final int RAW = 0;
    private static final int REPEATED = 1;
    private static final int TREELESS = 3;
    /** A block has no more literals than this. */
    private static final long MAX_LITERALS = 128 << 10;
    private static final int JUMP_TABLE_BYTES = 6;
    /** Fewer literals are never in four streams. */
    private static final int MIN_IN_FOUR = 6;

    /** The bytes that literals and their code take in the workspace. */
    static final long BYTES = MAX_LITERALS + HuffmanTable.BYTES + HuffmanTable.WEIGHT_TABLE_BYTES;

    private final HuffmanTable huffman = new HuffmanTable();
    private long buffer;
    private long address;
    private long count;
    private long behind;
    private ZstdProblem problem;

    /** Begins a frame: there is no code to repeat. */
    void reset(Span workspace) {
        buffer = workspace.slice(0, BYTES).start().value();
        long table = buffer + MAX_LITERALS;
        huffman.reset(table, table + HuffmanTable.BYTES);
    }

    /** Where the literals are, in the input or in the workspace. */
    long address() {
        return address;
    }

    /** How many there are. */
    long count() {
        return count;
    }

    /** The offset in the block behind this section. */
    long behind() {
        return behind;
    }

    /** Decodes the section that {@code block} starts with. */
    ZstdProblem decode(Span block, long blockLimit) {
        if (block.length() == 0) {
            return ZstdProblem.BAD_LITERALS;
        }
        int first = block.getUnsignedByte(0);
        int type = first & 3;
        int format = first >> 2 & 3;
        problem = ZstdProblem.NONE;
        if (type == RAW || type == REPEATED) {
            decodeStored(block, type, format, blockLimit);
        } else {
            decodePacked(block, type, format, blockLimit);
        }
        return problem;
    }

    private void decodeStored(Span block, int type, int format, long limit) {
        int header = format == 3 ? 3 : 1 + (format & 1);
        if (!block.contains(0, header)) {
            problem = ZstdProblem.BAD_LITERALS;
            return;
        }
        count = littleEndian(block, header) >>> (header == 1 ? 3 : 4);
        long stored = type == RAW ? count : 1;
        if (count > limit || !block.contains(header, stored)) {
            problem = ZstdProblem.BAD_LITERALS;
            return;
        }
        behind = header + stored;
        address = block.start().value() + header;
        if (type == REPEATED) {
            RawMemory.fill(buffer, count, block.getByte(header));
            address = buffer;
        }
    }

    private static long littleEndian(Span block, int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (long) block.getUnsignedByte(i) << 8 * i;
        }
        return number;
    }

    private void decodePacked(Span block, int type, int format, long limit) {
        int header = format < 2 ? 3 : format + 2;
        if (!block.contains(0, header)) {
            problem = ZstdProblem.BAD_LITERALS;
            return;
        }
        int width = header * 4 - 2;
        long sizes = littleEndian(block, header) >>> 4;
        long mask = (1L << width) - 1;
        count = sizes & mask;
        long stored = sizes >>> width & mask;
        if (count > limit || !block.contains(header, stored)) {
            problem = ZstdProblem.BAD_LITERALS;
            return;
        }
        behind = header + stored;
        address = buffer;
        Span streams = block.slice(header, stored);
        if (type == TREELESS) {
            if (!huffman.isKnown()) {
                problem = ZstdProblem.NO_TABLE;
                return;
            }
        } else {
            long bytes = huffman.read(streams);
            if (bytes < 0) {
                problem = ZstdProblem.BAD_HUFFMAN;
                return;
            }
            streams = streams.from(bytes);
        }
        if (!(format == 0 ? huffman.decode(streams, buffer, count) : decodeFour(streams))) {
            problem = ZstdProblem.BAD_LITERALS;
        }
    }

    /** Four streams, each of a quarter of the literals; the first three have their sizes. */
    private boolean decodeFour(Span streams) {
        if (count < MIN_IN_FOUR || !streams.contains(0, JUMP_TABLE_BYTES)) {
            return false;
        }
        long quarter = count + 3 >> 2;
        long at = JUMP_TABLE_BYTES;
        for (int i = 0; i < 3; i++) {
            long bytes = streams.getUnsignedShort(2 * i);
            if (!streams.contains(at, bytes)
                    || !huffman.decode(streams.slice(at, bytes), buffer + i * quarter, quarter)) {
                return false;
            }
            at += bytes;
        }
        return huffman.decode(streams.from(at), buffer + 3 * quarter, count - 3 * quarter);
    }
}
