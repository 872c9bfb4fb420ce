package k23.codegen.cranelift;

import java.util.List;

/**
 * One function as the native library reads it: a flat array of words that can be kept, hashed, and
 * compiled on any thread.
 *
 * <p>The words are: {@link #MAGIC}, {@link #VERSION}, the number of words, the number of values;
 * the function's signature; then operations, the last of which is {@link Directive#END}. A
 * signature is convention, count of parameters, the parameters, count of results, the results;
 * each is a type code with the {@link Signature.Extension}'s place in bits 8 and 9. An operation's
 * first word holds an {@link Opcode}'s number in bits 0 to 7, a type code in bits 8 to 15, and a
 * condition, trap code or memory flags in bits 16 to 31; its operands follow, a word each, 64-bit
 * constants low word first. A zero opcode says that bits 8 to 15 name a {@link Directive}. Values,
 * blocks, signatures, functions, symbols, stack slots and variables are numbered in the order of
 * their definition, each kind from 0.
 *
 * @param name the function's symbol
 * @param words the description; not to be changed
 * @param symbols the names of the symbols that the words number
 */
public record FunctionDescription(String name, int[] words, List<String> symbols) {
    /** The first word: "K23F". */
    public static final int MAGIC = 0x4633324b;
    /** The second word: counts up when the meaning of a word changes. */
    public static final int VERSION = 1;
    /** More values in a function, and Cranelift's packed indices could overflow silently. */
    public static final int MAX_VALUES = 1 << 20;

    /** Operations that are no instructions. */
    enum Directive {
        /** The last operation. */
        END,
        /** Declares a signature: its words follow. */
        SIGNATURE,
        /** Imports a function: symbol, signature. */
        FUNCTION,
        /** Declares a symbol as a global value: symbol. */
        SYMBOL,
        /** Creates a stack slot: bytes; bits 16 and up hold the alignment's logarithm. */
        STACK_SLOT,
        /** Creates a block. */
        BLOCK,
        /** Gives a block a parameter of the type in bits 16 and up: block. Defines a value. */
        BLOCK_PARAMETER,
        /** Gives a block the function's parameters: block. Defines as many values. */
        FUNCTION_PARAMETERS,
        /** Goes on with a block: block. */
        SWITCH_TO,
        /** Says that a block has got all its predecessors: block. */
        SEAL,
        /** Says that a block is hardly ever run: block. */
        COLD,
        /** Declares a variable of the type in bits 16 and up. */
        VARIABLE,
        /** Defines a variable: variable, value. */
        DEFINE,
        /** Uses a variable: variable. Defines a value. */
        USE,
        /** What follows comes from a place in the source: location. */
        LOCATION,
        /** Says what a value is to a debugger: value, label. */
        LABEL,
        /** Says that a value of 64 bits is one of 32 bits with its sign extended: value. */
        INT;

        /** The first word of the operation. */
        int word(int extra) {
            return ordinal() << 8 | extra << 16;
        }
    }

    /** Copies the list. */
    public FunctionDescription {
        symbols = List.copyOf(symbols);
    }

    /**
     * The word for a location. Cranelift keeps the distance of each from the function's first one,
     * and takes -1 for none: so that none is that far, they are even.
     */
    static int locationWord(int location) {
        return location < 0 ? location : location << 1;
    }

    /** The location that {@code word} says. */
    static int location(int word) {
        return word >>> 1;
    }
}
