package k23.junit;

/** A test that failed in its machine: why, everything on the console, and the guest's frames. */
final class GuestFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    GuestFailure(String reason, String console, StackTraceElement[] frames) {
        super(reason + "\n--- console\n" + console + "\n---");
        setStackTrace(frames);
    }
}
