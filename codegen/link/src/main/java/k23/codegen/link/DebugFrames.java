package k23.codegen.link;

import java.util.List;

/**
 * {@code .debug_frame} (DWARF 5, section 6.4). Cranelift hands out no unwind description, but its
 * frames always look the same, so they are read off the code: the record of the old frame pointer
 * and the return address, then the saved registers, and the same backwards before each return.
 */
final class DebugFrames {
    private static final int RA = 1;
    private static final int SP = 2;
    private static final int FP = 8;
    private static final int RECORD_BYTES = 16;
    private static final int DATA_ALIGNMENT = -8;
    private static final int REGISTERS = 32;
    /** A column of its own for the pc: ra is just a register of interrupted code. */
    private static final int TRAP_PC = 64;

    private static final int ADVANCE_LOC = 0x40;
    private static final int OFFSET = 0x80;
    private static final int RESTORE = 0xc0;
    private static final int ADVANCE_LOC4 = 0x04;
    private static final int OFFSET_EXTENDED_SF = 0x11;
    private static final int UNDEFINED = 0x07;
    private static final int REMEMBER_STATE = 0x0a;
    private static final int RESTORE_STATE = 0x0b;
    private static final int DEF_CFA = 0x0c;
    private static final int DEF_CFA_OFFSET = 0x0e;

    private final List<DebugSections.PlacedFunction> functions;
    private final String entry;
    private final ByteSink out = new ByteSink();

    DebugFrames(List<DebugSections.PlacedFunction> functions, String entry) {
        this.functions = functions;
        this.entry = entry;
    }

    byte[] contents() {
        var common = new ByteSink().u32(0xffffffff).u8(4).u8(0).u8(8).u8(0).uleb(1)
                .sleb(DATA_ALIGNMENT).uleb(RA).u8(DEF_CFA).uleb(SP).uleb(0);
        entry(common);
        int trapped = out.size();
        if (functions.stream().anyMatch(f -> f.definition().trapFrame() != null)) {
            // "S": the pc is the interrupted instruction's own, not one behind a call.
            entry(new ByteSink().u32(0xffffffff).u8(4).cString("S").u8(8).u8(0).uleb(1)
                    .sleb(DATA_ALIGNMENT).uleb(TRAP_PC).u8(DEF_CFA).uleb(SP).uleb(0));
        }
        for (DebugSections.PlacedFunction function : functions) {
            TrapFrame frame = function.definition().trapFrame();
            var description = new ByteSink().u32(frame == null ? 0 : trapped)
                    .u64(function.address()).u64(function.definition().size());
            if (isEntry(function.definition())) {
                description.u8(UNDEFINED).uleb(RA);
            } else if (frame != null) {
                trapFrame(description, frame);
            } else {
                new FrameWriter(function, description).write();
            }
            entry(description);
        }
        return out.toBytes();
    }

    /** Nobody called the entry: backtraces end there. */
    private boolean isEntry(Definition d) {
        return d.name().equals(entry)
                || d.inner().stream().anyMatch(i -> i.name().equals(entry));
    }

    private static void trapFrame(ByteSink sink, TrapFrame frame) {
        sink.u8(UNDEFINED).uleb(TRAP_PC).u8(ADVANCE_LOC4).u32(frame.start()).u8(REMEMBER_STATE);
        for (int register = 1; register < REGISTERS; register++) {
            saved(sink, register, frame.registersOffset() + 8 * register);
        }
        saved(sink, TRAP_PC, frame.pcOffset());
        sink.u8(ADVANCE_LOC4).u32(frame.end() - frame.start()).u8(RESTORE_STATE);
    }

    private static void saved(ByteSink sink, int register, int fromStackPointer) {
        sink.u8(OFFSET_EXTENDED_SF).uleb(register).sleb(fromStackPointer / DATA_ALIGNMENT);
    }

    /** Pads with no-operations, which are zero bytes, to a multiple of eight. */
    private void entry(ByteSink body) {
        while ((body.size() + 4) % 8 != 0) {
            body.u8(0);
        }
        out.u32(body.size()).raw(body.toBytes());
    }

    /** Length of the code that makes the frame, 0 if the function has none. */
    static int prologueBytes(DebugSections.PlacedFunction function) {
        return new FrameWriter(function, new ByteSink()).prologue();
    }

    /** Reads one function's code and writes what becomes of its frame. */
    private static final class FrameWriter {
        private final FrameCode code;
        private final ByteSink sink;
        private int described;

        FrameWriter(DebugSections.PlacedFunction function, ByteSink sink) {
            this.code = new FrameCode(function.section(), function.offset(),
                    (int) function.definition().size());
            this.sink = sink;
        }

        void write() {
            int at = prologue();
            while (at > 0 && at < code.size()) {
                int restored = code.epilogueAt(at);
                at = restored < 0 ? at + code.lengthAt(at) : epilogue(restored);
            }
        }

        /** From {@code at} on the description changes. */
        private void advance(int at) {
            int distance = at - described;
            if (distance > 0 && distance < 64) {
                sink.u8(ADVANCE_LOC | distance);
            } else if (distance > 0) {
                sink.u8(ADVANCE_LOC4).u32(distance);
            }
            described = at;
        }

        int prologue() {
            int[] ends = code.prologue();
            if (ends.length == 0) {
                return 0;
            }
            advance(ends[0]);
            sink.u8(DEF_CFA_OFFSET).uleb(RECORD_BYTES);
            advance(ends[2]);
            sink.u8(OFFSET | RA).uleb(1).u8(OFFSET | FP).uleb(2);
            advance(ends[3]);
            sink.u8(DEF_CFA).uleb(FP).uleb(RECORD_BYTES);
            int at = ends[3];
            int grown = code.stackGrowthAt(at);
            if (grown == 0) {
                return at;
            }
            at += code.lengthAt(at);
            for (FrameCode.Save save = code.saveAt(at); save != null; save = code.saveAt(at)) {
                at += code.lengthAt(at);
                advance(at);
                sink.u8(OFFSET | save.register())
                        .uleb((RECORD_BYTES + grown - save.offset()) / -DATA_ALIGNMENT);
            }
            return at;
        }

        /** The frame pointer is the caller's again at {@code restored}; returns where all ends. */
        private int epilogue(int restored) {
            advance(restored);
            sink.u8(REMEMBER_STATE).u8(DEF_CFA).uleb(SP).uleb(RECORD_BYTES).u8(RESTORE | FP);
            int at = restored + code.lengthAt(restored);
            advance(at);
            sink.u8(DEF_CFA_OFFSET).uleb(0).u8(RESTORE | RA);
            while (at < code.size() && !code.isJumpAt(at)) {
                at += code.lengthAt(at);
            }
            at = at < code.size() ? at + code.lengthAt(at) : at;
            if (at < code.size()) {
                advance(at);
                sink.u8(RESTORE_STATE);
            }
            return at;
        }
    }
}
