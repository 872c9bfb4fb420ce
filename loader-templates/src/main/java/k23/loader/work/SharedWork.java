package k23.loader.work;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import k23.sdk.riscv.IsaExtensions;

/**
 * Work in pieces that are independent of one another (fork and join). Who takes part claims a piece
 * by counting, does it, and claims the next; whoever comes late, or never, leaves more to the
 * others. The hart that offered the work takes part itself and then waits for the pieces that
 * others have claimed, not for harts.
 *
 * <p>The counters are sequentially consistent: what was written before {@link #offer} is there for
 * those that claim, and what they wrote is there once {@link #complete} says so. Work is offered
 * once: a hart that still looks for pieces of it finds none, whatever has been begun since.
 */
public abstract class SharedWork {
    /** The most harts that take part. */
    public static final int WORKERS = 4;

    /** How often the last piece is asked for: some seconds, a thousand times what it may need. */
    private static final int PATIENCE = 1_000_000_000;

    private static final VarHandle CLAIMED = counter("claimed");
    private static final VarHandle FINISHED = counter("finished");

    private volatile int pieces;
    private volatile int claimed;
    private volatile int finished;
    private volatile boolean failed;

    private static VarHandle counter(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(SharedWork.class, name, int.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Does a piece; nothing may be logged or allocated.
     *
     * @param piece  from 0 on
     * @param worker who does it, from 0 to {@link #WORKERS} - 1: what belongs to it is its own
     * @return whether the piece was as it should be
     */
    protected abstract boolean perform(int piece, int worker);

    /** Is told, before the hart that is {@code worker} takes part, what that hart has. */
    public void learn(int worker, IsaExtensions hart) {}

    /** Offers {@code count} pieces to everybody. */
    protected final void offer(int count) {
        pieces = count;
    }

    /** How many pieces there are. */
    public final int pieces() {
        return pieces;
    }

    /** Does pieces for as long as there are some that nobody has claimed. */
    public final void takePart(int worker) {
        int count = pieces;
        // Who comes before the offer must not claim a piece.
        int piece = count == 0 ? 0 : (int) CLAIMED.getAndAdd(this, 1);
        while (piece < count) {
            if (!perform(piece, worker)) {
                failed = true;
            }
            FINISHED.getAndAdd(this, 1);
            piece = (int) CLAIMED.getAndAdd(this, 1);
        }
    }

    /**
     * Takes part as worker 0 and waits for the others.
     *
     * @return whether all pieces are finished: false when a hart keeps one for good
     */
    protected final boolean complete() {
        return complete(PATIENCE);
    }

    final boolean complete(int patience) {
        takePart(0);
        for (int i = 0; i < patience; i++) {
            if (finished >= pieces) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** Whether all pieces were as they should be, once they are finished. */
    protected final boolean isGood() {
        return !failed;
    }
}
