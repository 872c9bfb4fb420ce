package k23.codegen.compiler.translate;

import k23.codegen.compiler.world.MethodNode;

/** Decides which calls are translated in place. */
public enum Inlining {
    /** Whatever is likely to pay. */
    FAST_CODE(28, 8),
    /**
     * What makes the program hardly larger: what is small, or called from one place only, and what
     * says {@code @Inline}: for code most of which runs once, such as a loader's.
     */
    SMALL_CODE(12, 10);

    /** So much smaller they must be with each level: what they call multiplies. */
    private static final int LESS_PER_LEVEL = 7;
    /** Recursive methods of at most this many instructions are unrolled. */
    private static final int SMALL_RECURSION = 18;
    /** Not deeper than this in any case. */
    private static final int MAX_DEPTH = 12;
    /** Where a function has grown to this many instructions, only {@code @Inline} still counts. */
    private static final int MAX_FUNCTION = 3_000;

    /** Methods of at most this many instructions are worth it where nothing is inlined yet. */
    private final int small;
    /** About as large as the call itself: always worth it. */
    private final int tiny;

    Inlining(int small, int tiny) {
        this.small = small;
        this.tiny = tiny;
    }

    /** How often a method may be inlined into itself: only what is small, and not for long. */
    private static int recursion(MethodNode method) {
        return method.bytecode().instructions().size() <= SMALL_RECURSION ? 3 : 0;
    }

    /**
     * Whether at least the test at the start of {@code callee} is worth translating in place: half
     * of the calls of a recursion go no deeper.
     */
    static boolean isTestWanted(MethodFacts callee, Activation caller) {
        MethodNode method = callee.method();
        return caller.activations(method) > 0 && !method.isConstructor() && !method.isNoInline()
                && !method.isSynchronized() && !callee.isExported()
                && caller.code().count(0) < MAX_FUNCTION && callee.pieces().rest() > 0;
    }

    boolean isWanted(MethodFacts callee, Activation caller) {
        MethodNode method = callee.method();
        int activations = caller.activations(method);
        if (activations > recursion(method) || callee.isExported()
                || method.isSynchronized() || method.isNoInline()
                || !caller.code().hasFeaturesOf(method)) {
            return false;
        }
        if (method.isInline()) {
            return true;
        }
        int size = method.bytecode().instructions().size();
        if (activations > 0) {
            return caller.code().count(0) < MAX_FUNCTION;
        }
        int limit = Math.max(tiny, small - LESS_PER_LEVEL * caller.depth());
        return (size <= limit || this == SMALL_CODE && isOnlyCall(method, caller))
                && caller.depth() < MAX_DEPTH
                && caller.code().count(0) < MAX_FUNCTION;
    }

    /** Whether {@code method} is translated nowhere else if it is in {@code caller}. */
    private static boolean isOnlyCall(MethodNode method, Activation caller) {
        return caller.code().world().isCalledOnce(method)
                && (caller.depth() == 0 || isOnlyCall(caller.method(), caller.caller()));
    }
}
