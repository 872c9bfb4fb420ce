package k23.runtime.module;

/**
 * Which version of the language a module may use: the profile switch of parser and validator.
 * What is off is refused as if it did not exist.
 *
 * @param bits the sum of the features
 */
public record Features(int bits) {
    /** {@code i32.extend8_s} and the like. */
    public static final int SIGN_EXTENSION = 1;
    /** {@code i32.trunc_sat_f32_s} and the like. */
    public static final int SATURATING = 1 << 1;
    /** Several results, and blocks with parameters. */
    public static final int MULTI_VALUE = 1 << 2;
    /** {@code memory.copy}, {@code table.init}, passive segments. */
    public static final int BULK_MEMORY = 1 << 3;
    /** {@code externref}, {@code funcref} values, several tables. */
    public static final int REFERENCE_TYPES = 1 << 4;
    /** {@code v128}. */
    public static final int SIMD = 1 << 5;
    /** {@code return_call}. */
    public static final int TAIL_CALL = 1 << 6;
    /** Sums and products in constant expressions, and any earlier immutable global. */
    public static final int EXTENDED_CONST = 1 << 7;
    /** Several memories. */
    public static final int MULTI_MEMORY = 1 << 8;
    /** Memories and tables with 64-bit addresses. */
    public static final int MEMORY64 = 1 << 9;

    /** Core 1.0. */
    public static final Features CORE_1 = new Features(0);
    /** Core 2.0 without SIMD. */
    public static final Features CORE_2 = new Features(
            SIGN_EXTENSION | SATURATING | MULTI_VALUE | BULK_MEMORY | REFERENCE_TYPES);
    /** What there is of Core 3.0 here. */
    public static final Features CORE_3 = new Features(
            CORE_2.bits | TAIL_CALL | EXTENDED_CONST | MULTI_MEMORY | MEMORY64);

    /** Whether all of these features are on. */
    public boolean has(int features) {
        return (bits & features) == features;
    }

    /** These and more. */
    public Features with(int features) {
        return new Features(bits | features);
    }
}
