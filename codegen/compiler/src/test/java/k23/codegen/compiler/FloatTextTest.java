package k23.codegen.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of floating-point numbers that compiled code makes; the JVM says what they are. */
class FloatTextTest {
    private static final int ROUNDS = 20_000;

    @TempDir
    private Path folder;

    /** The same as the program below. */
    private static int hashOnTheJvm() {
        long state = 1;
        int hash = 0;
        for (int i = 0; i < ROUNDS; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            double x = Double.longBitsToDouble(state);
            float y = Float.intBitsToFloat((int) (state >>> 32));
            String text = x + ":" + y + ":" + (state >> 40) / 1000.0;
            hash = hash * 31 + text.hashCode();
        }
        return hash;
    }

    @Test
    void areThoseOfTheJvm() throws Exception {
        LinuxProgram.Run run = LinuxProgram.run(folder, """
                class Main {
                    static double[] numbers = {0, -0.0, 1, -2.5, 1e300, Double.MIN_VALUE, 1e7,
                        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 123.456};
                    static int hash() {
                        long state = 1;
                        int hash = 0;
                        for (int i = 0; i < %d; i++) {
                            Linux.enterRegion();
                            state = state * 6364136223846793005L + 1442695040888963407L;
                            double x = Double.longBitsToDouble(state);
                            float y = Float.intBitsToFloat((int) (state >>> 32));
                            String text = x + ":" + y + ":" + (state >> 40) / 1000.0;
                            hash = hash * 31 + text.hashCode();
                        }
                        return hash;
                    }
                    static long run() {
                        Linux.print(hash());
                        Linux.enterRegion();
                        for (double number : numbers) {
                            Linux.print(" " + number);
                        }
                        Linux.print(" " + Double.toString(numbers[3]) + String.valueOf(1 / 3f)
                                + Float.toString((float) numbers[10]) + String.valueOf(1e21));
                        return 0;
                    }
                }
                """.formatted(ROUNDS));
        assertEquals(0, run.status(), run.output());
        assertEquals(hashOnTheJvm() + " 0.0 -0.0 1.0 -2.5 1.0E300 4.9E-324 1.0E7 NaN Infinity"
                + " -Infinity 123.456 -2.50.33333334123.4561.0E21", run.output());
    }
}
