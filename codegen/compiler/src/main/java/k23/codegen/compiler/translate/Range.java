package k23.codegen.compiler.translate;

/**
 * Between which numbers an {@code int} lies.
 *
 * @param min the least
 * @param max the greatest
 */
record Range(long min, long max) {
    /** Any {@code int}. */
    static final Range ANY = new Range(Integer.MIN_VALUE, Integer.MAX_VALUE);

    /** The range, or {@link #ANY} where the sum or product may have wrapped around. */
    private static Range wrapped(long min, long max) {
        return min < Integer.MIN_VALUE || max > Integer.MAX_VALUE ? ANY : new Range(min, max);
    }

    Range plus(Range other) {
        return wrapped(min + other.min, max + other.max);
    }

    Range minus(Range other) {
        return wrapped(min - other.max, max - other.min);
    }

    Range times(Range other) {
        long a = min * other.min;
        long b = min * other.max;
        long c = max * other.min;
        long d = max * other.max;
        return wrapped(Math.min(Math.min(a, b), Math.min(c, d)),
                Math.max(Math.max(a, b), Math.max(c, d)));
    }

    /** Bitwise and: no greater than an operand that is not negative. */
    Range and(Range other) {
        if (min >= 0 && other.min >= 0) {
            return new Range(0, Math.min(max, other.max));
        }
        return min >= 0 ? new Range(0, max) : other.min >= 0 ? new Range(0, other.max) : ANY;
    }

    /** Bitwise or, and exclusive or: no bit above the highest of both. */
    Range or(Range other) {
        if (min < 0 || other.min < 0) {
            return ANY;
        }
        long bits = Long.highestOneBit(Math.max(1, Math.max(max, other.max))) * 2 - 1;
        return new Range(0, bits);
    }

    Range shiftLeft(Range amount) {
        return amount.isOneOf(0, 31) ? times(new Range(1L << amount.min, 1L << amount.min)) : ANY;
    }

    Range shiftRight(Range amount) {
        return amount.isOneOf(0, 31) ? new Range(min >> amount.min, max >> amount.min) : ANY;
    }

    Range shiftRightUnsigned(Range amount) {
        if (!amount.isOneOf(1, 31)) {
            return min >= 0 ? new Range(0, max) : ANY;
        }
        return new Range(min >= 0 ? min >> amount.min : 0,
                min >= 0 ? max >> amount.min : 0xffff_ffffL >> amount.min);
    }

    /** The remainder of a division by a positive constant. */
    Range remainder(Range divisor) {
        if (divisor.min <= 0) {
            return ANY;
        }
        return new Range(min >= 0 ? 0 : 1 - divisor.max, divisor.max - 1);
    }

    Range dividedBy(Range divisor) {
        if (divisor.min <= 0 || min < 0) {
            return ANY;
        }
        return new Range(0, max / divisor.min);
    }

    /** Whether it is one number, from {@code low} to {@code high}. */
    private boolean isOneOf(int low, int high) {
        return min == max && min >= low && max <= high;
    }
}
