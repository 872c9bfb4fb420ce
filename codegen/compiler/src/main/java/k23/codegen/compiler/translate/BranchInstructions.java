package k23.codegen.compiler.translate;

import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Thrown;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.cranelift.Block;
import k23.codegen.cranelift.BlockCall;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.IntCondition;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.TrapKind;

/** Branches, switches, return and throw. */
final class BranchInstructions {
    private static final int SHORT_CHAIN = 3;
    private static final int SMALL_TREE = 10;

    private final Activation activation;

    BranchInstructions(Activation activation) {
        this.activation = activation;
    }

    private FunctionBuilder f() {
        return activation.f();
    }

    /** The condition of a comparison of an {@code int} with 0; null for other instructions. */
    static IntCondition zeroCondition(Opcode opcode) {
        return switch (opcode) {
            case IFEQ -> IntCondition.EQUAL;
            case IFNE -> IntCondition.NOT_EQUAL;
            case IFLT -> IntCondition.SIGNED_LESS_THAN;
            case IFGE -> IntCondition.SIGNED_GREATER_OR_EQUAL;
            case IFGT -> IntCondition.SIGNED_GREATER_THAN;
            case IFLE -> IntCondition.SIGNED_LESS_OR_EQUAL;
            default -> null;
        };
    }

    /**
     * Translates {@code compare} or {@code compareUnsigned} of two numbers together with the branch
     * on its sign behind it, as one comparison; false when this is something else.
     */
    boolean compareAndBranch(String key, List<Operand> arguments) {
        if (!(activation.following() instanceof BranchInstruction branch)
                || zeroCondition(branch.opcode()) == null
                || !key.startsWith("java/lang/Long.compare")
                && !key.startsWith("java/lang/Integer.compare")) {
            return false;
        }
        IntCondition condition = zeroCondition(branch.opcode());
        if (key.contains("Unsigned")) {
            condition = unsigned(condition);
        }
        activation.advance();
        activation.locate();
        // Sign extension keeps the order of ints, signed and unsigned.
        conditional(f().icmp(condition, activation.code().value(arguments.get(0)),
                activation.code().value(arguments.get(1))));
        return true;
    }

    private static IntCondition unsigned(IntCondition condition) {
        return switch (condition) {
            case SIGNED_LESS_THAN -> IntCondition.UNSIGNED_LESS_THAN;
            case SIGNED_LESS_OR_EQUAL -> IntCondition.UNSIGNED_LESS_OR_EQUAL;
            case SIGNED_GREATER_THAN -> IntCondition.UNSIGNED_GREATER_THAN;
            case SIGNED_GREATER_OR_EQUAL -> IntCondition.UNSIGNED_GREATER_OR_EQUAL;
            default -> condition;
        };
    }

    private static IntCondition comparison(Opcode opcode) {
        return switch (opcode) {
            case IF_ICMPEQ, IF_ACMPEQ -> IntCondition.EQUAL;
            case IF_ICMPNE, IF_ACMPNE -> IntCondition.NOT_EQUAL;
            case IF_ICMPLT -> IntCondition.SIGNED_LESS_THAN;
            case IF_ICMPGE -> IntCondition.SIGNED_GREATER_OR_EQUAL;
            case IF_ICMPGT -> IntCondition.SIGNED_GREATER_THAN;
            case IF_ICMPLE -> IntCondition.SIGNED_LESS_OR_EQUAL;
            default -> throw new Refusal(Problem.CLASS_FILE, "instruction " + opcode);
        };
    }

    void branch(BranchInstruction instruction) {
        Opcode opcode = instruction.opcode();
        switch (opcode) {
            case GOTO, GOTO_W -> activation.jump(target());
            case IFNULL, IFNONNULL -> ifNull(opcode == Opcode.IFNULL);
            case IF_ACMPEQ, IF_ACMPNE -> compareReferences(opcode);
            default -> {
                IntCondition condition = zeroCondition(opcode);
                Word y = condition != null ? Word.ofInt(0) : activation.popWord();
                compare(condition != null ? condition : comparison(opcode),
                        activation.popWord(), y);
            }
        }
    }

    /** Where the current instruction may branch to. */
    private int target() {
        return activation.bytecode().targets(activation.index())[0];
    }

    private void compare(IntCondition condition, Word x, Word y) {
        if (x.isConstant() && y.isConstant()) {
            decided(holds(condition, (int) x.bits(), (int) y.bits()));
            return;
        }
        Value a = activation.code().value(x);
        conditional(y.isConstant() ? f().icmpImm(condition, a, y.bits())
                : f().icmp(condition, a, y.value()));
    }

    private static boolean holds(IntCondition condition, int x, int y) {
        return switch (condition) {
            case EQUAL -> x == y;
            case NOT_EQUAL -> x != y;
            case SIGNED_LESS_THAN -> x < y;
            case SIGNED_GREATER_OR_EQUAL -> x >= y;
            case SIGNED_GREATER_THAN -> x > y;
            case SIGNED_LESS_OR_EQUAL -> x <= y;
            default -> throw new IllegalStateException(condition.toString());
        };
    }

    /** A branch whose condition is known. */
    private void decided(boolean taken) {
        if (taken) {
            activation.jump(target());
        }
    }

    private void ifNull(boolean whenNull) {
        Operand operand = activation.pop();
        switch (operand) {
            case Tuple _ -> decided(!whenNull);
            case Reference reference when reference.isNull() -> decided(whenNull);
            case Reference reference when activation.code().isNonNull(reference) ->
                    decided(!whenNull);
            case Reference reference when whenNull -> {
                conditional(f().icmpImm(IntCondition.EQUAL, reference.value(), 0));
                activation.code().learnNonNull(reference);
            }
            default -> conditional(f().icmpImm(
                    whenNull ? IntCondition.EQUAL : IntCondition.NOT_EQUAL,
                    activation.code().value(operand), 0));
        }
    }

    private void compareReferences(Opcode opcode) {
        Operand y = activation.pop();
        Operand x = activation.pop();
        if (x instanceof Tuple || y instanceof Tuple) {
            Tuple tuple = (Tuple) (x instanceof Tuple ? x : y);
            throw new Refusal(Problem.RECORD_IDENTITY, tuple.type().name().replace('/', '.'));
        }
        Value a = activation.code().value(x);
        conditional(f().icmp(comparison(opcode), a, activation.code().value(y)));
    }

    /** Branches as the current instruction says when {@code condition} is not zero. */
    void conditional(Value condition) {
        Block then = activation.joins().prepare(target());
        int next = activation.index() + 1;
        if (activation.pieces().isJoin(next) && activation.pieces().body(next) < 0) {
            f().brif(condition, then, activation.joins().prepare(next));
            activation.end();
        } else {
            Block otherwise = f().createBlock();
            f().brif(condition, then, otherwise);
            f().switchTo(otherwise);
        }
    }

    // Switches

    void select(List<SwitchCase> cases) {
        Word selector = activation.popWord();
        // Those of the cases, then the default one.
        int[] targets = activation.bytecode().targets(activation.index());
        if (selector.isConstant()) {
            int chosen = 0;
            while (chosen < cases.size() && cases.get(chosen).caseValue() != selector.bits()) {
                chosen++;
            }
            activation.jump(targets[chosen]);
            return;
        }
        Block otherwise = activation.joins().prepare(targets[cases.size()]);
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            choices.add(new Choice(cases.get(i).caseValue(),
                    activation.joins().prepare(targets[i])));
        }
        choices.sort(Comparator.comparingInt(Choice::value));
        choose(f(), selector.value(), selector.range(), choices, otherwise);
        activation.end();
    }

    /**
     * A case of a switch.
     *
     * @param value what the selector equals
     * @param block where it goes then
     */
    record Choice(int value, Block block) {}

    /** Ends the block: jumps to the choice that {@code selector} (I64) equals. Sorted choices. */
    static void choose(FunctionBuilder f, Value selector, Range range, List<Choice> choices,
            Block otherwise) {
        boolean isComplete = range.max() - range.min() < choices.size();
        if (choices.size() <= SHORT_CHAIN && !isComplete) {
            for (Choice choice : choices) {
                Block next = f.createBlock();
                f.brif(f.icmpImm(IntCondition.EQUAL, selector, choice.value), choice.block, next);
                f.switchTo(next);
            }
            f.jump(otherwise);
            return;
        }
        int first = choices.getFirst().value;
        long span = (long) choices.getLast().value - first + 1;
        if (isComplete || choices.size() <= SMALL_TREE || span > 3L * choices.size() + 4) {
            split(f, selector, range, choices, otherwise);
            return;
        }
        List<BlockCall> table = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < span; i++) {
            boolean isCase = choices.get(next).value == first + i;
            table.add(new BlockCall(isCase ? choices.get(next++).block : otherwise));
        }
        // What leaves the 32 bits of an int cannot be in the table's range either.
        Value narrow = f.ireduce(Type.I32, selector);
        f.brTable(first == 0 ? narrow : f.iaddImm(narrow, -(long) first),
                new BlockCall(otherwise), table);
    }

    /**
     * Halves the choices until one is left: for a few, fewer instructions than a table, which
     * takes a bounds check, an address and two jumps. A choice that is all that is left of the
     * selector's range needs no comparison.
     */
    private static void split(FunctionBuilder f, Value selector, Range range,
            List<Choice> choices, Block otherwise) {
        if (choices.size() == 1) {
            Choice last = choices.getFirst();
            if (range.min() == last.value && range.max() == last.value) {
                f.jump(last.block);
            } else {
                f.brif(f.icmpImm(IntCondition.EQUAL, selector, last.value), last.block,
                        otherwise);
            }
            return;
        }
        int middle = choices.size() / 2;
        int pivot = choices.get(middle).value;
        if (range.max() < pivot) {
            split(f, selector, range, choices.subList(0, middle), otherwise);
            return;
        }
        if (range.min() >= pivot) {
            split(f, selector, range, choices.subList(middle, choices.size()), otherwise);
            return;
        }
        Block low = f.createBlock();
        Block high = f.createBlock();
        f.brif(f.icmpImm(IntCondition.SIGNED_LESS_THAN, selector, pivot), low, high);
        f.switchTo(low);
        choose(f, selector, new Range(range.min(), pivot - 1L), choices.subList(0, middle),
                otherwise);
        f.switchTo(high);
        choose(f, selector, new Range(pivot, range.max()),
                choices.subList(middle, choices.size()), otherwise);
    }

    // Ends of methods

    void returnValue(ReturnInstruction instruction) {
        Operand result = null;
        if (activation.building() != null) {
            result = activation.locals().built();
        } else if (instruction.typeKind() != TypeKind.VOID) {
            result = activation.pop();
        }
        activation.returns().emit(result);
        activation.end();
    }

    void throwException() {
        Operand exception = activation.pop();
        switch (exception) {
            case Thrown thrown -> trap(thrown.type(), thrown.message());
            case Reference reference -> trap(reference.type(), null);
            default -> activation.code().value(exception);
        }
        activation.end();
    }

    private void trap(String type, String message) {
        FunctionCode code = activation.code();
        switch (type) {
            case "java/lang/MatchException", "java/lang/IncompatibleClassChangeError" ->
                    f().trap(code.trapCode(TrapKind.NO_MATCH));
            case "java/lang/OutOfMemoryError" ->
                    f().trap(code.trapCode(TrapKind.OUT_OF_REGION_MEMORY, message));
            default -> {
                String name = type.replace('/', '.');
                f().trap(code.trapCode(TrapKind.THROW,
                        message == null ? name : name + ": " + message));
            }
        }
    }
}
