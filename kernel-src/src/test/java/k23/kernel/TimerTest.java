package k23.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TimerTest {
    @Test
    void ticksBecomeNanosecondsWithoutOverflow() {
        assertEquals(0, Timer.toNanos(0, 10_000_000));
        assertEquals(100, Timer.toNanos(1, 10_000_000));
        assertEquals(30, Timer.toNanos(1, 32_768_000));
        long century = 100L * 365 * 86_400;
        assertEquals(century * 1_000_000_000, Timer.toNanos(century * 10_000_000, 10_000_000));
    }

    @Test
    void deadlinesAreNotEarly() {
        for (long nanos : new long[] {0, 1, 99, 100, 101, 999_999_999, 123_456_789_012_345L}) {
            for (long hertz : new long[] {1_000_000, 10_000_000, 32_768, 999_999_937}) {
                long ticks = Timer.toTicks(nanos, hertz);
                assertTrue(Timer.toNanos(ticks, hertz) >= nanos - 1);
            }
        }
    }
}
