package k23.tests.vm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import k23.junit.KernelTest;
import k23.junit.guest.Check;
import k23.sdk.HartLocal;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.PerHart;
import k23.sdk.word.Address;

/** Per-hart variables on four harts: each has its own, with the value that the build gave it. */
final class HartLocalVmTest {
    private static final int HARTS = 4;

    private record Point(int x, long y) {}

    private static final class Cell {
        private int value = 11;
    }

    @HartLocal
    private static byte tiny = -7;
    @HartLocal
    private static long large = 0x1234_5678_9abc_def0L;
    @HartLocal
    private static int count;
    @HartLocal
    private static volatile boolean isSeen;
    @HartLocal
    private static Point point = new Point(3, -4);
    @HartLocal
    private static String name = "a string of the image";
    @HartLocal
    private static Cell cell = new Cell();
    private static int shared;

    private static final AtomicInteger ARRIVED = new AtomicInteger();
    private static final AtomicInteger DONE = new AtomicInteger();
    private static final AtomicLongArray CELLS = new AtomicLongArray(HARTS);

    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup()
                    .findStaticVarHandle(HartLocalVmTest.class, "count", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private HartLocalVmTest() {}

    private static void meet(AtomicInteger meeting) {
        meeting.incrementAndGet();
        while (meeting.get() != HARTS) {
            Thread.onSpinWait();
        }
    }

    @KernelTest(kernel = false, harts = HARTS, everyHart = true, timeoutSeconds = 60)
    static void everyHartStartsWithTheTemplate(int hart, BootInfo boot) {
        Check.equal(-7, tiny);
        Check.equal(0x1234_5678_9abc_def0L, large);
        Check.equal(0, count);
        Check.that(!isSeen, "a hart has seen another's variable");
        Check.equal(3, point.x());
        Check.equal(-4, point.y());
        Check.that(name.equals("a string of the image"), name);
        Check.equal(11, cell.value);
        Check.equal(hart, PerHart.current().hartId());
    }

    @KernelTest(kernel = false, harts = HARTS, everyHart = true, timeoutSeconds = 60)
    static void noHartSeesAnothers(int hart, BootInfo boot) {
        meet(ARRIVED);
        tiny = (byte) hart;
        point = new Point(hart, large - hart);
        large += hart;
        for (int i = 0; i < 10_000; i++) {
            count += hart + 1;
            isSeen = !isSeen;
        }
        meet(DONE);
        Check.equal(hart, tiny);
        Check.equal(0x1234_5678_9abc_def0L + hart, large);
        Check.equal(10_000 * (hart + 1), count);
        Check.that(!isSeen, "a hart has changed another's variable");
        Check.equal(hart, point.x());
        Check.equal(0x1234_5678_9abc_def0L - hart, point.y());
    }

    @KernelTest(kernel = false, harts = HARTS, everyHart = true, timeoutSeconds = 60)
    static void whatATemplateRefersToIsShared(int hart, BootInfo boot) {
        CELLS.set(hart, cell.value);
        meet(ARRIVED);
        if (hart == 2) {
            cell.value = 99;
            shared = 5;
        }
        meet(DONE);
        Check.equal(99, cell.value);
        Check.equal(5, shared);
        Check.equal(11, CELLS.get(hart));
    }

    @KernelTest(kernel = false, harts = HARTS, everyHart = true, timeoutSeconds = 60)
    static void aVariableHandleIsOneForEachHart(int hart, BootInfo boot) {
        meet(ARRIVED);
        for (int i = 0; i < 1000; i++) {
            COUNT.getAndAdd(hart);
        }
        meet(DONE);
        Check.equal(1000 * hart, (int) COUNT.getVolatile());
    }

    @KernelTest
    static void theyStandBehindTheFieldsOfTheBlock() {
        Address block = PerHart.current().base();
        long before = large;
        large = 0x7766_5544_3322_1100L;
        boolean isFound = false;
        for (long offset = 64; offset < 256; offset += 8) {
            isFound |= block.getLong(offset) == 0x7766_5544_3322_1100L;
        }
        large = before;
        Check.that(isFound, "not in the block");
    }
}
