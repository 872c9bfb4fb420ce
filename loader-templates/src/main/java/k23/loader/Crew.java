package k23.loader;

import k23.loader.work.SharedWork;
import k23.sdk.NoAllocation;
import k23.sdk.NoFpu;
import k23.sdk.RawAccessAllowed;
import k23.sdk.Symbol;
import k23.sdk.Symbols;
import k23.sdk.riscv.Hart;
import k23.sdk.riscv.Sbi;
import k23.sdk.riscv.SbiResult;

/**
 * The harts that help the boot hart. Each is started for one piece of {@link SharedWork} after the
 * other, with a stack of its own and without paging, and stops itself when there is none left; the
 * payload is not entered before all have. Harts that do not start are not waited for.
 */
@RawAccessAllowed(reason = "it starts harts through the firmware's state management")
final class Crew {
    private static final long HART_START = 0;
    private static final long HART_STATUS = 2;
    private static final long STOPPED = 1;
    /** After so many ids in a row that no hart has, none is looked for: each question is a trap. */
    private static final int GAP = 8;
    /** How often a hart's state is asked for until it stops: far more than any has needed. */
    private static final int PATIENCE = 10_000_000;

    /** What the workers take part in, one after the other. */
    private static SharedWork first;
    private static SharedWork second;

    /** The harts that can be workers, from 1 on: each number has a stack. */
    private final long[] ids = new long[SharedWork.WORKERS];
    private int workers = 1;
    /** Bit i: hart i was started. */
    private long started;

    /**
     * Starts every stopped hart up to the first large gap between ids: up to {@code helpers} as
     * workers that take part in work that was offered, the others for a moment, in which they stop
     * themselves. OpenSBI 1.1 wakes all harts by a software interrupt that it clears only once they
     * start: until then their {@code wfi} does not wait, and on a host with fewer processors they
     * take the boot hart's time.
     */
    void muster(SharedWork offered, int helpers) {
        // There is no other work yet.
        publish(offered, offered);
        int unknown = 0;
        for (int id = 0; id < Processors.CAPACITY && unknown < GAP; id++) {
            SbiResult state = state(id);
            unknown = state.isSuccess() ? 0 : unknown + 1;
            boolean isStarted = start(state, id,
                    workers <= helpers && workers < SharedWork.WORKERS
                            ? Symbols.addressOf("k23_crew_start")
                            : Symbols.addressOf("k23_hart_rest"), workers);
            if (isStarted && workers < SharedWork.WORKERS) {
                ids[workers++] = id;
            }
        }
    }

    private static void publish(SharedWork one, SharedWork other) {
        first = one;
        second = other;
        // What has been written so far is there before any other hart reads it.
        Hart.fence();
    }

    private static SbiResult state(long id) {
        return Sbi.call(Sbi.HART_STATE, HART_STATUS, id, 0, 0);
    }

    private static boolean isStopped(SbiResult state) {
        return state.isSuccess() && state.value() == STOPPED;
    }

    /** Starts a hart that is stopped, as its state says; leaves any other alone. */
    private boolean start(SbiResult state, long id, long code, long argument) {
        boolean isStarted = isStopped(state)
                && Sbi.call(Sbi.HART_STATE, HART_START, id, code, argument).isSuccess();
        started |= isStarted ? 1L << id : 0;
        return isStarted;
    }

    /** Lets up to {@code helpers} of the workers take part in other work, then in yet other. */
    void share(SharedWork one, SharedWork other, int helpers) {
        publish(one, other);
        for (int i = 1; i < workers && i <= helpers; i++) {
            start(state(ids[i]), ids[i], Symbols.addressOf("k23_crew_start"), i);
        }
    }

    /** What a hart does that was started: as worker 1 or a higher one. */
    @NoAllocation
    @NoFpu
    @Symbol("k23_crew_work")
    static void work(long worker) {
        SharedWork then = second;
        first.learn((int) worker, ExtensionProbe.extensions());
        first.takePart((int) worker);
        then.takePart((int) worker);
    }

    /** Waits until no hart runs here that the payload does not know of. */
    void awaitRest() {
        for (int id = 0; id < Processors.CAPACITY; id++) {
            int tries = 0;
            while ((started >>> id & 1) != 0 && !isStopped(state(id))) {
                if (tries++ == PATIENCE) {
                    Stop.because("hart", "it does not stop");
                }
            }
        }
    }
}
