package k23.codegen.compiler.support;

import java.math.BigInteger;
import k23.sdk.Log;

/**
 * A floating-point number in decimal: the shortest that is nearer to it than to any other, as
 * {@link Double#toString(double)} specifies, or the name of what is not finite. The search is that
 * of Raffaello Giulietti, "The Schubfach way to render doubles" (2021), with exact 126-bit powers
 * of ten.
 *
 * @param isNegative whether it has a sign
 * @param digits its digits, without zeros at the end; 0 for zero
 * @param count how many digits those are, at least 1; 0 for what is not finite: an infinity, or
 *     where {@code digits} is not 0, not a number
 * @param point how many of them stand before the point; less than 0 for zeros behind it
 */
record JavaDecimal(boolean isNegative, long digits, int count, int point) {
    private static final int DOUBLE_BITS = 53;
    private static final int FLOAT_BITS = 24;
    private static final int DOUBLE_LEAST = -1074;
    private static final int FLOAT_LEAST = -149;
    /** Smaller significands have no two digits of their own. */
    private static final int DOUBLE_TINY = 3;
    private static final int FLOAT_TINY = 8;
    /** The plain form is for 10^-3 <= x < 10^7. */
    private static final int LEAST_POINT = -2;
    private static final int MOST_POINT = 7;

    private static final int LEAST_POWER = -324;
    private static final int MOST_POWER = 292;
    private static final int POWER_BITS = 126;
    private static final long LOW = Long.MAX_VALUE;
    private static final long[] POWERS = powers();

    /** For each k the 126 leading bits of 10^-k, rounded up: 63 bits, and then 63 more. */
    private static long[] powers() {
        long[] powers = new long[2 * (MOST_POWER - LEAST_POWER + 1)];
        for (int k = LEAST_POWER; k <= MOST_POWER; k++) {
            BigInteger ten = BigInteger.TEN.pow(Math.abs(k));
            int bits = ten.bitLength();
            BigInteger leading;
            if (k <= 0) {
                int surplus = bits - POWER_BITS;
                leading = surplus > 0 ? ten.shiftRight(surplus) : ten.shiftLeft(-surplus);
            } else {
                leading = BigInteger.ONE.shiftLeft(POWER_BITS + bits - 1).divide(ten);
            }
            leading = leading.add(BigInteger.ONE);
            powers[2 * (k - LEAST_POWER)] = leading.shiftRight(63).longValue();
            powers[2 * (k - LEAST_POWER) + 1] = leading.longValue() & LOW;
        }
        return powers;
    }

    /** The decimal of {@code value}. */
    static JavaDecimal of(double value) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        long bits = Double.doubleToRawLongBits(value);
        return of(bits < 0, bits & (1L << DOUBLE_BITS - 1) - 1,
                (int) (bits >>> DOUBLE_BITS - 1) & 0x7ff, DOUBLE_BITS, DOUBLE_LEAST, DOUBLE_TINY);
    }

    private static JavaDecimal notFinite(double value) {
        return new JavaDecimal(value < 0, value != value ? 1 : 0, 0, 0);
    }

    /** The decimal of {@code value}. */
    static JavaDecimal of(float value) {
        if (!Float.isFinite(value)) {
            return notFinite(value);
        }
        int bits = Float.floatToRawIntBits(value);
        return of(bits < 0, bits & (1 << FLOAT_BITS - 1) - 1,
                bits >>> FLOAT_BITS - 1 & 0xff, FLOAT_BITS, FLOAT_LEAST, FLOAT_TINY);
    }

    private static JavaDecimal of(boolean isNegative, long fraction, int biased, int bits,
            int least, int tiny) {
        if (biased != 0) {
            long hidden = 1L << bits - 1;
            return shortest(isNegative, hidden | fraction, least - 1 + biased, 0,
                    fraction == 0 && biased > 1);
        }
        if (fraction == 0) {
            return new JavaDecimal(isNegative, 0, 1, 1);
        }
        return fraction < tiny ? shortest(isNegative, 10 * fraction, least, -1, false)
                : shortest(isNegative, fraction, least, 0, false);
    }

    /**
     * The shortest decimal that rounds to {@code c * 2^q * 10^scale}. Where {@code isPower}, the
     * next smaller number is only half as far away as the next larger one.
     */
    private static JavaDecimal shortest(boolean isNegative, long c, int q, int scale,
            boolean isPower) {
        // Four times the number and the borders of what rounds to it, in units of 10^k.
        int k = isPower ? (int) (q * 661_971_961_083L - 274_743_187_321L >> 41)
                : (int) (q * 661_971_961_083L >> 41);
        int shift = q + (int) (-k * 913_124_641_741L >> 38) + 2;
        long exact = product(k, c << 2 + shift);
        long lower = product(k, (c << 2) - (isPower ? 1 : 2) << shift) + (c & 1);
        long upper = product(k, (c << 2) + 2 << shift) - (c & 1);
        long down = exact >> 2;
        if (down >= 100) {
            long shorter = down - down % 10;
            boolean isDownIn = lower <= shorter << 2;
            boolean isUpIn = shorter + 10 << 2 <= upper;
            if (isDownIn != isUpIn) {
                return normal(isNegative, isDownIn ? shorter : shorter + 10, k);
            }
        }
        boolean isDownIn = lower <= down << 2;
        boolean isUpIn = down + 1 << 2 <= upper;
        long middle = exact - (2 * down + 1 << 1);
        boolean isDown = isDownIn != isUpIn ? isDownIn
                : middle < 0 || middle == 0 && (down & 1) == 0;
        return normal(isNegative, isDown ? down : down + 1, k + scale);
    }

    /** {@code 10^-k * c} scaled to an integer; its lowest bit tells whether anything was lost. */
    private static long product(int k, long c) {
        long high = POWERS[2 * (k - LEAST_POWER)];
        long low = POWERS[2 * (k - LEAST_POWER) + 1];
        long middle = (high * c >>> 1) + Math.multiplyHigh(low, c);
        long top = Math.multiplyHigh(high, c) + (middle >>> 63);
        return top | (middle & LOW) + LOW >>> 63;
    }

    private static JavaDecimal normal(boolean isNegative, long digits, int exponent) {
        long rest = digits;
        int moved = exponent;
        while (rest % 10 == 0) {
            rest /= 10;
            moved++;
        }
        int count = JavaText.length(rest);
        return new JavaDecimal(isNegative, rest, count, count + moved);
    }

    private boolean isPlain() {
        return point >= LEAST_POINT && point <= MOST_POINT;
    }

    private String name() {
        return digits == 0 ? "Infinity" : "NaN";
    }

    /** The length of its text. */
    int length() {
        int sign = isNegative ? 1 : 0;
        if (count == 0) {
            return sign + name().length();
        }
        if (!isPlain()) {
            return sign + 2 + Math.max(1, count - 1) + 1 + JavaText.length(point - 1);
        }
        return point > 0 ? sign + point + 1 + Math.max(1, count - point)
                : sign + 2 - point + count;
    }

    /** Digit {@code index} of the number; 0 before the first and behind the last. */
    private char digit(int index) {
        if (index < 0 || index >= count) {
            return '0';
        }
        long rest = digits;
        for (int i = count - 1; i > index; i--) {
            rest /= 10;
        }
        return (char) ('0' + rest % 10);
    }

    /** Its text, in the region. */
    String text() {
        char[] characters = new char[length()];
        write(characters, 0);
        return JavaText.seal(characters);
    }

    /** Puts its text at {@code at}; returns the index behind it. */
    int put(char[] into, int at) {
        write(into, at);
        return at + length();
    }

    /** Appends its text to the log. */
    void append() {
        write(null, 0);
    }

    /** Writes its text into {@code into} at {@code at}, or to the log where that is null. */
    private void write(char[] into, int at) {
        int end = at;
        if (isNegative) {
            end = emit(into, end, '-');
        }
        if (count == 0) {
            String name = name();
            for (int i = 0; i < name.length(); i++) {
                end = emit(into, end, name.charAt(i));
            }
            return;
        }
        int first = isPlain() ? Math.min(0, point - 1) : 0;
        int before = isPlain() ? Math.max(1, point) : 1;
        int behind = isPlain() ? count - point : count - 1;
        for (int i = 0; i < before; i++) {
            end = emit(into, end, digit(first + i));
        }
        end = emit(into, end, '.');
        for (int i = 0; i < Math.max(1, behind); i++) {
            end = emit(into, end, digit(first + before + i));
        }
        if (!isPlain()) {
            end = emit(into, end, 'E');
            if (into == null) {
                Log.append(point - 1);
            } else {
                JavaText.put(into, end, (long) (point - 1));
            }
        }
    }

    private static int emit(char[] into, int at, char character) {
        if (into == null) {
            Log.append(character);
        } else {
            into[at] = character;
        }
        return at + 1;
    }
}
