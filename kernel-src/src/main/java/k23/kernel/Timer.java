package k23.kernel;

import k23.kernel.device.Devices;
import k23.kernel.memory.PhysicalMap;
import k23.sdk.RawAccessAllowed;
import k23.sdk.devicetree.DeviceTree;
import k23.sdk.devicetree.Range;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Hart;
import k23.sdk.riscv.Sbi;
import k23.sdk.word.Mmio;
import k23.sdk.word.PhysAddress;

/** Clocks, and the interrupt that ends a program's turn. All times are in nanoseconds. */
@RawAccessAllowed(reason = "the time counter and the timer's interrupt enable are CSRs")
public final class Timer {
    private static final long NANOS = 1_000_000_000L;
    private static final int RTC_TIME_LOW = 0;
    private static final int RTC_TIME_HIGH = 4;

    private static long hertz = 1;
    private static long realtimeOffset;

    private Timer() {}

    /** Learns the clock's rate and, where the machine has a calendar, the date. */
    public static void start(long timebaseHertz, DeviceTree tree) {
        if (timebaseHertz <= 0) {
            throw new IllegalStateException("no timebase frequency");
        }
        hertz = timebaseHertz;
        realtimeOffset = 0;
        Range rtc = Devices.find(tree, "google,goldfish-rtc");
        if (rtc.length() != 0) {
            Mmio device = PhysicalMap.device(new PhysAddress(rtc.start()));
            // Reading the low word latches the high one.
            long low = device.read32(RTC_TIME_LOW) & 0xffffffffL;
            long now = (long) device.read32(RTC_TIME_HIGH) << 32 | low;
            realtimeOffset = now - monotonicNanos();
        }
    }

    /** Ticks of the time counter since the machine's start. */
    public static long ticks() {
        return Csr.read(Csr.TIME);
    }

    /** Nanoseconds since the machine's start; never goes back. */
    public static long monotonicNanos() {
        return toNanos(ticks(), hertz);
    }

    /** Nanoseconds since 1970, or since the start of a machine without a calendar. */
    public static long realtimeNanos() {
        return realtimeOffset + monotonicNanos();
    }

    /** Nanoseconds between two ticks, rounded up. */
    public static long tickNanos() {
        return (NANOS + hertz - 1) / hertz;
    }

    /** Converts without overflow for any uptime of less than 292 years. */
    static long toNanos(long ticks, long hertz) {
        return ticks / hertz * NANOS + ticks % hertz * NANOS / hertz;
    }

    /** The first tick at or after {@code nanos}. */
    static long toTicks(long nanos, long hertz) {
        return nanos / NANOS * hertz + (nanos % NANOS * hertz + NANOS - 1) / NANOS;
    }

    /**
     * Has the timer interrupt come at {@code nanos} of the monotonic clock: a program that runs
     * then returns with {@link k23.kernel.trap.Cause#TIMER}.
     */
    public static void interruptAt(long nanos) {
        Sbi.setTimer(toTicks(nanos, hertz));
        Csr.set(Csr.SIE, Csr.SIE_TIMER);
    }

    /** Takes {@link #interruptAt} back. */
    public static void cancel() {
        Csr.clear(Csr.SIE, Csr.SIE_TIMER);
        Sbi.setTimer(-1);
    }

    /** Waits, with the hart idle, until {@code nanos} of the monotonic clock. */
    public static void sleepUntil(long nanos) {
        while (monotonicNanos() < nanos) {
            interruptAt(nanos);
            // A pending interrupt ends the wait although interrupts are off in the kernel.
            Hart.waitForInterrupt();
        }
        cancel();
    }
}
