package k23.loader.crypto;

import java.math.BigInteger;
import k23.sdk.Inline;

/**
 * An element of the field of integers modulo p = 2^255 - 19, as five limbs of 51 bits, lowest
 * first. What is {@link #carried} is <em>narrow</em>: its limbs stay below 2^51 + 2^18. All
 * operations want narrow operands, and give what is to be carried.
 *
 * @param a0 bits 0 to 50
 * @param a1 bits 51 to 101
 * @param a2 bits 102 to 152
 * @param a3 bits 153 to 203
 * @param a4 bits 204 to 254
 */
record FieldElement(long a0, long a1, long a2, long a3, long a4) {
    private static final int LIMB_BITS = 51;
    private static final long MASK = (1L << LIMB_BITS) - 1;
    // A multiple of p with limbs so large that no subtraction of a narrow element underflows.
    private static final long FOUR_P_LOWEST = 4 * ((1L << LIMB_BITS) - 19);
    private static final long FOUR_P_OTHER = 4 * MASK;
    // Operands are shifted by 6 and 7 bits, so that the upper half of a product starts at a limb.
    private static final int LEFT_SHIFT = 6;
    private static final int RIGHT_SHIFT = 7;

    /** A sum of products: {@code high} counts multiples of 2^51. */
    private record Sum(long high, long low) {
        @Inline
        Sum plus(Sum o) {
            return new Sum(high + o.high, low + o.low);
        }

        @Inline
        Sum times19() {
            return new Sum(19 * high, 19 * low);
        }
    }

    /** x * y for limbs below 2^54. */
    @Inline
    private static Sum product(long x, long y) {
        return new Sum(Math.multiplyHigh(x << LEFT_SHIFT, y << RIGHT_SHIFT), x * y & MASK);
    }

    /** A number that is neither negative nor above p, when the program is built. */
    static FieldElement of(BigInteger number) {
        return new FieldElement(limb(number, 0), limb(number, 1), limb(number, 2),
                limb(number, 3), limb(number, 4));
    }

    private static long limb(BigInteger number, int index) {
        return number.shiftRight(LIMB_BITS * index).longValue() & MASK;
    }

    /** The 255-bit little-endian number that starts at {@code bytes[at]}; bit 255 is ignored. */
    static FieldElement decode(byte[] bytes, int at) {
        long w0 = word(bytes, at);
        long w1 = word(bytes, at + 8);
        long w2 = word(bytes, at + 16);
        long w3 = word(bytes, at + 24);
        return new FieldElement(w0 & MASK, (w0 >>> 51 | w1 << 13) & MASK,
                (w1 >>> 38 | w2 << 26) & MASK, (w2 >>> 25 | w3 << 39) & MASK, w3 >>> 12 & MASK);
    }

    private static long word(byte[] bytes, int at) {
        long word = 0;
        for (int i = 7; i >= 0; i--) {
            word = word << 8 | bytes[at + i] & 0xff;
        }
        return word;
    }

    /** Writes the element's canonical 32 bytes. */
    void encode(byte[] target, int at) {
        FieldElement r = reduced();
        putWord(target, at, r.a0 | r.a1 << 51);
        putWord(target, at + 8, r.a1 >>> 13 | r.a2 << 38);
        putWord(target, at + 16, r.a2 >>> 26 | r.a3 << 25);
        putWord(target, at + 24, r.a3 >>> 39 | r.a4 << 12);
    }

    private static void putWord(byte[] target, int at, long word) {
        for (int i = 0; i < 8; i++) {
            target[at + i] = (byte) (word >>> 8 * i);
        }
    }

    @Inline
    FieldElement plus(FieldElement o) {
        return new FieldElement(a0 + o.a0, a1 + o.a1, a2 + o.a2, a3 + o.a3, a4 + o.a4);
    }

    @Inline
    FieldElement minus(FieldElement o) {
        return new FieldElement(a0 + FOUR_P_LOWEST - o.a0, a1 + FOUR_P_OTHER - o.a1,
                a2 + FOUR_P_OTHER - o.a2, a3 + FOUR_P_OTHER - o.a3, a4 + FOUR_P_OTHER - o.a4);
    }

    /** The same as a narrow element. */
    @Inline
    FieldElement carried() {
        long b1 = a1 + (a0 >>> LIMB_BITS);
        long b2 = a2 + (b1 >>> LIMB_BITS);
        long b3 = a3 + (b2 >>> LIMB_BITS);
        long b4 = a4 + (b3 >>> LIMB_BITS);
        return new FieldElement((a0 & MASK) + 19 * (b4 >>> LIMB_BITS), b1 & MASK, b2 & MASK,
                b3 & MASK, b4 & MASK);
    }

    /** The representative below p. */
    private FieldElement reduced() {
        FieldElement c = carried();
        // One if the number is at least p: then adding 19 carries out of bit 255.
        long over = c.a0 + 19 >>> LIMB_BITS;
        over = c.a1 + over >>> LIMB_BITS;
        over = c.a2 + over >>> LIMB_BITS;
        over = c.a3 + over >>> LIMB_BITS;
        over = c.a4 + over >>> LIMB_BITS;
        long b0 = c.a0 + 19 * over;
        long b1 = c.a1 + (b0 >>> LIMB_BITS);
        long b2 = c.a2 + (b1 >>> LIMB_BITS);
        long b3 = c.a3 + (b2 >>> LIMB_BITS);
        long b4 = c.a4 + (b3 >>> LIMB_BITS);
        return new FieldElement(b0 & MASK, b1 & MASK, b2 & MASK, b3 & MASK, b4 & MASK);
    }

    @Inline
    FieldElement times(FieldElement o) {
        // 2^255 is 19 modulo p: what goes beyond limb 4 comes back 19-fold.
        Sum r0 = product(a1, o.a4).plus(product(a2, o.a3)).plus(product(a3, o.a2))
                .plus(product(a4, o.a1)).times19().plus(product(a0, o.a0));
        Sum r1 = product(a2, o.a4).plus(product(a3, o.a3)).plus(product(a4, o.a2)).times19()
                .plus(product(a0, o.a1)).plus(product(a1, o.a0));
        Sum r2 = product(a3, o.a4).plus(product(a4, o.a3)).times19()
                .plus(product(a0, o.a2)).plus(product(a1, o.a1)).plus(product(a2, o.a0));
        Sum r3 = product(a4, o.a4).times19().plus(product(a0, o.a3)).plus(product(a1, o.a2))
                .plus(product(a2, o.a1)).plus(product(a3, o.a0));
        Sum r4 = product(a0, o.a4).plus(product(a1, o.a3)).plus(product(a2, o.a2))
                .plus(product(a3, o.a1)).plus(product(a4, o.a0));
        return joined(r0, r1, r2, r3, r4);
    }

    /** These limbs, each below 2^63 together with what comes from below. */
    @Inline
    private static FieldElement joined(Sum r0, Sum r1, Sum r2, Sum r3, Sum r4) {
        return new FieldElement(r0.low + 19 * r4.high, r1.low + r0.high, r2.low + r1.high,
                r3.low + r2.high, r4.low + r3.high);
    }

    boolean isZero() {
        FieldElement r = reduced();
        return (r.a0 | r.a1 | r.a2 | r.a3 | r.a4) == 0;
    }

    /** Whether the canonical representative is odd, which RFC 8032 calls negative. */
    boolean isOdd() {
        return (reduced().a0 & 1) != 0;
    }
}
