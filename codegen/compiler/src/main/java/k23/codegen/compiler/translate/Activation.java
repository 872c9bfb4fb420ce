package k23.codegen.compiler.translate;

import java.lang.classfile.Instruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import k23.codegen.compiler.diagnostic.Place;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Building;
import k23.codegen.compiler.translate.Operand.Fresh;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.world.Bytecode;
import k23.codegen.compiler.world.Bytecode.LocalName;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.compiler.world.Support;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.Value;
import k23.codegen.link.Location;

/**
 * The abstract interpretation of one method: the function's own, or one that is inlined into it.
 * It goes through the bytecode piece by piece; a piece starts where branches join and ends where
 * the flow ends or the next piece starts.
 */
public final class Activation {
    private final FunctionCode code;
    private final MethodNode method;
    private final Bytecode bytecode;
    private final Activation caller;
    private final Location calledFrom;
    private final int depth;
    private final LocalVariables locals;
    private final List<Operand> stack = new ArrayList<>();
    private final Pieces pieces;
    private final Sites sites;
    private final Joins joins;
    private final Returns returns;
    private final InstructionTranslator translator;
    private int index;
    private boolean dead;
    private boolean isReturned;
    private int rest = -1;
    private Runnable outside;
    private Location location;
    private int locationNumber;

    Activation(FunctionCode code, MethodFacts facts, Activation caller, Returns returns) {
        this.code = code;
        this.method = facts.method();
        this.bytecode = method.bytecode();
        this.caller = caller;
        this.calledFrom = caller == null ? null : caller.location;
        this.depth = caller == null ? 0 : caller.depth + 1;
        this.locals = new LocalVariables(code, facts);
        this.pieces = facts.pieces();
        this.sites = facts.sites();
        this.joins = bytecode.isOnePiece() ? null : new Joins(this, pieces);
        this.returns = returns;
        this.translator = new InstructionTranslator(this);
    }

    /**
     * Translates the method up to the instruction {@code rest}, where {@code outside} goes on,
     * which ends the path.
     */
    void run(List<Operand> arguments, int rest, Runnable outside) {
        this.rest = rest;
        this.outside = outside;
        run(arguments);
    }

    /** Translates the whole method; {@code arguments} start with the receiver, if there is one. */
    void run(List<Operand> arguments) {
        try {
            check();
        } catch (Refusal refusal) {
            leaveOut(refusal);
            return;
        }
        locals.enter(arguments);
        for (int start : pieces.order()) {
            if (start == 0 && !pieces.isJoin(0) || joins.enter(start)) {
                try {
                    piece(start);
                } catch (Refusal refusal) {
                    leaveOut(refusal);
                }
            }
        }
    }

    private void check() {
        if (method.isSynchronized()) {
            throw new Refusal(Problem.MONITOR, method.display());
        }
        if (!bytecode.handlers().isEmpty()) {
            new Handlers(method, bytecode).check();
        }
    }

    /**
     * What a program's own method needs beyond the dialect is an error at this place. A path of the
     * JDK's code is left out instead: it traps when a program takes it.
     */
    private void leaveOut(Refusal refusal) {
        if (!method.owner().isJdk() || refusal.hasPlace()) {
            throw new Refusal(refusal.at(place()));
        }
        locate();
        code.leaveOut(method, refusal, exceptionInTheMaking());
        end();
    }

    /** The exception whose message the current instruction helps to make, or null. */
    private String exceptionInTheMaking() {
        return stack.stream().filter(Fresh.class::isInstance)
                .map(operand -> ((Fresh) operand).type())
                .filter(code.world().repository()::isThrowable).findFirst().orElse(null);
    }

    private void piece(int start) {
        dead = false;
        index = start;
        for (int slot = 0; code.debug() != null && slot < bytecode.maxLocals(); slot++) {
            name(slot, start, start > 0);
        }
        List<Instruction> instructions = bytecode.instructions();
        while (!dead && index < instructions.size()) {
            if (index != start && pieces.isJoin(index)) {
                jump(index);
                return;
            }
            locate();
            if (index == rest) {
                outside.run();
                end();
                return;
            }
            code.count(1);
            Instruction instruction = instructions.get(index);
            translator.translate(instruction);
            index++;
        }
    }

    /** Tells debuggers what the variable in {@code slot} holds now. */
    void name(int slot) {
        name(slot, index + 1, false);
    }

    private void name(int slot, int at, boolean changing) {
        LocalName name = code.debug() == null ? null : bytecode.localName(slot, at);
        Operand shown = name == null ? null
                : locals.shown(slot, type(name.descriptor()), changing);
        if (shown != null) {
            code.debug().define(this, calledFrom, name, shown);
        }
    }

    /** Goes to the join at {@code target}; a loop's condition is tested right here instead. */
    void jump(int target) {
        if (pieces.body(target) > 0 && stack.isEmpty()) {
            repeatCondition(target);
        } else {
            joins.jump(target);
            end();
        }
    }

    private void repeatCondition(int head) {
        int body = pieces.body(head);
        for (index = head; !dead && index < body; index++) {
            locate();
            translator.translate(bytecode.instructions().get(index));
        }
        if (!dead) {
            joins.jump(body);
        }
        end();
    }

    /** Tells the function where the code that follows comes from. */
    void locate() {
        int line = bytecode.line(index);
        if (location == null || location.line() != line) {
            location = new Location(method.display(), method.owner().sourceFile(), line,
                    calledFrom);
            locationNumber = code.number(location, calledFrom == null ? -1 : caller.locationNumber);
        }
        code.f().sourceLocation(locationNumber);
    }

    /** The place of the current instruction. */
    Place place() {
        int at = Math.min(index, bytecode.instructions().size() - 1);
        return new Place(method.owner().sourceFile(), bytecode.line(at), method.display());
    }

    /** The function that is being written. */
    public FunctionCode code() {
        return code;
    }

    /** Where instructions go. */
    public FunctionBuilder f() {
        return code.f();
    }

    /** The method. */
    public MethodNode method() {
        return method;
    }

    Bytecode bytecode() {
        return bytecode;
    }

    LocalVariables locals() {
        return locals;
    }

    Pieces pieces() {
        return pieces;
    }

    Sites sites() {
        return sites;
    }

    Joins joins() {
        return joins;
    }

    Returns returns() {
        return returns;
    }

    Activation caller() {
        return caller;
    }

    int index() {
        return index;
    }

    /** The instruction behind the current one when it belongs to the same piece, else null. */
    Instruction following() {
        int next = index + 1;
        return next < bytecode.instructions().size() && !pieces.isJoin(next)
                ? bytecode.instructions().get(next) : null;
    }

    /** Goes to the next instruction. */
    void advance() {
        index++;
    }

    /** The activation of the function itself. */
    Activation function() {
        return caller == null ? this : caller.function();
    }

    /** Whether what the method returns is what the function returns. */
    boolean isReturned() {
        return caller == null || isReturned;
    }

    /** Says that its caller returns what it gives. */
    void setReturned() {
        isReturned = true;
    }

    /** How many calls deep it is inlined. */
    int depth() {
        return depth;
    }

    /** How often {@code candidate} is being translated in this activation and around it. */
    int activations(MethodNode candidate) {
        int count = 0;
        for (Activation around = this; around != null; around = around.caller) {
            count += around.method == candidate ? 1 : 0;
        }
        return count;
    }

    // The operand stack

    List<Operand> stack() {
        return stack;
    }

    /** Pushes an operand. */
    public void push(Operand operand) {
        stack.add(operand);
    }

    /** Pushes an {@code int}: an I32, a condition, or a sign-extended I64. */
    void pushInt(Value value) {
        stack.add(code.intWord(value));
    }

    /** Pushes a {@code long}. */
    void pushLong(Value value) {
        stack.add(Word.ofLong(value));
    }

    /** Pops an operand. */
    public Operand pop() {
        return stack.removeLast();
    }

    /** Pops {@code count} operands, the lowest first. */
    List<Operand> pop(int count) {
        Operand[] result = new Operand[count];
        for (int i = count - 1; i >= 0; i--) {
            result[i] = stack.removeLast();
        }
        return Arrays.asList(result);
    }

    /** Pops a primitive. */
    public Word popWord() {
        Operand operand = pop();
        if (operand instanceof Word word) {
            return word;
        }
        code.value(operand);
        throw new IllegalStateException("no primitive in " + place());
    }

    /** Pops the value of a primitive. */
    public Value popValue() {
        return code.value(popWord());
    }

    /** Pops a reference; anything else is refused. */
    public Reference popReference() {
        return reference(pop());
    }

    /** {@code operand} as a reference; anything else is refused. */
    public Reference reference(Operand operand) {
        if (operand instanceof Reference reference) {
            return reference;
        }
        code.value(operand);
        throw new IllegalStateException("no reference in " + place());
    }

    /** Replaces every copy of {@code old} by {@code made}. */
    void replace(Operand old, Operand made) {
        stack.replaceAll(operand -> operand.equals(old) ? made : operand);
        locals.replace(old, made);
    }

    /** Replaces every copy of {@code old} on the operand stack. */
    public void replaceOnStack(Operand old, Operand made) {
        stack.replaceAll(operand -> operand.equals(old) ? made : operand);
    }

    /** Calls the static method {@code owner.name} of the SDK or the compiler's support. */
    public Operand call(String owner, String name, String descriptor, Operand... arguments) {
        return new CallInstructions(this).direct(Support.code(code.world().repository(), owner,
                name, descriptor).method(), List.of(arguments), true);
    }

    /** The type of a descriptor. */
    public JavaType type(String descriptor) {
        return code.world().repository().type(descriptor);
    }

    /** Says that the instructions behind the current one are not reached from it. */
    void end() {
        dead = true;
        stack.clear();
    }

    /** Goes on behind a call that does not come back, in code that never runs. */
    void revive(List<Operand> operands) {
        dead = false;
        stack.clear();
        stack.addAll(operands);
    }

    /** The record that is being built by this constructor, or null. */
    Building building() {
        return locals.building();
    }

    /** A marker of a new record or exception. */
    Fresh fresh(String type) {
        return new Fresh(type, index);
    }
}
