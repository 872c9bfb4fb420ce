package k23.runtime.parse;

import k23.runtime.module.ErrorCode;
import k23.runtime.module.Features;

/**
 * One instruction with its immediates (Core 2.0, section 5.4), overwritten by each
 * {@link #read}. Which of the accessors mean something depends on {@link Opcode#immediate}.
 */
public final class Instruction {
    /** The block type that takes and gives nothing. */
    private static final int EMPTY_BLOCK = 0x40;
    private static final int TYPE_BITS = 0xc0;
    private static final int MEMORY_FLAG = 0x40;
    private static final int FIRST_CAPACITY = 16;

    private final Features features;
    /** As {@link Opcode#immediate}, less what the features lack. */
    private final byte[] immediates = new byte[Opcode.COUNT];
    private int position;
    private int opcode;
    private int immediate;
    private int index;
    private int second;
    private int alignment;
    private int typeCode;
    private long bits;
    private int[] list = new int[FIRST_CAPACITY];
    private int listSize;

    /** An instruction of a module with these features. */
    public Instruction(Features features) {
        this.features = features;
        for (int op = 0; op < Opcode.COUNT; op++) {
            immediates[op] = features.has(Opcode.features(op)) ? (byte) Opcode.immediate(op)
                    : Immediate.ILLEGAL;
        }
    }

    /** Index of the opcode's first byte. */
    public int position() {
        return position;
    }

    /** Which instruction: a constant of {@link Opcode}. */
    public int opcode() {
        return opcode;
    }

    /** What follows the opcode, one of {@link Immediate}. */
    public int immediate() {
        return immediate;
    }

    /**
     * The index: of a label, function, local, global, table, memory or segment; the first one of
     * two; of a block's type, or -1 when {@link #typeCode} says it.
     */
    public int index() {
        return index;
    }

    /** The second index: a table's or memory's behind that of a type or segment; the source. */
    public int second() {
        return second;
    }

    /** Binary logarithm of an access's alignment. */
    public int alignment() {
        return alignment;
    }

    /** A number's bits, floats' too, or an access's unsigned offset. */
    public long bits() {
        return bits;
    }

    /** The code of a block's result type (0: none) or of a null reference's type. */
    public int typeCode() {
        return typeCode;
    }

    /** How many labels or types the list has; a table's default label, the last, included. */
    public int listSize() {
        return listSize;
    }

    /** A label or the code of a type of the list. */
    public int listItem(int at) {
        return list[at];
    }

    /** Reads the next instruction; false when it failed. */
    public boolean read(BinaryReader in) {
        position = in.position();
        int first = in.u8();
        int op = first;
        if (Opcode.isPrefix(first)) {
            op = Opcode.of(first, in.u32());
        }
        opcode = op;
        immediate = op < 0 ? Immediate.ILLEGAL : immediates[op];
        if (immediate > Immediate.NONE) {
            immediate(in);
        } else if (immediate == Immediate.ILLEGAL) {
            in.fail(ErrorCode.ILLEGAL_OPCODE, first, position);
        }
        return !in.failed();
    }

    private void immediate(BinaryReader in) {
        switch (immediate) {
            case Immediate.INDEX -> index = in.u32();
            case Immediate.I32 -> bits = in.s32();
            case Immediate.ACCESS -> access(in);
            case Immediate.BLOCK -> block(in);
            case Immediate.I64 -> bits = in.s64();
            case Immediate.F32 -> bits = in.i32() & 0xffff_ffffL;
            case Immediate.F64 -> bits = in.i64();
            case Immediate.LABELS -> labels(in);
            case Immediate.TYPES -> types(in);
            case Immediate.REFERENCE -> typeCode = TypeReader.reference(in, features);
            case Immediate.MEMORY -> index = memory(in);
            case Immediate.TYPE_TABLE -> {
                index = in.u32();
                second = features.has(Features.REFERENCE_TYPES) ? in.u32() : zero(in);
            }
            case Immediate.ELEMENT_TABLE, Immediate.TABLES -> {
                index = in.u32();
                second = in.u32();
            }
            case Immediate.DATA_MEMORY -> {
                index = in.u32();
                second = memory(in);
            }
            case Immediate.MEMORIES -> {
                index = memory(in);
                second = memory(in);
            }
            default -> throw new IllegalStateException("immediate without a reader");
        }
    }

    private void access(BinaryReader in) {
        int at = in.position();
        int flags = in.u32();
        index = 0;
        if (features.has(Features.MULTI_MEMORY)) {
            if (Integer.compareUnsigned(flags, 2 * MEMORY_FLAG) >= 0) {
                in.fail(ErrorCode.MEMOP_FLAGS, at);
            }
            if ((flags & MEMORY_FLAG) != 0) {
                index = in.u32();
            }
            flags &= MEMORY_FLAG - 1;
        } else if (Integer.compareUnsigned(flags, Integer.SIZE) >= 0) {
            in.fail(ErrorCode.MEMOP_FLAGS, at);
        }
        alignment = flags;
        bits = features.has(Features.MEMORY64) ? in.u64() : in.u32() & 0xffff_ffffL;
    }

    private int memory(BinaryReader in) {
        return features.has(Features.MULTI_MEMORY) ? in.u32() : zero(in);
    }

    private static int zero(BinaryReader in) {
        int at = in.position();
        if (in.u8() != 0) {
            in.fail(ErrorCode.ZERO_BYTE, at);
        }
        return 0;
    }

    private void block(BinaryReader in) {
        int first = in.peek();
        index = -1;
        typeCode = 0;
        if (first == EMPTY_BLOCK) {
            in.skip(1);
        } else if ((first & TYPE_BITS) == EMPTY_BLOCK) {
            typeCode = TypeReader.value(in, features);
        } else {
            int at = in.position();
            long number = in.s33();
            if (number < 0 || !features.has(Features.MULTI_VALUE)) {
                in.fail(ErrorCode.VALUE_TYPE, at);
            }
            index = (int) number;
        }
    }

    private void labels(BinaryReader in) {
        int count = in.length();
        reserve(count + 1);
        for (int i = 0; i <= count; i++) {
            list[i] = in.u32();
        }
        listSize = count + 1;
    }

    private void types(BinaryReader in) {
        int count = in.length();
        reserve(count);
        for (int i = 0; i < count && !in.failed(); i++) {
            list[i] = TypeReader.value(in, features);
        }
        listSize = count;
    }

    private void reserve(int count) {
        if (count > list.length) {
            list = new int[Math.max(count, 2 * list.length)];
        }
    }
}
