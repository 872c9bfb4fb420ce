package k23.codegen.compiler.translate;

import java.lang.invoke.VarHandle;
import java.util.List;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.heap.HandleTarget;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;

/** What the compiler knows of one value of the operand stack or of a local variable. */
public sealed interface Operand {
    /**
     * A primitive. An {@code int} and what is narrower travels in an I64 that holds it
     * sign-extended: this is what RISC-V's instructions make and want, and an index or a
     * comparison needs no extension.
     *
     * @param type  I32 for {@code boolean} to {@code int}, else the value's type
     * @param value the SSA value, or null when it is the constant {@code bits}
     * @param bits  the constant, sign-extended
     * @param range between which numbers an {@code int} lies
     * @param below an array whose length is greater, as {@link Reference#identity}, or null
     */
    record Word(Type type, Value value, long bits, Range range, Object below)
            implements Operand {
        /** A primitive of which nothing more is known. */
        public Word(Type type, Value value, long bits) {
            this(type, value, bits, value == null && type == Type.I32 ? new Range(bits, bits)
                    : Range.ANY, null);
        }

        /** The same with a range. */
        Word within(Range known) {
            return new Word(type, value, bits, isConstant() ? range : known, below);
        }

        /** The same, known to be less than the length of the array {@code identity}. */
        Word belowLengthOf(Object identity) {
            return new Word(type, value, bits, range, identity);
        }

        /** An {@code int} that is computed at run time, as a sign-extended I64. */
        public static Word ofInt(Value value) {
            if (value.type() != Type.I64) {
                throw new IllegalArgumentException(value.toString());
            }
            return new Word(Type.I32, value, 0);
        }

        /** A {@code long} that is computed at run time. */
        public static Word ofLong(Value value) {
            if (value.type() != Type.I64) {
                throw new IllegalArgumentException(value.toString());
            }
            return new Word(Type.I64, value, 0);
        }

        /** A constant {@code int}. */
        public static Word ofInt(int bits) {
            return new Word(Type.I32, null, bits);
        }

        /** A constant {@code long}. */
        public static Word ofLong(long bits) {
            return new Word(Type.I64, null, bits);
        }

        /** Whether the value is known. */
        public boolean isConstant() {
            return value == null;
        }
    }

    /**
     * A reference.
     *
     * @param value   the SSA value, or null when it is the address of {@code symbol} or null
     * @param symbol  the image object it refers to, or null
     * @param type    internal name or array descriptor of the static type
     * @param nonNull whether it is known not to be null
     * @param host    the host's object behind {@code symbol}, or null
     */
    record Reference(Value value, String symbol, String type, boolean nonNull, Object host)
            implements Operand {
        /** {@code null}. */
        public static final Reference NULL =
                new Reference(null, null, "java/lang/Object", false, null);

        /** A reference that is computed at run time and may be null. */
        public static Reference of(Value value, String type) {
            return new Reference(value, null, type, false, null);
        }

        /** A reference that is computed at run time and is not null. */
        public static Reference nonNull(Value value, String type) {
            return new Reference(value, null, type, true, null);
        }

        /** An object of the image. */
        public static Reference image(String symbol, String type, Object host) {
            return new Reference(null, symbol, type, true, host);
        }

        /** What is equal for references that are known to be the same. */
        Object identity() {
            return value != null ? value : symbol;
        }

        /** Whether it is the constant {@code null}. */
        public boolean isNull() {
            return value == null && symbol == null;
        }

        /** The same reference with another static type. */
        public Reference as(String newType) {
            return new Reference(value, symbol, newType, nonNull, host);
        }
    }

    /**
     * A record.
     *
     * @param type       its type
     * @param components one operand for each component
     */
    record Tuple(RecordType type, List<Operand> components) implements Operand {
        /** Copies the list. */
        public Tuple {
            components = List.copyOf(components);
        }
    }

    /**
     * What {@code new} made of a record or exception class, before its constructor ran.
     *
     * @param type  internal name of the class
     * @param index of the {@code new} instruction
     */
    record Fresh(String type, int index) implements Operand {}

    /**
     * {@code this} in a record's constructor; the components are variables of the activation.
     *
     * @param type the record
     */
    record Building(RecordType type) implements Operand {}

    /**
     * An exception, which never exists as an object.
     *
     * @param type    internal name of its class
     * @param message its constant message, or null
     */
    record Thrown(String type, String message) implements Operand {}

    /**
     * A string concatenation that has not been written anywhere yet.
     *
     * @param pieces strings, and operands with their descriptors
     */
    record Concatenation(List<Piece> pieces) implements Operand {}

    /**
     * A piece of a concatenation.
     *
     * @param text       literal text, or null
     * @param operand    what is appended where {@code text} is null
     * @param descriptor the operand's type
     */
    record Piece(String text, Operand operand, String descriptor) {
        /** In place of a descriptor: a {@code long} that is written as an address. */
        public static final String ADDRESS = "address";
    }

    /**
     * Something that code of the JDK passes around and that does not exist on the machine, such as
     * a class object. Passing it on is fine, using it is refused.
     *
     * @param refusal why
     */
    record Unavailable(Refusal refusal) implements Operand {}

    /**
     * A variable handle of a static final field: it is resolved while the program is built.
     *
     * @param handle the host's
     * @param target what it stands for
     */
    record Handle(VarHandle handle, HandleTarget target) implements Operand {}

    /** Whether it takes two entries of the JVM's operand stack. */
    default boolean isWide() {
        return this instanceof Word word && (word.type == Type.I64 || word.type == Type.F64);
    }
}
