package k23.codegen.cranelift;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import k23.codegen.cranelift.FunctionDescription.Directive;

/**
 * Builds the description of one function. See the package for an example.
 *
 * <p>Blocks are filled one after another: {@link #switchTo} a block, write its instructions, end
 * it with a jump, branch, return or trap. Methods have the names of the CLIF instructions that
 * they write. A wrong use (types that do not fit, a block without an end) is an {@link
 * IllegalArgumentException} or {@link IllegalStateException} where it happens. Not for use by
 * several threads at once.
 */
public final class FunctionBuilder extends MemoryInstructions {
    private record Callee(String symbol, Signature signature) {}

    private final Map<Signature, Integer> signatures = new HashMap<>();
    private final Map<Callee, FunctionReference> functions = new HashMap<>();
    private final List<List<Type>> blockParameters = new ArrayList<>();
    private final BitSet destinations = new BitSet();
    private final BitSet filled = new BitSet();
    private int variables;
    private int location = NO_LOCATION;

    /** {@link #sourceLocation} of code that comes from nowhere in the source. */
    public static final int NO_LOCATION = -1;

    /** Starts a function. */
    public FunctionBuilder(String name, Signature signature) {
        super(name, signature);
        symbol(name);
    }

    // Blocks

    /** Creates a block without parameters, to be filled later. */
    public Block createBlock() {
        directive(Directive.BLOCK, 0);
        blockParameters.add(List.of());
        return new Block(blockParameters.size() - 1);
    }

    /** Creates a block with parameters of these types; {@code values} get appended in order. */
    public Block createBlock(List<Type> types, List<Value> values) {
        Block block = createBlock();
        types.forEach(t -> values.add(appendParameter(block, t)));
        return block;
    }

    /** Adds a parameter to a block to which nothing jumps yet. */
    public Value appendParameter(Block block, Type type) {
        if (destinations.get(block.index())) {
            throw new IllegalStateException(block + " of " + name() + " is jumped to already");
        }
        directive(Directive.BLOCK_PARAMETER, type.code());
        word(block.index());
        List<Type> types = new ArrayList<>(blockParameters.get(block.index()));
        types.add(type);
        blockParameters.set(block.index(), types);
        return newValue(type);
    }

    /** Creates the entry block, goes on with it, and gives the function's arguments. */
    public List<Value> entry() {
        return enter(createBlock());
    }

    /**
     * Makes a block the entry, goes on with it, and gives the function's arguments. It has to be
     * the first block that is filled, and nothing may jump to it.
     */
    public List<Value> enter(Block block) {
        List<Type> types = signature().parameterTypes();
        directive(Directive.FUNCTION_PARAMETERS, 0);
        word(block.index());
        blockParameters.set(block.index(), types);
        List<Value> arguments = newValues(types);
        switchTo(block);
        seal(block);
        return arguments;
    }

    /** Goes on with a block that has not been filled; the one before must have its end. */
    public void switchTo(Block block) {
        if (filled.get(block.index())) {
            throw new IllegalStateException(block + " of " + name() + " is filled already");
        }
        open(block);
        filled.set(block.index());
        directive(Directive.SWITCH_TO, 0);
        word(block.index());
    }

    /** Says that no further jump to the block will come: variables resolve sooner. Optional. */
    public void seal(Block block) {
        directive(Directive.SEAL, 0);
        word(block.index());
    }

    /** Says that the block is hardly ever run: its code goes to the function's end. */
    public void setCold(Block block) {
        directive(Directive.COLD, 0);
        word(block.index());
    }

    // Variables and locations

    /** Declares a variable. */
    public Variable declare(Type type) {
        directive(Directive.VARIABLE, type.code());
        return new Variable(variables++, type);
    }

    /** Gives a variable a value from here on. */
    public void define(Variable variable, Value value) {
        if (variable.type() != value.type()) {
            throw new IllegalArgumentException(variable + " cannot be " + value);
        }
        requireOpen("define");
        directive(Directive.DEFINE, 0);
        word(variable.index());
        value(value);
    }

    /** The value of a variable here. */
    public Value use(Variable variable) {
        requireOpen("use");
        directive(Directive.USE, 0);
        word(variable.index());
        return newValue(variable.type());
    }

    /** What follows comes from this place of the source, until the next call. */
    public void sourceLocation(int location) {
        if (this.location != location) {
            this.location = location;
            directive(Directive.LOCATION, 0);
            word(FunctionDescription.locationWord(location));
        }
    }

    /** Promises that an I64, which Cranelift knows nothing of, is a sign-extended I32. */
    public void promiseInt(Value value) {
        if (value.type() != Type.I64) {
            throw new IllegalArgumentException("a promise about " + value);
        }
        directive(Directive.INT, 0);
        value(value);
    }

    /**
     * Says that from here on a value is what the front end calls {@code label}, such as a variable
     * of the source; where it lies comes back as {@link CompiledFunction#labelRanges}. Another
     * value may take the label over.
     */
    public void label(Value value, int label) {
        if (label < 0) {
            throw new IllegalArgumentException("label " + label);
        }
        requireOpen("label");
        directive(Directive.LABEL, 0);
        value(value);
        word(label);
    }

    // Calls

    /** Names a function to be called; the same name and signature give the same reference. */
    public FunctionReference declareFunction(String symbol, Signature signature) {
        var callee = new Callee(symbol, signature);
        FunctionReference known = functions.get(callee);
        if (known != null) {
            return known;
        }
        int signatureIndex = signatureIndex(signature);
        directive(Directive.FUNCTION, 0);
        word(symbol(symbol));
        word(signatureIndex);
        var reference = new FunctionReference(functions.size(), symbol, signature);
        functions.put(callee, reference);
        return reference;
    }

    /** Calls a function by name; gives its results. */
    public List<Value> call(FunctionReference function, List<Value> arguments) {
        types(function.symbol(), arguments, function.signature().parameterTypes());
        instruction(Opcode.CALL, Type.NONE, 0);
        word(function.index());
        values(arguments);
        return newValues(function.signature().resultTypes());
    }

    /** Calls a function by name; gives its results. */
    public List<Value> call(FunctionReference function, Value... arguments) {
        return call(function, List.of(arguments));
    }

    /** Calls the function at an address; gives its results. */
    public List<Value> callIndirect(Signature signature, Value address, List<Value> arguments) {
        indirect(Opcode.CALL_INDIRECT, signature, address, arguments);
        return newValues(signature.resultTypes());
    }

    /** The address of a function. */
    public Value functionAddress(FunctionReference function) {
        instruction(Opcode.FUNC_ADDR, Type.I64, 0);
        word(function.index());
        return newValue(Type.I64);
    }

    /** Ends the block: calls and returns what the callee returns, in this function's frame. */
    public void returnCall(FunctionReference function, List<Value> arguments) {
        types(function.symbol(), arguments, function.signature().parameterTypes());
        instruction(Opcode.RETURN_CALL, Type.NONE, 0);
        word(function.index());
        values(arguments);
        terminate();
    }

    /** Ends the block: {@link #returnCall} of the function at an address. */
    public void returnCallIndirect(Signature signature, Value address, List<Value> arguments) {
        indirect(Opcode.RETURN_CALL_INDIRECT, signature, address, arguments);
        terminate();
    }

    // Ends of blocks

    /** Ends the block: goes to a block. */
    public void jump(Block block, Value... arguments) {
        jump(new BlockCall(block, List.of(arguments)));
    }

    /** Ends the block: goes to a block. */
    public void jump(BlockCall destination) {
        instruction(Opcode.JUMP, Type.NONE, 0);
        destination(destination);
        terminate();
    }

    /** Ends the block: goes to one block where the condition is not zero, else to the other. */
    public void brif(Value condition, Block then, Block otherwise) {
        brif(condition, new BlockCall(then), new BlockCall(otherwise));
    }

    /** Ends the block: goes to one block where the condition is not zero, else to the other. */
    public void brif(Value condition, BlockCall then, BlockCall otherwise) {
        integer(Opcode.BRIF, condition);
        Value tested = condition(condition);
        instruction(Opcode.BRIF, Type.NONE, 0);
        value(tested);
        destination(then);
        destination(otherwise);
        terminate();
    }

    /**
     * Ends the block: goes to the block that the index names, unsigned, or to the default one past
     * the end of the list. The index is {@link Type#I32}.
     */
    public void brTable(Value index, BlockCall otherwise, List<BlockCall> table) {
        type(Opcode.BR_TABLE, index, Type.I32);
        instruction(Opcode.BR_TABLE, Type.NONE, 0);
        value(index);
        destination(otherwise);
        word(table.size());
        table.forEach(this::destination);
        terminate();
    }

    /** Ends the block: returns. */
    public void returnValues(List<Value> values) {
        types("return of " + name(), values, signature().resultTypes());
        instruction(Opcode.RETURN, Type.NONE, 0);
        values(values);
        terminate();
    }

    /** Ends the block: returns. */
    public void returnValues(Value... values) {
        returnValues(List.of(values));
    }

    /** Ends the block: traps. */
    public void trap(TrapCode code) {
        instruction(Opcode.TRAP, Type.NONE, code.code());
        terminate();
    }

    /** Traps where the value is zero, else goes on in the same block. */
    public void trapz(Value value, TrapCode code) {
        conditionalTrap(Opcode.TRAPZ, value, code);
    }

    /** Traps where the value is not zero, else goes on in the same block. */
    public void trapnz(Value value, TrapCode code) {
        conditionalTrap(Opcode.TRAPNZ, value, code);
    }

    // The frame

    /** This function's frame record: needs the {@code preserve_frame_pointers} setting. */
    public Value getFramePointer() {
        return register(Opcode.GET_FRAME_POINTER);
    }

    /** The stack pointer. */
    public Value getStackPointer() {
        return register(Opcode.GET_STACK_POINTER);
    }

    /** Where this function returns to: needs the {@code preserve_frame_pointers} setting. */
    public Value getReturnAddress() {
        return register(Opcode.GET_RETURN_ADDRESS);
    }

    /** Does nothing. */
    public void nop() {
        instruction(Opcode.NOP, Type.NONE, 0);
    }

    /** Ends the function. Every block that is jumped to must have been filled. */
    public FunctionDescription finish() {
        BitSet open = (BitSet) destinations.clone();
        open.andNot(filled);
        if (!open.isEmpty()) {
            throw new IllegalStateException("blocks " + open + " of " + name() + " are empty");
        }
        return description();
    }

    private void requireOpen(String what) {
        if (isTerminated()) {
            throw new IllegalStateException(what + " in " + name() + " outside any block");
        }
    }

    private int signatureIndex(Signature signature) {
        Integer known = signatures.get(signature);
        if (known != null) {
            return known;
        }
        directive(Directive.SIGNATURE, 0);
        writeSignature(signature);
        signatures.put(signature, signatures.size());
        return signatures.size() - 1;
    }

    private void indirect(Opcode opcode, Signature signature, Value address,
                          List<Value> arguments) {
        type(opcode, address, Type.I64);
        types(opcode.clifName(), arguments, signature.parameterTypes());
        int index = signatureIndex(signature);
        instruction(opcode, Type.NONE, 0);
        word(index);
        var operands = new ArrayList<Value>(arguments.size() + 1);
        operands.add(address);
        operands.addAll(arguments);
        values(operands);
    }

    private void destination(BlockCall call) {
        int index = call.block().index();
        if (index >= blockParameters.size()) {
            throw new IllegalArgumentException(call.block() + " is not a block of " + name());
        }
        List<Type> expected = blockParameters.get(index);
        if (!call.arguments().isEmpty() || !expected.isEmpty()) {
            types(call.block() + " of " + name(), call.arguments(), expected);
        }
        destinations.set(index);
        word(index);
        values(call.arguments());
    }

    private void conditionalTrap(Opcode opcode, Value value, TrapCode code) {
        integer(opcode, value);
        Value tested = condition(value);
        instruction(opcode, Type.NONE, code.code());
        value(tested);
    }

    private Value register(Opcode opcode) {
        instruction(opcode, Type.I64, 0);
        return newValue(Type.I64);
    }
}
