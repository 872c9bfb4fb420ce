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
    /** As the base of a mask: every hart, whatever the mask. */
    private static final long ALL = -1;
    /** How often a hart is looked for: far more than any has needed. */
    private static final int PATIENCE = 20_000_000;
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

    /**
     * Wakes the harts that wait for the monitor, and waits until they are in its memory: that of
     * the loader is soon another's. Those that do not come are harts no longer.
     */
    void gather() {
        long others = board.harts() & ~(1L << Csr.read(MachineCsr.MHARTID));
        for (long set = others; set != 0; set &= set - 1) {
            raise(first(set));
        }
        for (long set = others; set != 0; set &= set - 1) {
            int tries = 0;
            while (first(set).state() == HartState.ARRIVING) {
                Hart.fence();
                if (tries++ == PATIENCE) {
                    board.leaveAlone(set & -set);
                    break;
                }
            }
        }
    }

    /** The hart that the lowest bit of {@code set} stands for. */
    private HartState first(long set) {
        return board.hart(Long.numberOfTrailingZeros(set));
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
        if (!board.hasHart(id)) {
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

    /**
     * Gives harts of a mask, those that run, a supervisor software interrupt, or lets them fence
     * and waits until they have.
     *
     * @param mask bit i stands for hart {@code base + i}
     * @return 0 or an error of SBI
     */
    long request(long mask, long base, boolean isFence) {
        long chosen = base == ALL ? board.harts() : mask << base;
        if (base != ALL && (base < 0 || base >= Long.SIZE || chosen >>> base != mask
                || (chosen & ~board.harts()) != 0)) {
            return SbiError.INVALID_PARAM;
        }
        if (isFence) {
            acquire();
        }
        for (long set = chosen; set != 0; set &= set - 1) {
            HartState hart = first(set);
            if (hart.state() != HartState.STARTED) {
                chosen &= ~(set & -set);
            } else if (isFence) {
                hart.fence(1);
                raise(hart);
            } else {
                hart.interrupt(1);
                raise(hart);
            }
        }
        if (isFence) {
            awaitFences(chosen);
            busy = 0;
        }
        return 0;
    }

    /** A hart that stops meanwhile forgets its translations. */
    private void awaitFences(long chosen) {
        serveFence(here());
        for (long set = chosen; set != 0; set &= set - 1) {
            HartState hart = first(set);
            while (hart.state() == HartState.STARTED && hart.fence() != 0) {
                Hart.fence();
            }
        }
    }
}
