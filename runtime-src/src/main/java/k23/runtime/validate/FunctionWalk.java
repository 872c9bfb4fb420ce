package k23.runtime.validate;

import k23.runtime.module.Body;
import k23.runtime.module.ErrorCode;
import k23.runtime.module.Failure;
import k23.runtime.module.Features;
import k23.runtime.module.FunctionType;
import k23.runtime.module.Module;
import k23.runtime.module.ValueType;
import k23.runtime.parse.BinaryReader;
import k23.runtime.parse.Instruction;
import k23.runtime.parse.LocalTypes;
import k23.runtime.parse.Opcode;

/**
 * A cursor over the instructions of one function after another, which decodes and validates in the
 * same pass: after {@link #next} the instruction is known to be well-typed, its immediates and
 * types can be asked for, and its effect on the operand stack has happened. A compiler translates
 * between two calls of {@code next}; who only wants to validate lets it run through.
 *
 * {@snippet :
 * var walk = new FunctionWalk(declarations);
 * walk.begin(function);
 * while (walk.next()) {
 *     switch (walk.opcode()) {
 *         case Opcode.LOCAL_GET -> push(local[walk.index()]);
 *         case Opcode.BLOCK -> open(walk.type());
 *         ...
 *     }
 * }
 * if (walk.failure().isError()) { ... }
 * }
 *
 * <p>One walk serves any number of functions, one at a time, and keeps its stacks; after a failure
 * it is spent. Several walks over one module are independent.
 */
public final class FunctionWalk {
    /** What {@link #opener} gives for the body of the function itself. */
    public static final int BODY = -1;

    private final Module module;
    private final BinaryReader in;
    private final Instruction instruction;
    private final TypeStack stack;
    private final Typing typing;
    private final LocalTypes locals = new LocalTypes();
    private FunctionType functionType = FunctionType.EMPTY;
    private Body body = new Body(0, 0);
    private boolean reachable;

    /** A walk over functions of a module whose declarations are valid. */
    public FunctionWalk(Declarations declarations) {
        if (declarations.failure().isError()) {
            throw new IllegalArgumentException("declarations of the module are not valid");
        }
        module = declarations.module();
        in = new BinaryReader(module.bytes(), module.start(), module.end());
        instruction = new Instruction(module.features());
        stack = new TypeStack(in);
        typing = new Typing(declarations, instruction, stack, locals);
    }

    /** Goes to the start of a function that is not imported: reads its locals. */
    public void begin(int function) {
        functionType = module.functionType(function);
        body = module.body(function);
        if (in.failed()) {
            return;
        }
        in.position(body.start());
        stack.clear();
        stack.at(body.start());
        locals.read(in, functionType, module.features());
        stack.openBody(functionType);
    }

    /**
     * Goes to the next instruction; false behind the function's last {@code end}, or when
     * something is wrong, see {@link #failure}.
     */
    public boolean next() {
        reachable = stack.isReachable();
        if (stack.depth() == 0 || in.failed() || !instruction.read(in)) {
            return false;
        }
        stack.at(instruction.position());
        typing.check();
        if (stack.depth() == 0 && in.position() != body.end()) {
            in.fail(ErrorCode.SECTION_SIZE, in.position());
        }
        return !in.failed();
    }

    /** What is wrong, or {@link Failure#NONE}. */
    public Failure failure() {
        return in.failure();
    }

    // The function

    /** The function's type. */
    public FunctionType functionType() {
        return functionType;
    }

    /** How many locals it has, parameters included. */
    public int localCount() {
        return locals.count();
    }

    /** The type of a local; parameters come first. */
    public ValueType local(int index) {
        return locals.type(index);
    }

    // The instruction

    /** Which it is: a constant of {@link Opcode}. */
    public int opcode() {
        return instruction.opcode();
    }

    /** Where it starts: bytes from the start of the module. */
    public int offset() {
        return instruction.position() - module.start();
    }

    /**
     * Whether control can come here: not behind a branch up to the end of the block, nor in blocks
     * opened there. For {@code else} and {@code end}, whether control falls into them. Behind an
     * {@code end} it counts as reached, when the block was, whether or not a branch goes there.
     */
    public boolean isReachable() {
        return reachable;
    }

    /** Its index: of a label, function, local, global, table, memory or segment. */
    public int index() {
        return instruction.index();
    }

    /** Its second index: the table of {@code call_indirect} and {@code table.init}, a source. */
    public int second() {
        return instruction.second();
    }

    /** The unsigned offset of a load or store. */
    public long memoryOffset() {
        return instruction.bits();
    }

    /** Binary logarithm of the alignment that a load or store promises. */
    public int alignment() {
        return instruction.alignment();
    }

    /** The value of {@code i32.const}, or the bits of {@code f32.const}. */
    public int i32() {
        return (int) instruction.bits();
    }

    /** The value of {@code i64.const}, or the bits of {@code f64.const}. */
    public long i64() {
        return instruction.bits();
    }

    /** How many labels {@code br_table} has, the default one included. */
    public int labelCount() {
        return instruction.listSize();
    }

    /** A label of {@code br_table}; the default one is the last. */
    public int label(int at) {
        return instruction.listItem(at);
    }

    /**
     * The type of the block that {@code block}, {@code loop}, {@code if} open, {@code else} goes on
     * with or {@code end} closes; of the function that a call calls.
     */
    public FunctionType type() {
        return typing.type();
    }

    /**
     * What opened the block that {@code else} or {@code end} closes: {@code BLOCK}, {@code LOOP},
     * {@code IF}, {@code ELSE}, or {@link #BODY}.
     */
    public int opener() {
        return typing.opener();
    }

    /**
     * The type of the operand of {@code drop}, {@code ref.is_null} and {@code select}, which have
     * no other way to tell; {@code UNKNOWN} only in code that cannot be reached.
     */
    public ValueType operandType() {
        return new ValueType(typing.operandCode());
    }

    // The stacks behind the instruction

    /** How many operands there are, those of outer blocks included. */
    public int height() {
        return stack.height();
    }

    /** The type of the operand with so many above it. */
    public ValueType operand(int above) {
        return new ValueType(stack.operand(above));
    }

    /** How many blocks are open, the body included; 0 behind its {@code end}. */
    public int depth() {
        return stack.depth();
    }

    /** What opened the block of a label: {@code BLOCK}, {@code LOOP}, {@code IF}, ... */
    public int labelOpener(int label) {
        return stack.opener(label);
    }

    /** The type of the block of a label. */
    public FunctionType labelType(int label) {
        return stack.type(label);
    }

    /** How many operands there were below the block of a label. */
    public int labelHeight(int label) {
        return stack.height(label);
    }

    /** How many operands a branch to a label takes. */
    public int labelArity(int label) {
        return stack.arity(label);
    }

    /** What the module may use. */
    public Features features() {
        return module.features();
    }
}
