package k23.loader.machine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import k23.sdk.RawAccessAllowed;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Hart;
import k23.sdk.word.Mmio;

/**
 * What harts ask of one another: starts, interrupts, fences. A request is a word in the
 * {@link HartState} of the hart, written before its software interrupt in M-mode is raised.
 */
@RawAccessAllowed(reason = "it raises and takes interrupts of harts")
final class HartRequests {
    /** As the base of a mask: every hart. */
    private static final long ALL = -1;
    private static final VarHandle BUSY = busy();

    private final Board board;
    private final HartControl control;
    /** 1 while a hart is being started or somebody waits for the fences of others. */
    private volatile int busy;

    HartRequests(Board board, HartControl control) {
        this.board = board;
        this.control = control;
    }

    private static VarHandle busy() {
        try {
            return MethodHandles.lookup().findVarHandle(HartRequests.class, "busy", int.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private HartState here() {
        return board.hart(Csr.read(MachineCsr.MHARTID));
    }

    private static void raise(HartState hart) {
        Hart.fence();
        new Mmio(hart.msip()).write32(0, 1);
    }

    /** Raises the interrupt of every hart that has not been started. */
    void wakeAll() {
        for (int id = 0; id < board.hartLimit(); id++) {
            if (state(id) == HartState.STOPPED) {
                raise(board.hart(id));
            }
        }
    }

    /** Does what has been asked of this hart. */
    void serve() {
        HartState hart = here();
        new Mmio(hart.msip()).write32(0, 0);
        Hart.fence();
        serveFence(hart);
        if (hart.interrupt() != 0) {
            hart.interrupt(0);
            Csr.set(MachineCsr.MIP, Csr.SIE_SOFTWARE);
        }
    }

    private void serveFence(HartState hart) {
        Hart.fence();
        if (hart.fence() != 0) {
            control.fence();
            Hart.fence();
            hart.fence(0);
        }
    }

    /** Whoever is busy may be waiting for a fence of this hart. */
    private void acquire() {
        while (!BUSY.compareAndSet(this, 0, 1)) {
            serveFence(here());
        }
    }

    /**
     * Starts hart {@code id} in S-mode.
     *
     * @param start  the physical address of its first instruction
     * @param opaque what it has in {@code a1} then
     * @return 0 or an error of SBI
     */
    long start(long id, long start, long opaque) {
        if (!exists(id)) {
            return SbiError.INVALID_PARAM;
        }
        if (!board.isOpen(start, Short.BYTES)) {
            return SbiError.INVALID_ADDRESS;
        }
        HartState hart = board.hart(id);
        acquire();
        boolean isStopped = hart.state() == HartState.STOPPED;
        if (isStopped) {
            hart.start(start);
            hart.opaque(opaque);
            Hart.fence();
            hart.state(HartState.START_PENDING);
            raise(hart);
        }
        busy = 0;
        return isStopped ? 0 : SbiError.ALREADY_AVAILABLE;
    }

    /** The state of hart {@code id}; {@link HartState#ABSENT} when there is none. */
    long state(long id) {
        return board.isListed(id) ? board.hart(id).state() : HartState.ABSENT;
    }

    private boolean exists(long id) {
        return state(id) != HartState.ABSENT;
    }

    /** Whether every hart of a mask exists; bit i is hart {@code base + i}. */
    private boolean exist(long mask, long base) {
        for (int i = 0; i < Long.SIZE && base != ALL; i++) {
            if ((mask >>> i & 1) != 0 && !exists(base + i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isChosen(int id, long mask, long base) {
        long bit = id - base;
        return base == ALL || bit >= 0 && bit < Long.SIZE && (mask >>> bit & 1) != 0;
    }

    /** Gives harts of a mask, those that run, a supervisor software interrupt. */
    long interrupt(long mask, long base) {
        if (!exist(mask, base)) {
            return SbiError.INVALID_PARAM;
        }
        for (int id = 0; id < board.hartLimit(); id++) {
            if (isChosen(id, mask, base) && state(id) == HartState.STARTED) {
                board.hart(id).interrupt(1);
                raise(board.hart(id));
            }
        }
        return 0;
    }

    /** Lets harts of a mask, those that run, fence, and waits until they have. */
    long fence(long mask, long base) {
        if (!exist(mask, base)) {
            return SbiError.INVALID_PARAM;
        }
        acquire();
        for (int id = 0; id < board.hartLimit(); id++) {
            if (isChosen(id, mask, base) && state(id) == HartState.STARTED) {
                board.hart(id).fence(1);
                raise(board.hart(id));
            }
        }
        serveFence(here());
        for (int id = 0; id < board.hartLimit(); id++) {
            awaitFence(board.hart(id));
        }
        busy = 0;
        return 0;
    }

    /** A hart that stops meanwhile forgets its translations. */
    private static void awaitFence(HartState hart) {
        while (hart.state() == HartState.STARTED && hart.fence() != 0) {
            Hart.fence();
        }
    }
}
