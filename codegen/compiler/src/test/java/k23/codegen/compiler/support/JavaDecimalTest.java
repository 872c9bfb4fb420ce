package k23.codegen.compiler.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The texts of floating-point numbers are the JDK's, character by character. */
class JavaDecimalTest {
    private static final int RANDOM = 1_500_000;

    private static String text(double value) {
        char[] characters = new char[JavaDouble.length(value)];
        assertEquals(characters.length, JavaDouble.put(characters, 0, value));
        return new String(characters);
    }

    private static String text(float value) {
        char[] characters = new char[JavaFloat.length(value)];
        assertEquals(characters.length, JavaFloat.put(characters, 0, value));
        return new String(characters);
    }

    private static void check(double value) {
        // Without the message of a comparison that holds: there are millions.
        String expected = Double.toString(value);
        String found = text(value);
        if (!expected.equals(found)) {
            assertEquals(expected, found, () -> Double.toHexString(value));
        }
        checkFloat((float) value);
    }

    private static void checkFloat(float value) {
        String expected = Float.toString(value);
        String found = text(value);
        if (!expected.equals(found)) {
            assertEquals(expected, found, () -> Float.toHexString(value));
        }
    }

    @Test
    void everyPowerOfTwoAndItsNeighbours() {
        for (int exponent = -1080; exponent <= 1030; exponent++) {
            double power = Math.scalb(1.0, exponent);
            float narrow = Math.scalb(1.0f, exponent);
            for (int i = -2; i <= 2; i++) {
                check(Double.longBitsToDouble(Double.doubleToLongBits(power) + i));
                checkFloat(Float.intBitsToFloat(Float.floatToIntBits(narrow) + i));
            }
        }
    }

    @Test
    void everyPowerOfTenAndItsMultiples() {
        for (int exponent = -330; exponent <= 310; exponent++) {
            for (String digits : new String[] {"1", "2", "9", "15", "999", "1234567", "20000001"}) {
                check(Double.parseDouble(digits + "E" + exponent));
                check(-Double.parseDouble(digits + "E" + exponent));
            }
        }
    }

    @Test
    void whatIsSpecial() {
        for (double value : new double[] {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE, Double.MIN_NORMAL,
            2 * Double.MIN_VALUE, 3 * Double.MIN_VALUE, 1e-3, 9.999e-4, 1e7, 9999999.5, 2e23,
            9007199254740993.0, 1.0e23, 8.41e21, 2.2250738585072011e-308, 100, 123.456}) {
            check(value);
            check(-value);
        }
        for (int bits = 0; bits < 100_000; bits++) {
            checkFloat(Float.intBitsToFloat(bits));
            check(Double.longBitsToDouble(bits));
        }
    }

    @Test
    void millionsOfOthers() {
        SplittableRandom random = new SplittableRandom(23);
        for (int i = 0; i < RANDOM; i++) {
            check(Double.longBitsToDouble(random.nextLong()));
            checkFloat(Float.intBitsToFloat(random.nextInt()));
            check(random.nextLong(1L << random.nextInt(1, 63)) / 1000.0);
        }
    }
}
