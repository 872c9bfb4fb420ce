package k23.tests.vm;

import k23.junit.KernelTest;
import k23.junit.guest.Check;
import k23.kernel.Entropy;
import k23.kernel.Timer;
import k23.sdk.Log;
import k23.sdk.RawAccessAllowed;
import k23.sdk.boot.BootInfo;
import k23.sdk.riscv.Csr;
import k23.sdk.word.Address;

/** The kernel's clocks, random numbers and log. */
@RawAccessAllowed(reason = "it looks at the machine below the kernel")
final class KernelServicesVmTest {
    private static final long MILLI = 1_000_000;
    private static final long YEAR_2020_NANOS = 1_577_836_800_000_000_000L;

    private KernelServicesVmTest() {}

    @KernelTest
    static void timeNeverGoesBack() {
        long last = Timer.monotonicNanos();
        for (int i = 0; i < 10_000; i++) {
            long now = Timer.monotonicNanos();
            Check.that(now >= last, "back in time");
            last = now;
        }
    }

    @KernelTest
    static void sleepsAreLongEnough() {
        long start = Timer.monotonicNanos();
        Timer.sleepUntil(start + 20 * MILLI);
        Check.that(Timer.monotonicNanos() - start >= 20 * MILLI, "woke up too early");
    }

    @KernelTest
    static void sleepingUntilThePastReturns() {
        Timer.sleepUntil(0);
    }

    @KernelTest
    static void theCalendarIsRead() {
        Check.that(Timer.realtimeNanos() > YEAR_2020_NANOS, "before 2020");
        Check.equal(100, Timer.tickNanos());
    }

    @KernelTest
    static void interruptsStayOff() {
        Check.equal(0, Csr.read(Csr.SSTATUS) & Csr.SSTATUS_SIE);
    }

    @KernelTest
    static void floatsAreOff() {
        Check.equal(0, Csr.read(Csr.SSTATUS) & Csr.SSTATUS_FS);
    }

    @KernelTest
    static void randomNumbersDiffer() {
        long first = Entropy.next();
        for (int i = 0; i < 1000; i++) {
            Check.that(Entropy.next() != first, "the same number twice");
        }
    }

    @KernelTest
    static void randomBitsAreBothKinds() {
        long ones = 0;
        for (int i = 0; i < 1000; i++) {
            ones += Long.bitCount(Entropy.next());
        }
        Check.inRange(31_000, 33_000, ones);
    }

    @KernelTest
    static void theSeedIsWiped(int hart, BootInfo boot) {
        Check.equal(0, boot.seed0() | boot.seed1() | boot.seed2() | boot.seed3());
    }

    @KernelTest(console = {
        "[k23 info] numbers 0 -1 2147483647 -2147483648\n",
        "[k23 info] longs 9223372036854775807 -9223372036854775808\n",
    })
    static void decimalNumbers() {
        Log.info("numbers " + 0 + " " + -1 + " " + Integer.MAX_VALUE + " " + Integer.MIN_VALUE);
        long most = Timer.ticks() | Long.MAX_VALUE;
        Log.info("longs " + most + " " + (most + 1));
    }

    @KernelTest(console = "[k23 warn] address 0xfedcba9876543210 0x0 true x\n")
    static void otherThanNumbers() {
        boolean ticks = Timer.ticks() != 0;
        Log.warn("address " + new Address(0xfedcba9876543210L) + " " + Address.NULL + " "
                + ticks + " " + 'x');
    }

    @KernelTest(console = "unsigned 18446744073709551615 0xff\n")
    static void unsignedNumbers() {
        Log.print("unsigned ");
        Log.appendUnsigned(-1);
        Log.print(" ");
        Log.appendHex(255);
        Log.print("\n");
    }

    @KernelTest(console = "[k23 error] still here\n")
    static void levelsAreLeftOut() {
        Log.least("error");
        Log.info("left out");
        Log.error("still here");
    }
}
