package k23.codegen.cranelift;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import k23.codegen.cranelift.FunctionDescription.Directive;

/**
 * Writes the words of a function description and checks what can be checked where the mistake is
 * made: a wrong type or a block left open is a bug of the front end, and its stack trace should
 * show the caller.
 */
public abstract sealed class FunctionWriter permits IntegerInstructions {
    private static final int INITIAL_WORDS = 256;
    /** The place of the word that holds the number of words; the number of values follows. */
    private static final int WORDS_AT = 2;

    private final String name;
    private final Signature signature;
    private final Map<String, Integer> symbols = new LinkedHashMap<>();
    private int[] words = new int[INITIAL_WORDS];
    private int wordCount;
    private int valueCount;
    /** The block being filled, or null between blocks. */
    private Block current;
    private boolean terminated = true;

    FunctionWriter(String name, Signature signature) {
        this.name = name;
        this.signature = signature;
        word(FunctionDescription.MAGIC);
        word(FunctionDescription.VERSION);
        word(0);
        word(0);
        writeSignature(signature);
    }

    /** The function's symbol. */
    public final String name() {
        return name;
    }

    /** How the function is called. */
    public final Signature signature() {
        return signature;
    }

    /**
     * Whether there is no block to write to: none was chosen yet, or the last one has ended in a
     * jump, a return or a trap. Instructions are refused then.
     */
    public final boolean isTerminated() {
        return terminated;
    }

    /** The block that was last chosen, terminated or not; null before the first. */
    public final Block currentBlock() {
        return current;
    }

    /** The number of values so far. */
    public final int valueCount() {
        return valueCount;
    }

    final void word(int word) {
        if (wordCount == words.length) {
            words = Arrays.copyOf(words, wordCount * 2);
        }
        words[wordCount++] = word;
    }

    final void longWord(long value) {
        word((int) value);
        word((int) (value >>> 32));
    }

    final void directive(Directive directive, int extra) {
        word(directive.word(extra));
    }

    final void value(Value value) {
        if (value.index() >= valueCount) {
            throw new IllegalArgumentException(value + " is not a value of " + name);
        }
        word(value.index());
    }

    final void values(List<Value> values) {
        word(values.size());
        for (int i = 0; i < values.size(); i++) {
            value(values.get(i));
        }
    }

    final Value newValue(Type type) {
        return new Value(valueCount++, type);
    }

    final List<Value> newValues(List<Type> types) {
        if (types.size() == 1) {
            return List.of(newValue(types.getFirst()));
        }
        Value[] values = new Value[types.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = newValue(types.get(i));
        }
        return List.of(values);
    }

    final int symbol(String symbol) {
        Integer known = symbols.putIfAbsent(symbol, symbols.size());
        return known == null ? symbols.size() - 1 : known;
    }

    final void writeSignature(Signature s) {
        word(s.convention().code());
        writeParameters(s.parameters());
        writeParameters(s.results());
    }

    private void writeParameters(List<Signature.Parameter> list) {
        word(list.size());
        for (Signature.Parameter p : list) {
            word(p.type().code() | p.extension().ordinal() << 8);
        }
    }

    /** The first word of an instruction in the current block. */
    final void instruction(Opcode opcode, Type type, int extra) {
        if (terminated) {
            throw new IllegalStateException(opcode.clifName() + " in " + name + (current == null
                    ? " before the first block" : " after the end of " + current));
        }
        word(opcode.number() | type.code() << 8 | extra << 16);
    }

    final Value unary(Opcode opcode, Value x) {
        return unary(opcode, Type.NONE, x, x.type());
    }

    final Value unary(Opcode opcode, Type controlling, Value x, Type result) {
        instruction(opcode, controlling, 0);
        value(x);
        return newValue(result);
    }

    final Value binary(Opcode opcode, Value x, Value y) {
        sameType(opcode, x, y);
        return binaryOfAny(opcode, x, y, x.type());
    }

    final Value binaryOfAny(Opcode opcode, Value x, Value y, Type result) {
        instruction(opcode, Type.NONE, 0);
        value(x);
        value(y);
        return newValue(result);
    }

    final Value binaryImmediate(Opcode opcode, Value x, long immediate) {
        integer(opcode, x);
        instruction(opcode, Type.NONE, 0);
        value(x);
        longWord(immediate);
        return newValue(x.type());
    }

    final Value ternary(Opcode opcode, Value x, Value y, Value z, Type result) {
        instruction(opcode, Type.NONE, 0);
        value(x);
        value(y);
        value(z);
        return newValue(result);
    }

    final void sameType(Opcode opcode, Value x, Value y) {
        if (x.type() != y.type()) {
            throw new IllegalArgumentException(opcode.clifName() + " of " + x + " and " + y);
        }
    }

    final void integer(Opcode opcode, Value x) {
        if (!x.type().isInteger()) {
            throw new IllegalArgumentException(opcode.clifName() + " of " + x);
        }
    }

    final void floating(Opcode opcode, Value x) {
        if (!x.type().isFloat()) {
            throw new IllegalArgumentException(opcode.clifName() + " of " + x);
        }
    }

    final void type(Opcode opcode, Value x, Type expected) {
        if (x.type() != expected) {
            throw new IllegalArgumentException(opcode.clifName() + " of " + x + " instead of "
                    + expected.clifName());
        }
    }

    final void types(String what, List<Value> values, List<Type> expected) {
        boolean isFit = values.size() == expected.size();
        for (int i = 0; isFit && i < values.size(); i++) {
            isFit = values.get(i).type() == expected.get(i);
        }
        if (!isFit) {
            throw new IllegalArgumentException(what + " takes " + expected + ", not " + values);
        }
    }

    final void open(Block block) {
        if (!terminated) {
            throw new IllegalStateException(current + " of " + name + " has no end yet");
        }
        current = block;
        terminated = false;
    }

    final void terminate() {
        terminated = true;
    }

    final FunctionDescription description() {
        if (!terminated) {
            throw new IllegalStateException(current + " of " + name + " has no end");
        }
        directive(Directive.END, 0);
        words[WORDS_AT] = wordCount;
        words[WORDS_AT + 1] = valueCount;
        return new FunctionDescription(name, Arrays.copyOf(words, wordCount),
                List.copyOf(symbols.keySet()));
    }
}
