package k23.codegen.link;

import java.util.List;

/** The type of a variable or of a part of one, for debuggers. */
public sealed interface DebugType {
    /**
     * A number.
     *
     * @param name     its name in the source
     * @param encoding how to read it
     * @param bytes    its size
     */
    record Base(String name, Encoding encoding, int bytes) implements DebugType {}

    /**
     * A structure, in place.
     *
     * @param structure the name of one of {@link LinkRequest#structures}
     */
    record Value(String structure) implements DebugType {}

    /**
     * The address of a structure.
     *
     * @param structure the name of one of {@link LinkRequest#structures}
     */
    record Pointer(String structure) implements DebugType {}

    /**
     * Elements one behind the other, as many as there are.
     *
     * @param element the type of each
     */
    record Elements(DebugType element) implements DebugType {}

    /**
     * Several values with names.
     *
     * @param name    by which types refer to it
     * @param bytes   its size
     * @param members in the order of their offsets
     */
    record Structure(String name, int bytes, List<Member> members) {
        /** Copies the list. */
        public Structure {
            members = List.copyOf(members);
        }
    }

    /**
     * A part of a structure.
     *
     * @param name   its name
     * @param type   its type
     * @param offset from the structure's start
     */
    record Member(String name, DebugType type, int offset) {}

    /** How a number is read (DWARF 5, section 7.8). */
    enum Encoding {
        /** Zero or one. */
        BOOLEAN(0x02),
        /** IEEE 754. */
        FLOAT(0x04),
        /** Two's complement. */
        SIGNED(0x05),
        /** Without a sign. */
        UNSIGNED(0x07),
        /** A UTF-16 unit. */
        CHARACTER(0x10);

        private final int code;

        Encoding(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}
