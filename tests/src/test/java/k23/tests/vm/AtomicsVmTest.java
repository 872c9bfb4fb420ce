package k23.tests.vm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import k23.junit.KernelTest;
import k23.junit.guest.Check;
import k23.sdk.boot.BootInfo;

/** Four harts on the same variables: no update is lost, and what one publishes the others see. */
final class AtomicsVmTest {
    private static final int HARTS = 4;
    private static final int ROUNDS = 20_000;
    /** Few: each may cost the host a time slice, where it has fewer processors than harts. */
    private static final int TURNS = 30;

    private static final AtomicInteger ARRIVED = new AtomicInteger();
    private static final AtomicInteger DONE = new AtomicInteger();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final AtomicLong TOTAL = new AtomicLong();
    private static final AtomicIntegerArray COUNTS = new AtomicIntegerArray(3);
    private static final AtomicInteger LOCK = new AtomicInteger();
    private static final AtomicReference<Message> MAILBOX = new AtomicReference<>();
    private static final Message[] MESSAGES = {
        new Message(), new Message(), new Message(), new Message(),
    };
    private static long guarded;
    private static long handled;
    private static int bits;
    private static volatile int turn;
    private static int passed;

    private static final VarHandle HANDLED;
    private static final VarHandle BITS;
    private static final VarHandle BYTES = MethodHandles.arrayElementVarHandle(byte[].class);
    private static final byte[] NEIGHBOURS = new byte[HARTS];

    static {
        try {
            HANDLED = MethodHandles.lookup()
                    .findStaticVarHandle(AtomicsVmTest.class, "handled", long.class);
            BITS = MethodHandles.lookup()
                    .findStaticVarHandle(AtomicsVmTest.class, "bits", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private AtomicsVmTest() {}

    private static final class Message {
        private long first;
        private long second;
    }

    /** Waits until all harts are here; each comes once a test. */
    private static void meet(AtomicInteger meeting) {
        meeting.incrementAndGet();
        while (meeting.get() != HARTS) {
            Thread.onSpinWait();
        }
    }

    @KernelTest(kernel = false, harts = HARTS, everyHart = true, timeoutSeconds = 60)
    static void noUpdateIsLost() {
        meet(ARRIVED);
        for (int i = 0; i < ROUNDS; i++) {
            COUNT.getAndIncrement();
            TOTAL.updateAndGet(x -> x + 0x1_0000_0001L);
            COUNTS.addAndGet(i % 3, 2);
            HANDLED.getAndAdd(3L);
        }
        meet(DONE);
        Check.equal(HARTS * ROUNDS, COUNT.get());
        Check.equal(HARTS * ROUNDS * 0x1_0000_0001L, TOTAL.get());
        Check.equal(2 * HARTS * ROUNDS, COUNTS.get(0) + COUNTS.get(1) + COUNTS.get(2));
        Check.equal(3L * HARTS * ROUNDS, (long) HANDLED.getVolatile());
    }

    @KernelTest(kernel = false, harts = HARTS, everyHart = true, timeoutSeconds = 60)
    static void aSpinLockGuardsPlainFields(int hart, BootInfo boot) {
        meet(ARRIVED);
        for (int i = 0; i < ROUNDS; i++) {
            while (!LOCK.compareAndSet(0, 1)) {
                Thread.onSpinWait();
            }
            guarded += i;
            LOCK.setRelease(0);
        }
        meet(DONE);
        Check.equal((long) HARTS * ROUNDS * (ROUNDS - 1) / 2, guarded);
    }

    @KernelTest(kernel = false, harts = HARTS, everyHart = true, timeoutSeconds = 60)
    static void bitsOfOneWordBelongToDifferentHarts(int hart, BootInfo boot) {
        int mine = 0xff << 8 * hart;
        meet(ARRIVED);
        for (int i = 0; i < ROUNDS; i++) {
            int before = (int) BITS.getAndBitwiseXor(mine);
            Check.equal(i % 2 == 0 ? 0 : mine, before & mine);
        }
        meet(DONE);
        Check.equal(0, (int) BITS.getVolatile());
    }

    @KernelTest(kernel = false, harts = HARTS, everyHart = true, timeoutSeconds = 60)
    static void bytesOfOneWordAreVariablesOfTheirOwn(int hart, BootInfo boot) {
        meet(ARRIVED);
        for (int i = 0; i < ROUNDS; i++) {
            Check.equal((byte) (i * 3), (byte) BYTES.getAndAdd(NEIGHBOURS, hart, (byte) 3));
        }
        meet(DONE);
        Check.equal((byte) (ROUNDS * 3), NEIGHBOURS[hart]);
    }

    @KernelTest(kernel = false, harts = HARTS, everyHart = true, timeoutSeconds = 60)
    static void turnsGoRoundThroughAVolatileField(int hart, BootInfo boot) {
        meet(ARRIVED);
        for (int i = 0; i < TURNS; i++) {
            while (turn % HARTS != hart) {
                Thread.onSpinWait();
            }
            passed++;
            turn++;
        }
        meet(DONE);
        Check.equal(HARTS * TURNS, passed);
    }

    @KernelTest(kernel = false, harts = HARTS, everyHart = true, timeoutSeconds = 60)
    static void whatIsPublishedIsSeenWhole(int hart, BootInfo boot) {
        meet(ARRIVED);
        for (long i = 1; i <= ROUNDS; i++) {
            Message mine = MESSAGES[hart];
            Message other = MAILBOX.getAndSet(null);
            if (other != null) {
                Check.equal(other.first * 3, other.second);
                MAILBOX.compareAndSet(null, other);
            } else if (mine.first == 0) {
                mine.first = i;
                mine.second = i * 3;
                MAILBOX.set(mine);
            }
        }
        meet(DONE);
    }
}
