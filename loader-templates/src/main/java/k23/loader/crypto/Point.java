package k23.loader.crypto;

/**
 * A point of the twisted Edwards curve -x² + y² = 1 + dx²y² in extended coordinates: x = X/Z,
 * y = Y/Z, xy = T/Z (RFC 8032, section 5.1.4). A mutable register; nothing here allocates.
 */
final class Point {
    /** The curve's d = -121665/121666. */
    private static final FieldElement D =
            FieldElement.of(121665).negated().times(FieldElement.of(121666).inverse());
    private static final FieldElement TWO_D = D.plus(D);
    /** A square root of -1: 2 to the power of (p - 1) / 4. */
    private static final FieldElement ROOT_OF_MINUS_ONE =
            FieldElement.of(2).power252().squared().times(FieldElement.of(2));
    private static final int ENCODED_BYTES = 32;

    private FieldElement x = FieldElement.ZERO;
    private FieldElement y = FieldElement.ONE;
    private FieldElement z = FieldElement.ONE;
    private FieldElement t = FieldElement.ZERO;

    /** Makes this the neutral element. */
    void setNeutral() {
        x = FieldElement.ZERO;
        y = FieldElement.ONE;
        z = FieldElement.ONE;
        t = FieldElement.ZERO;
    }

    /** Makes this the base point: y = 4/5, x even (RFC 8032, section 5.1). */
    void setBase() {
        setFromY(FieldElement.of(4).times(FieldElement.of(5).inverse()), false);
    }

    /** Makes this {@code -other}. */
    void setNegated(Point other) {
        x = other.x.negated();
        y = other.y;
        z = other.z;
        t = other.t.negated();
    }

    /** This point as an addend. */
    Addend addend() {
        return new Addend(y.plus(x), y.minus(x), z.plus(z), t.times(TWO_D));
    }

    /**
     * Adds {@code q}.
     *
     * @param withT whether T is needed: only another addition uses it
     */
    void add(Addend q, boolean withT) {
        FieldElement a = y.minus(x).times(q.yMinusX());
        FieldElement b = y.plus(x).times(q.yPlusX());
        FieldElement c = t.times(q.timesTwoD());
        FieldElement d = z.times(q.twoZ());
        setProducts(b.minus(a), d.minus(c), d.plus(c), b.plus(a), withT);
    }

    /** Doubles this. T is computed if {@code withT}: the next operation is an addition. */
    void redouble(boolean withT) {
        FieldElement a = x.squared();
        FieldElement b = y.squared();
        FieldElement zz = z.squared();
        FieldElement h = a.plus(b);
        FieldElement e = h.minus(x.plus(y).squared());
        FieldElement g = a.minus(b);
        setProducts(e, zz.plus(zz).plus(g), g, h, withT);
    }

    private void setProducts(FieldElement e, FieldElement f, FieldElement g, FieldElement h,
            boolean withT) {
        x = e.times(f);
        y = g.times(h);
        z = f.times(g);
        if (withT) {
            t = e.times(h);
        }
    }

    /**
     * Decodes 32 bytes strictly (RFC 8032, section 5.1.3): false when y is not below p, when there
     * is no such point, or when x is 0 with its sign bit set.
     */
    boolean decode(byte[] bytes, int at) {
        FieldElement decoded = FieldElement.decode(bytes, at);
        return isCanonical(bytes, at) && setFromY(decoded, bytes[at + 31] < 0);
    }

    /** Whether the 255-bit number at {@code bytes[at]} is below p = 2^255 - 19. */
    private static boolean isCanonical(byte[] bytes, int at) {
        boolean allOnes = (bytes[at + ENCODED_BYTES - 1] & 0x7f) == 0x7f;
        for (int i = 1; i < ENCODED_BYTES - 1; i++) {
            allOnes &= bytes[at + i] == -1;
        }
        return !allOnes || (bytes[at] & 0xff) < 0xed;
    }

    /** Makes this the point with {@code newY} and the wanted sign of x; false if there is none. */
    private boolean setFromY(FieldElement newY, boolean odd) {
        FieldElement yy = newY.squared();
        FieldElement u = yy.minus(FieldElement.ONE).carried();
        FieldElement v = yy.times(D).plus(FieldElement.ONE);
        FieldElement v3 = v.squared().times(v);
        FieldElement root = u.times(v3).times(u.times(v3.squared().times(v)).power252());
        FieldElement check = root.squared().times(v);
        if (check.isEqualTo(u.negated())) {
            root = root.times(ROOT_OF_MINUS_ONE);
        } else if (!check.isEqualTo(u)) {
            return false;
        }
        if (root.isZero() && odd) {
            return false;
        }
        x = root.isOdd() == odd ? root : root.negated();
        y = newY;
        z = FieldElement.ONE;
        t = x.times(y);
        return true;
    }

    /** Writes the 32-byte encoding (RFC 8032, section 5.1.2). */
    void encode(byte[] target) {
        FieldElement inverse = z.inverse();
        y.times(inverse).encode(target, 0);
        if (x.times(inverse).isOdd()) {
            target[ENCODED_BYTES - 1] |= (byte) 0x80;
        }
    }

    /** Whether eight times this point is neutral: such points fit any message. Changes this. */
    boolean isOfSmallOrder() {
        redouble(false);
        redouble(false);
        redouble(false);
        return x.isZero() && y.isEqualTo(z);
    }

    /** Makes this {@code other}. */
    void set(Point other) {
        x = other.x;
        y = other.y;
        z = other.z;
        t = other.t;
    }
}
