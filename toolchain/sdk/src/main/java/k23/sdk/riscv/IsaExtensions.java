package k23.sdk.riscv;

/**
 * A set of extensions of the instruction set.
 *
 * @param bits the union of the {@linkplain IsaExtension#bit() bits} of its members
 */
public record IsaExtensions(long bits) {
    /** The set without members. */
    public static final IsaExtensions NONE = new IsaExtensions(0);

    /** Whether {@code extension} is a member. */
    public boolean has(IsaExtension extension) {
        return (bits & extension.bit()) != 0;
    }

    /** This set and {@code extension}. */
    public IsaExtensions with(IsaExtension extension) {
        return new IsaExtensions(bits | extension.bit());
    }

    /** The members of either set. */
    public IsaExtensions or(IsaExtensions other) {
        return new IsaExtensions(bits | other.bits);
    }

    /** The members of both sets. */
    public IsaExtensions and(IsaExtensions other) {
        return new IsaExtensions(bits & other.bits);
    }

    /** The members of this set that {@code other} lacks. */
    public IsaExtensions without(IsaExtensions other) {
        return new IsaExtensions(bits & ~other.bits);
    }

    /** Whether it has no members. */
    public boolean isEmpty() {
        return bits == 0;
    }

    /** Whether every member is one that {@link IsaExtension} names. */
    public boolean isKnown() {
        return IsaExtension.count() == Long.SIZE || bits >>> IsaExtension.count() == 0;
    }

    /** The index of the first member, as {@link IsaExtension#at} takes it; 64 without members. */
    public int first() {
        return Long.numberOfTrailingZeros(bits);
    }
}
