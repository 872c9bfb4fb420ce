package k23.sdk.trace;

import k23.sdk.Console;
import k23.sdk.Log;
import k23.sdk.NoAllocation;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/**
 * Prints the calls that led to a place, innermost first, one line each:
 * {@code   at Class.method(File.java:12)}. Inlined calls have lines of their own.
 *
 * <p>Frame records are chained through {@code s0}: the caller's {@code s0} at 0, the return address
 * at 8. A chain that leaves the stack or does not go up ends the walk, so that no corrupted stack
 * makes it fault or run for ever.
 */
@NoAllocation
public final class Backtrace {
    private static final int INNERMOST = 24;
    private static final int OUTERMOST = 8;
    private static final int INLINE_DEPTH = 32;
    private static final int RECORD_BYTES = 16;

    private Backtrace() {}

    /**
     * Prints the place {@code pc} and its callers.
     *
     * @param code         names the code
     * @param pc           the instruction that trapped
     * @param returnTo     the register {@code ra} there: the caller of a template, which makes no
     *                     frame, or of a function that has not made its own yet
     * @param framePointer the register {@code s0} there
     * @param stack        the memory in which frame records are believed
     */
    public static void print(CodeTables code, long pc, long returnTo, long framePointer,
            Span stack) {
        printPlace(code, pc);
        if (isFrameless(code, pc, returnTo, framePointer, stack)) {
            printPlace(code, returnTo - 1);
        }
        printCallers(code, framePointer, stack);
    }

    /**
     * Whether the function around {@code pc} has no frame record yet, or is a template that makes
     * none. With a record, {@code ra} is either still what the record holds, or the function's own
     * after a call that it made.
     */
    private static boolean isFrameless(CodeTables code, long pc, long returnTo,
            long framePointer, Span stack) {
        if (!code.contains(returnTo - 1) || code.inOneFunction(pc, returnTo - 1)) {
            return false;
        }
        return !isFrame(framePointer, stack)
                || new Address(framePointer).getLong(8) != returnTo;
    }

    /** Prints the return addresses of the frames from {@code framePointer} on. */
    public static void printCallers(CodeTables code, long framePointer, Span stack) {
        int frames = count(code, framePointer, stack);
        int omitted = frames - INNERMOST - OUTERMOST;
        long frame = framePointer;
        for (int i = 0; i < frames; i++) {
            if (omitted <= 0 || i < INNERMOST || i >= frames - OUTERMOST) {
                // The call is the instruction in front of the one that it returns to.
                printPlace(code, new Address(frame).getLong(8) - 1);
            } else if (i == INNERMOST) {
                Log.print("  ... ");
                Log.append(omitted);
                Log.print(" more frames\n");
            }
            frame = new Address(frame).getLong(0);
        }
    }

    private static int count(CodeTables code, long framePointer, Span stack) {
        int frames = 0;
        long frame = framePointer;
        while (isFrame(frame, stack) && code.contains(new Address(frame).getLong(8) - 1)) {
            frames++;
            long next = new Address(frame).getLong(0);
            if (Long.compareUnsigned(next, frame) <= 0) {
                break;
            }
            frame = next;
        }
        return frames;
    }

    private static boolean isFrame(long frame, Span stack) {
        return (frame & 7) == 0 && stack.contains(frame - stack.start().value(), RECORD_BYTES);
    }

    /** Prints one program counter: a line for its function and each function inlined there. */
    public static void printPlace(CodeTables code, long pc) {
        int depth = Math.min(code.depth(pc), INLINE_DEPTH);
        for (int inner = 0; inner < depth; inner++) {
            SourceLocation location = code.location(pc, inner);
            Log.print("  at ");
            location.printMethod();
            Log.print("(");
            Console.write(location.file());
            Log.print(":");
            Log.append(location.line());
            Log.print(")\n");
        }
        if (depth == 0) {
            printUnlisted(code, pc);
        }
    }

    private static void printUnlisted(CodeTables code, long pc) {
        Log.print("  at ");
        SourceLocation function = code.function(pc);
        if (function.isKnown()) {
            function.printMethod();
            Log.print("+");
            Log.appendHex(code.functionOffset(pc));
        } else {
            Log.appendHex(pc);
        }
        Log.print("\n");
    }
}
