package k23.image.loader;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import k23.codegen.link.ElfFile;
import k23.image.ImageException;
import k23.image.Limits;

/**
 * The variables of a loader as its file holds them: packed, since most of them start as zero. From
 * the end of the constants to the end of the variables the file has other bytes, of which the last
 * are these; at its start the loader moves all of them away. Words of 64 bits are packed: for each
 * 64 of them a word whose bits, the lowest first, tell which are not zero; and those.
 *
 * @param start the offset in the image of the bytes that move, a multiple of {@link #ALIGNMENT}
 * @param end the offset behind them, where the container starts when they have moved
 * @param packed the variables, a multiple of {@link #ALIGNMENT}; empty when nothing moves
 */
record PackedVariables(int start, int end, byte[] packed) {
    /** The symbol of {@code u32} start, {@code u32} where they move, {@code u32} packed bytes. */
    static final String SYMBOL = "k23_loader_moves";
    /** What offsets and sizes are multiples of. */
    static final int ALIGNMENT = 16;
    private static final int RECORD_BYTES = 12;

    /** Of a loader whose file is as its memory, the container at {@code end}. */
    static PackedVariables none(int end) {
        return new PackedVariables(end, end, new byte[0]);
    }

    /** Those of {@code file}, whose memory is {@code flat}, {@code end} bytes of it. */
    static PackedVariables of(ElfFile file, byte[] flat, int end) {
        var loads = file.segments().stream().filter(ElfFile.Segment::isLoad).toList();
        var variables = loads.getLast();
        if (loads.size() < 2 || !variables.isWritable()
                || variables.address() % Limits.PAGE_BYTES != 0 || end % Limits.PAGE_BYTES != 0) {
            throw new ImageException(
                    "K23-4201", "loader", "cannot be the loader: its last segment does not hold"
                            + " its variables, in whole pages");
        }
        var constants = loads.get(loads.size() - 2);
        int start = (int) aligned(constants.address() + constants.memBytes());
        var words = ByteBuffer.wrap(Arrays.copyOf(flat, end)).order(ByteOrder.LITTLE_ENDIAN);
        var out = ByteBuffer.allocate(2 * end).order(ByteOrder.LITTLE_ENDIAN);
        int memoryEnd = Math.toIntExact(variables.address() + variables.memBytes());
        for (int at = (int) variables.address(); at < memoryEnd;) {
            int bitsAt = out.position();
            out.putLong(0);
            long bits = 0;
            for (int i = 0; i < Long.SIZE; i++, at += Long.BYTES) {
                if (words.getLong(at) != 0) {
                    bits |= 1L << i;
                    out.putLong(words.getLong(at));
                }
            }
            out.putLong(bitsAt, bits);
        }
        int bytes = (int) aligned(out.position());
        if (bytes > end - start) {
            throw new ImageException(
                    "K23-4201", "loader", "cannot be the loader: its variables do not get smaller");
        }
        return new PackedVariables(start, end, Arrays.copyOf(out.array(), bytes));
    }

    /**
     * What {@code file} says, whose container is at {@code end} when all has moved.
     *
     * @throws ImageException K23-4102 if that cannot be
     */
    static PackedVariables read(String place, byte[] file, int end) {
        int at = LinuxHeader.of(file).movesAt();
        if (at == 0) {
            return none(end);
        }
        if (at >= LinuxHeader.BYTES && at <= end - RECORD_BYTES) {
            var in = ByteBuffer.wrap(file, at, RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            int start = in.getInt();
            int movedTo = in.getInt();
            int bytes = in.getInt();
            if (start >= at && start <= end && start % ALIGNMENT == 0 && bytes >= 0
                    && bytes % ALIGNMENT == 0 && bytes <= end - start
                    && movedTo >= end && movedTo <= file.length) {
                return new PackedVariables(
                        start, end, Arrays.copyOfRange(file, end - bytes, end));
            }
        }
        throw new ImageException(
                "K23-4102", place, "malformed image: what moves at its start is not inside of it");
    }

    void write(byte[] loader, int offset, long containerBytes) {
        ByteBuffer.wrap(loader).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, start)
                .putInt(offset + 4, fileBytes(containerBytes)).putInt(offset + 8, packed.length);
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** How many bytes of a container, its first ones, stand behind {@link #end} in the file. */
    private int first(long containerBytes) {
        long room = end - start - packed.length;
        return Math.toIntExact(Math.max(0, aligned(containerBytes) - room));
    }

    /** The size of the file; what moves goes behind it. */
    int fileBytes(long containerBytes) {
        return end + first(containerBytes);
    }

    /** Where the byte {@code offset} of a container of {@code containerBytes} is in the file. */
    int position(int offset, long containerBytes) {
        int first = first(containerBytes);
        return offset < first ? end + offset : start + offset - first;
    }

    /** The file of {@code loader}, up to {@link #start}, and {@code container}. */
    byte[] file(byte[] loader, byte[] container) {
        byte[] file = Arrays.copyOf(loader, fileBytes(container.length));
        int first = Math.min(first(container.length), container.length);
        System.arraycopy(container, 0, file, end, first);
        System.arraycopy(container, first, file, start, container.length - first);
        System.arraycopy(packed, 0, file, end - packed.length, packed.length);
        return file;
    }

    /** The container of {@code file}, and perhaps more. */
    byte[] container(byte[] file) {
        int movesAt = LinuxHeader.of(file).movesAt();
        int first = (movesAt == 0 ? file.length : ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN).getInt(movesAt + 4)) - end;
        int moved = end - packed.length - start;
        byte[] bytes = Arrays.copyOfRange(file, end, end + first + moved);
        System.arraycopy(file, start, bytes, first, moved);
        return bytes;
    }
}
