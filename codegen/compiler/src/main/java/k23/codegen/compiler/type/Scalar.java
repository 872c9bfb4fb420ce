package k23.codegen.compiler.type;

import java.util.List;

/** The primitive types, and {@code void}. */
public enum Scalar implements JavaType {
    /** 1 byte, 0 or 1. */
    BOOLEAN("Z", 1),
    /** 1 byte, signed. */
    BYTE("B", 1),
    /** 2 bytes, signed. */
    SHORT("S", 2),
    /** 2 bytes, unsigned. */
    CHAR("C", 2),
    /** 4 bytes. */
    INT("I", 4),
    /** 8 bytes. */
    LONG("J", 8),
    /** IEEE 754 binary32. */
    FLOAT("F", 4),
    /** IEEE 754 binary64. */
    DOUBLE("D", 8),
    /** Nothing. */
    VOID("V", 0);

    private final String descriptor;
    private final int bytes;
    private final List<Layouts.Leaf> leaves;

    Scalar(String descriptor, int bytes) {
        this.descriptor = descriptor;
        this.bytes = bytes;
        leaves = bytes == 0 ? List.of() : List.of(new Layouts.Leaf(this, 0));
    }

    @Override
    public int bytes() {
        return bytes;
    }

    @Override
    public int alignment() {
        return Math.max(1, bytes);
    }

    @Override
    public String descriptor() {
        return descriptor;
    }

    /** The one word that it is; none for {@code void}. */
    List<Layouts.Leaf> leaves() {
        return leaves;
    }

    /** Whether it is float or double. */
    public boolean isFloat() {
        return this == FLOAT || this == DOUBLE;
    }

    /** The type of a one-letter descriptor, or null. */
    public static Scalar of(char descriptor) {
        return switch (descriptor) {
            case 'Z' -> BOOLEAN;
            case 'B' -> BYTE;
            case 'S' -> SHORT;
            case 'C' -> CHAR;
            case 'I' -> INT;
            case 'J' -> LONG;
            case 'F' -> FLOAT;
            case 'D' -> DOUBLE;
            case 'V' -> VOID;
            default -> null;
        };
    }
}
