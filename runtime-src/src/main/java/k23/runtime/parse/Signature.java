package k23.runtime.parse;

import k23.runtime.module.ValueType;

/**
 * What an instruction takes and gives, in one {@code int}: four bits a type, the result in the
 * lowest, then the operands from the top of the stack down. 0 is no type.
 */
public final class Signature {
    /** The typing rule needs more than a signature. */
    public static final int SPECIAL = -1;
    /** In four bits: the type of addresses of the instruction's memory. */
    public static final int ADDRESS = 6;

    private static final int BITS = 4;
    private static final int MASK = 15;

    private static final int[] CODES = {0, ValueType.I32_CODE, ValueType.I64_CODE,
        ValueType.F32_CODE, ValueType.F64_CODE, ValueType.V128_CODE, 0};

    private Signature() {}

    /** The signature of a text such as {@code "ii:i"}, see {@link OpcodeTable}. */
    static int of(String text) {
        if (text.equals("*")) {
            return SPECIAL;
        }
        int operands = 0;
        int at = 0;
        for (; text.charAt(at) != ':'; at++) {
            operands = operands << BITS | bitsOf(text.charAt(at));
        }
        int result = at + 1 < text.length() ? bitsOf(text.charAt(at + 1)) : 0;
        return operands << BITS | result;
    }

    private static int bitsOf(char letter) {
        return switch (letter) {
            case 'i' -> 1;
            case 'l' -> 2;
            case 'f' -> 3;
            case 'd' -> 4;
            case 'v' -> 5;
            case 'a' -> ADDRESS;
            default -> throw new IllegalArgumentException("letter of a signature");
        };
    }

    /** The lowest four bits: the result, or the first of operands; 0 when there is none. */
    public static int result(int signature) {
        return signature & MASK;
    }

    /** All but the lowest type: the operands, that on the top of the stack lowest. */
    public static int operands(int signature) {
        return signature >>> BITS;
    }

    /** The code of the type in the lowest four bits, other than {@link #ADDRESS}. */
    public static int code(int signature) {
        return CODES[signature & MASK];
    }
}
