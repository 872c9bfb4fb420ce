package k23.runtime.program;

import k23.sdk.Console;
import k23.sdk.Log;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/** Writes to the log what went wrong in a program, where, and who called it. */
final class TrapReport {
    private static final int MAX_FRAMES = 64;
    private static final int FRAME_POINTER = 8;
    private static final int FRAME_BYTES = 16;

    private final UserSpace space;
    private final CodeMap code;
    private final long stackStart;

    TrapReport(UserSpace space, CodeMap code, long stackStart) {
        this.space = space;
        this.code = code;
        this.stackStart = stackStart;
    }

    /** Writes the report of a trap of a kind; 0 is a fault that no WASM code can cause. */
    void write(int kind) {
        Log.begin("error");
        Log.append("trap: ");
        Log.append(text(kind));
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
        long below = stackStart;
        for (int i = 0; i < MAX_FRAMES; i++) {
            if (frame < below || frame > UserLayout.STACK_TOP - FRAME_BYTES || frame % 8 != 0) {
                return;
            }
            long caller = Address.of(frame).getLong(8);
            if (code.function(caller - 1).length() > 0) {
                Log.begin("error");
                Log.append("  called by ");
                place(caller - 1, caller);
                Log.end();
            }
            below = frame + FRAME_BYTES;
            frame = Address.of(frame).getLong(0);
        }
        Log.begin("error");
        Log.append("  and so on");
        Log.end();
    }

    /** Writes {@code name (module+0xoffset)}, or what else is known. */
    private void place(long pc, long shown) {
        Span name = code.function(pc);
        if (name.length() > 0) {
            text(name);
            Log.append(" (");
            text(code.module(pc));
            Log.append('+');
            Log.appendHex(code.moduleOffset(pc));
            Log.append(')');
        } else {
            text(code.symbol(pc));
            Log.append(" (pc ");
            Log.appendHex(shown);
            Log.append(')');
        }
    }

    /** Writes text of the program's own: control characters could forge lines of the log. */
    private static void text(Span name) {
        for (long i = 0; i < name.length(); i++) {
            int c = name.getUnsignedByte(i);
            Console.write(c >= ' ' && c != 0x7f ? c : '?');
        }
    }

    /** The specification's words for a kind of trap. */
    static String text(int kind) {
        return switch (kind) {
            case TrapKinds.UNREACHABLE -> "unreachable";
            case TrapKinds.MEMORY_BOUNDS -> "out of bounds memory access";
            case TrapKinds.TABLE_BOUNDS -> "out of bounds table access";
            case TrapKinds.INDIRECT_NULL -> "uninitialized element";
            case TrapKinds.INDIRECT_TYPE -> "indirect call type mismatch";
            case TrapKinds.DIVIDE_BY_ZERO -> "integer divide by zero";
            case TrapKinds.INTEGER_OVERFLOW -> "integer overflow";
            case TrapKinds.INVALID_CONVERSION -> "invalid conversion to integer";
            case TrapKinds.STACK_EXHAUSTED -> "call stack exhausted";
            case TrapKinds.INTERRUPTED -> "interrupted";
            default -> "unexpected fault";
        };
    }
}
