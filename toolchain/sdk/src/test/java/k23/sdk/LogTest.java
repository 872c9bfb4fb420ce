package k23.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import k23.sdk.sim.Machine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogTest {
    @BeforeEach
    void newMachine() {
        Machine.reset();
        Log.least("debug");
    }

    @Test
    void lesserLinesAreLeftOut() {
        Log.least("warn");
        Log.info("one");
        Log.warn("two");
        Log.begin("info");
        Log.append(3);
        Log.append(Machine.current().allocate(new byte[] {'x'}));
        Log.end();
        Log.begin("panic");
        Log.append(4);
        Log.end();
        Log.least("info");
        Log.info("five");
        assertEquals("[k23 warn] two\n[k23 panic] 4\n[k23 info] five\n",
                Machine.current().console());
    }

    @Test
    void linesCarryTheirLevel() {
        Log.info("one");
        Log.warn("two");
        Log.error("three");
        assertEquals("[k23 info] one\n[k23 warn] two\n[k23 error] three\n",
                Machine.current().console());
    }

    @Test
    void numbersAreWrittenAsTheJdkWritesThem() {
        Random random = new Random(1);
        long[] boundaries = {0, 1, 9, 10, 99, 100, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32};
        for (int i = 0; i < 500; i++) {
            long n = i < boundaries.length
                    ? boundaries[i] : random.nextLong() >> random.nextInt(64);
            Machine.reset();
            Log.append(n);
            Log.append(' ');
            Log.appendUnsigned(n);
            Log.append(' ');
            Log.appendHex(n);
            assertEquals(n + " " + Long.toUnsignedString(n) + " 0x" + Long.toHexString(n),
                    Machine.current().console());
        }
    }

    @Test
    void whatTheConsoleCannotShowIsAQuestionMark() {
        Log.print("gr\u00fcn \u2713");
        assertEquals("gr?n ?", Machine.current().console());
    }
}
