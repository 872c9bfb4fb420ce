package k23.codegen.link;

/** The instructions of one function that make and take down frames, compressed or not. */
final class FrameCode {
    /** An instruction in both its sizes; the short one may have two encodings. */
    private record Form(int wide, int narrow, int other) {
        Form(int wide, int narrow) {
            this(wide, narrow, narrow);
        }
    }

    /**
     * A callee-saved register that is stored.
     *
     * @param register DWARF number: x0 to x31, then f0 to f31
     * @param offset   from sp
     */
    record Save(int register, int offset) { }

    private static final Form PUSH = new Form(0xff010113, 0x1141, 0x717d);
    private static final Form SAVE_RA = new Form(0x00113423, 0xe406);
    private static final Form SAVE_FP = new Form(0x00813023, 0xe022);
    private static final Form SET_FP = new Form(0x00010413, 0x840a);
    private static final Form LOAD_RA = new Form(0x00813083, 0x60a2);
    private static final Form LOAD_FP = new Form(0x00013403, 0x6402);
    private static final Form POP = new Form(0x01010113, 0x0141, 0x6141);
    private static final Form[] PROLOGUE = {PUSH, SAVE_RA, SAVE_FP, SET_FP};
    private static final int FLOAT_REGISTERS = 32;

    private final byte[] section;
    private final int start;
    private final int size;

    FrameCode(byte[] section, int start, int size) {
        this.section = section;
        this.start = start;
        this.size = size;
    }

    int size() {
        return size;
    }

    int lengthAt(int at) {
        return (section[start + at] & 3) == 3 ? 4 : 2;
    }

    private boolean is(int at, Form form) {
        if (at + lengthAtOrSize(at) > size) {
            return false;
        }
        return lengthAt(at) == 4 ? wide(at) == form.wide()
                : narrow(at) == form.narrow() || narrow(at) == form.other();
    }

    private int lengthAtOrSize(int at) {
        return at < size ? lengthAt(at) : size + 1;
    }

    private int wide(int at) {
        return LittleEndian.getInt(section, start + at);
    }

    private int narrow(int at) {
        return LittleEndian.getShort(section, start + at);
    }

    /** Ends of the four instructions of the prologue; empty if the function begins otherwise. */
    int[] prologue() {
        int[] ends = new int[PROLOGUE.length];
        int at = 0;
        for (int i = 0; i < ends.length; i++) {
            if (!is(at, PROLOGUE[i])) {
                return new int[0];
            }
            at += lengthAt(at);
            ends[i] = at;
        }
        return ends;
    }

    /** End of the load of the frame pointer if an epilogue begins at {@code at}, else -1. */
    int epilogueAt(int at) {
        if (!is(at, LOAD_RA)) {
            return -1;
        }
        int second = at + lengthAt(at);
        if (!is(second, LOAD_FP)) {
            return -1;
        }
        int third = second + lengthAt(second);
        return is(third, POP) ? third : -1;
    }

    /** Whether control leaves for good: jr, j, jalr zero or jal zero. */
    boolean isJumpAt(int at) {
        if (lengthAt(at) == 2) {
            int n = at + 2 <= size ? narrow(at) : 0;
            return (n & 0xf07f) == 0x8002 || (n & 0xe003) == 0xa001;
        }
        return at + 4 <= size && ((wide(at) & 0xfff) == 0x067 || (wide(at) & 0xfff) == 0x06f);
    }

    /** By how many bytes {@code addi sp, sp, -n} at {@code at} grows the stack, else 0. */
    int stackGrowthAt(int at) {
        if (at + lengthAtOrSize(at) > size) {
            return 0;
        }
        int amount = 0;
        if (lengthAt(at) == 4) {
            amount = (wide(at) & 0xfffff) == 0x10113 ? wide(at) >> 20 : 0;
        } else if ((narrow(at) & 0xef83) == 0x6101) {
            int n = narrow(at);
            amount = (n >> 12 & 1) * -512 | (n >> 3 & 3) << 7 | (n >> 5 & 1) << 6
                    | (n >> 2 & 1) << 5 | (n >> 6 & 1) << 4;
        } else if ((narrow(at) & 0xef83) == 0x0101) {
            amount = (narrow(at) >> 12 & 1) * -32 | narrow(at) >> 2 & 0x1f;
        }
        return amount < 0 ? -amount : 0;
    }

    /** A store of a callee-saved register to the stack, or null. */
    Save saveAt(int at) {
        if (at + lengthAtOrSize(at) > size) {
            return null;
        }
        int register;
        int offset;
        if (lengthAt(at) == 4) {
            int w = wide(at);
            boolean isFloat = (w & 0xff07f) == 0x13027;
            if (!isFloat && (w & 0xff07f) != 0x13023) {
                return null;
            }
            register = (w >> 20 & 31) + (isFloat ? FLOAT_REGISTERS : 0);
            offset = w >> 25 << 5 | w >> 7 & 31;
        } else {
            int n = narrow(at);
            boolean isFloat = (n & 0xe003) == 0xa002;
            if (!isFloat && (n & 0xe003) != 0xe002) {
                return null;
            }
            register = (n >> 2 & 31) + (isFloat ? FLOAT_REGISTERS : 0);
            offset = (n >> 10 & 7) << 3 | (n >> 7 & 7) << 6;
        }
        int number = register % FLOAT_REGISTERS;
        return number == 9 || number >= 18 && number <= 27 || register == 40
                ? new Save(register, offset) : null;
    }
}
