package k23.kernel.trap;

import k23.sdk.Symbol;

/** Enters programs. */
public final class UserMode {
    private UserMode() {}

    /**
     * Runs the program whose registers are in {@code context}, in the active address space, until
     * it traps or a timer interrupt comes.
     *
     * @return {@code scause}, which is also in {@link UserContext#cause}
     */
    public static long run(UserContext context) {
        return enter(context.base().value());
    }

    @Symbol("k23_run_user")
    private static native long enter(long context);
}
