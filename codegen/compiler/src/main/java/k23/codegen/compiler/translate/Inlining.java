package k23.codegen.compiler.translate;

import k23.codegen.compiler.world.MethodNode;

/** Decides which calls are translated in place. */
final class Inlining {
    /** Methods of at most this many instructions are worth it where nothing is inlined yet. */
    private static final int SMALL = 28;
    /** So much smaller they must be with each level: what they call multiplies. */
    private static final int LESS_PER_LEVEL = 7;
    /** About as large as the call itself: always worth it. */
    private static final int TINY = 8;
    /** Recursive methods of at most this many instructions are unrolled. */
    private static final int SMALL_RECURSION = 18;
    /** Not deeper than this in any case. */
    private static final int MAX_DEPTH = 12;
    /** Where a function has grown to this many instructions, only {@code @Inline} still counts. */
    private static final int MAX_FUNCTION = 3_000;

    private Inlining() {}

    /** How often a method may be inlined into itself: only what is small, and not for long. */
    private static int recursion(MethodNode method) {
        return method.bytecode().instructions().size() <= SMALL_RECURSION ? 3 : 0;
    }

    /**
     * Whether at least the test at the start of {@code method} is worth translating in place: half
     * of the calls of a recursion go no deeper.
     */
    static boolean isTestWanted(MethodNode method, Activation caller) {
        return caller.isActive(method) && !method.isConstructor() && !method.isNoInline()
                && !method.isSynchronized() && !caller.code().world().isExported(method)
                && caller.code().count(0) < MAX_FUNCTION
                && EarlyExit.rest(method.bytecode()) > 0;
    }

    static boolean isWanted(MethodNode method, Activation caller) {
        if (caller.activations(method) > recursion(method)
                || caller.code().world().isExported(method)
                || method.isSynchronized() || method.isNoInline()) {
            return false;
        }
        if (method.isInline()) {
            return true;
        }
        int size = method.bytecode().instructions().size();
        if (caller.isActive(method)) {
            return caller.code().count(0) < MAX_FUNCTION;
        }
        int limit = Math.max(TINY, SMALL - LESS_PER_LEVEL * caller.depth());
        return size <= limit && caller.depth() < MAX_DEPTH
                && caller.code().count(0) < MAX_FUNCTION;
    }
}
