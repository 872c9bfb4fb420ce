package k23.codegen.cranelift;

/** What the threads that compile have in common. */
public final class Threads {
    private Threads() {}

    /** Waits until {@code thread} has ended; an interruption is kept for the caller to see. */
    public static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
