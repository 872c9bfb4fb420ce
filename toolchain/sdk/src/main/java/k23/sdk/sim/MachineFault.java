package k23.sdk.sim;

/** What a real machine would trap on: null page, unmapped or misaligned access, unknown CSR. */
public final class MachineFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A fault described by {@code message}. */
    public MachineFault(String message) {
        super(message);
    }
}
