package k23.codegen.compiler.translate;

import k23.codegen.compiler.world.MethodNode;

/** Decides which calls are translated in place. */
final class Inlining {
    /** Methods of at most this many instructions are always worth it. */
    private static final int SMALL = 28;
    /** Small methods are inlined into each other this deep. */
    private static final int MAX_DEPTH = 8;
    /** Where a function has grown to this many instructions, only {@code @Inline} still counts. */
    private static final int MAX_FUNCTION = 3_000;

    private Inlining() {}

    static boolean isWanted(MethodNode method, Activation caller) {
        if (caller.isActive(method) || caller.code().world().isExported(method)
                || method.isSynchronized()) {
            return false;
        }
        if (method.isInline()) {
            return true;
        }
        int size = method.bytecode().instructions().size();
        return size <= SMALL && caller.depth() < MAX_DEPTH
                && caller.code().count(0) < MAX_FUNCTION;
    }
}
