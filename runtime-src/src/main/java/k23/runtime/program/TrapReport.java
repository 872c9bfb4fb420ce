package k23.runtime.program;

import k23.sdk.Console;
import k23.sdk.Log;
import k23.sdk.trace.CodeTables;
import k23.sdk.trace.SourceLocation;
import k23.sdk.trace.TrapKinds;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/** Writes to the log what went wrong in a program, where, and who called it. */
final class TrapReport {
    private static final int MAX_FRAMES = 32;
    private static final int FRAME_POINTER = 8;
    private static final int FRAME_BYTES = 16;

    private final UserSpace space;
    private final CodeTables code;
    private final long stackStart;

    TrapReport(UserSpace space, CodeTables code, long stackStart) {
        this.space = space;
        this.code = code;
        this.stackStart = stackStart;
    }

    /**
     * Writes the report of an event of {@link UserSpace#run} and the kind of trap that it is; 0
     * is none that WASM code can cause.
     */
    void write(int event, int kind) {
        Log.begin("error");
        Log.append("trap: ");
        if (event == UserSpace.NO_MEMORY) {
            Log.append("out of memory");
        } else {
            Log.append(kind == 0 ? "unexpected fault" : TrapKinds.text(kind));
        }
        Log.append(" in ");
        place(space.pc(), space.pc());
        if (kind == 0) {
            Log.append(", address ");
            Log.appendHex(space.faultAddress());
        }
        Log.end();
        backtrace();
    }

    private void backtrace() {
        long frame = space.register(FRAME_POINTER);
        long lowest = stackStart;
        for (int i = 0; i < MAX_FRAMES; i++) {
            if (frame < lowest || frame > UserLayout.STACK_TOP - FRAME_BYTES || frame % 8 != 0) {
                return;
            }
            long caller = Address.of(frame).getLong(8);
            if (location(caller - 1).isKnown()) {
                Log.begin("error");
                Log.append("  called by ");
                place(caller - 1, caller);
                Log.end();
            }
            lowest = frame + FRAME_BYTES;
            frame = Address.of(frame).getLong(0);
        }
        Log.error("  and more");
    }

    /** Writes {@code name (module+0xoffset)}, or what else is known. */
    private void place(long pc, long shown) {
        SourceLocation location = location(pc);
        if (location.isKnown()) {
            write(location.type());
            Log.append(location.type().length() == 0 ? "" : ".");
            write(location.method());
            Log.append(" (");
            write(location.file());
            Log.append("+");
            Log.appendHex(Integer.toUnsignedLong(location.line()));
            Log.append(")");
        } else {
            write(code.function(pc).method());
            Log.append(" (pc ");
            Log.appendHex(shown);
            Log.append(")");
        }
    }

    private SourceLocation location(long pc) {
        return code.location(pc, 0);
    }

    /** Writes text of the program's own: control characters could forge lines of the log. */
    private static void write(Span name) {
        for (long i = 0; i < name.length(); i++) {
            int c = name.getUnsignedByte(i);
            Console.write(c >= ' ' && c != 0x7f ? c : '?');
        }
    }
}
