package k23.codegen.compiler.world;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The instructions of one method, by index, with lines, branch targets and frames. */
public final class Bytecode {
    /**
     * An exception handler.
     *
     * @param handler   index of its first instruction
     * @param start     index of the first covered instruction
     * @param catchType internal name of what it catches, or null for everything
     */
    public record Handler(int handler, int start, String catchType) {}

    /**
     * The name of a local variable.
     *
     * @param slot       its slot
     * @param start      index of the first instruction that may read it; 0 for a parameter
     * @param end        index behind the last one
     * @param name       its name
     * @param descriptor its type
     */
    public record LocalName(int slot, int start, int end, String name, String descriptor) {}

    private static final int[] NOWHERE = {};

    private final List<Instruction> instructions = new ArrayList<>();
    private final List<LocalName> localNames = new ArrayList<>();
    private final int[] lines;
    private final int[][] targets;
    private final boolean[] endsFlow;
    private final Invocation[] invocations;
    private final boolean onePiece;
    private final Map<Label, Integer> labels = new HashMap<>();
    private final StackMapFrameInfo[] frames;
    private final List<Handler> handlers = new ArrayList<>();
    private final Map<Integer, Integer> loops;
    private final List<InductionVariable> inductions;
    private final int maxLocals;
    private final int[] stores;
    private final BitSet reachable = new BitSet();

    private Bytecode(CodeModel model) {
        int line = 0;
        int[] lines = new int[((CodeAttribute) model).codeLength()];
        List<ExceptionCatch> catches = new ArrayList<>();
        List<LocalVariable> locals = new ArrayList<>();
        for (CodeElement element : model) {
            switch (element) {
                case LabelTarget target -> labels.put(target.label(), instructions.size());
                case LineNumber number -> line = number.line();
                case ExceptionCatch handler -> catches.add(handler);
                case LocalVariable local -> locals.add(local);
                case Instruction instruction -> {
                    lines[instructions.size()] = line;
                    instructions.add(instruction);
                }
                default -> { }
            }
        }
        int count = instructions.size();
        this.lines = Arrays.copyOf(lines, count);
        targets = new int[count][];
        endsFlow = new boolean[count];
        invocations = new Invocation[count];
        for (int i = 0; i < count; i++) {
            targets[i] = indices(targets(instructions.get(i)));
            endsFlow[i] = endsFlow(instructions.get(i));
        }
        // Their scopes' ends may be labels further on.
        locals.forEach(local -> localNames.add(new LocalName(local.slot(),
                labels.get(local.startScope()), labels.get(local.endScope()),
                local.name().stringValue(), local.type().stringValue())));
        for (ExceptionCatch handler : catches) {
            handlers.add(new Handler(labels.get(handler.handler()),
                    labels.get(handler.tryStart()),
                    handler.catchType().map(c -> c.asInternalName()).orElse(null)));
        }
        frames = new StackMapFrameInfo[count + 1];
        model.findAttribute(Attributes.stackMapTable()).ifPresent(table -> {
            for (StackMapFrameInfo frame : table.entries()) {
                frames[labels.get(frame.target())] = frame;
            }
        });
        onePiece = findOnePiece();
        markReachable();
        loops = LoopConditions.find(this);
        inductions = InductionVariable.find(this);
        maxLocals = ((CodeAttribute) model).maxLocals();
        stores = new int[maxLocals];
        for (Instruction instruction : instructions) {
            switch (instruction) {
                case StoreInstruction store -> stores[store.slot()]++;
                case IncrementInstruction increment -> stores[increment.slot()]++;
                default -> { }
            }
        }
    }

    /** Follows every path that needs no exception. */
    private void markReachable() {
        Deque<Integer> work = new ArrayDeque<>(List.of(0));
        while (!work.isEmpty()) {
            int index = work.pop();
            while (index < instructions.size() && !reachable.get(index)) {
                reachable.set(index);
                for (int target : targets[index]) {
                    work.push(target);
                }
                if (endsFlow[index]) {
                    break;
                }
                index++;
            }
        }
    }

    private int[] indices(List<Label> to) {
        int[] result = to.isEmpty() ? NOWHERE : new int[to.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = labels.get(to.get(i));
        }
        return result;
    }

    /** The instructions to which the one at {@code index} may jump; not to be changed. */
    public int[] targets(int index) {
        return targets[index];
    }

    /** Whether the instruction behind the one at {@code index} does not follow it. */
    public boolean endsFlow(int index) {
        return endsFlow[index];
    }

    /** What the call instruction at {@code index} says, resolved once. */
    public Invocation invocation(int index, CallResolver resolver) {
        Invocation known = invocations[index];
        if (known == null) {
            // Threads that race here find the same.
            known = Invocation.of((InvokeInstruction) instructions.get(index), resolver);
            invocations[index] = known;
        }
        return known;
    }

    /** Where {@code instruction} may jump. */
    public static List<Label> targets(Instruction instruction) {
        return switch (instruction) {
            case BranchInstruction branch -> List.of(branch.target());
            case TableSwitchInstruction table -> targets(table.defaultTarget(), table.cases());
            case LookupSwitchInstruction table -> targets(table.defaultTarget(), table.cases());
            default -> List.of();
        };
    }

    private static List<Label> targets(Label otherwise, List<SwitchCase> cases) {
        List<Label> result = new ArrayList<>();
        cases.forEach(c -> result.add(c.target()));
        result.add(otherwise);
        return result;
    }

    /** Whether the instruction behind {@code instruction} does not follow it. */
    public static boolean endsFlow(Instruction instruction) {
        return switch (instruction.opcode()) {
            case GOTO, GOTO_W, TABLESWITCH, LOOKUPSWITCH, ATHROW, RETURN, IRETURN, LRETURN,
                    FRETURN, DRETURN, ARETURN -> true;
            default -> false;
        };
    }

    /** Whether the instruction at {@code index} can run without any exception being caught. */
    public boolean isReachable(int index) {
        return reachable.get(index);
    }

    static Bytecode of(MethodNode method, CodeModel model) {
        return new Bytecode(model);
    }

    /** The instructions, in order. */
    public List<Instruction> instructions() {
        return instructions;
    }

    /** The source line of the instruction at {@code index}, 0 when unknown. */
    public int line(int index) {
        return lines[index];
    }

    /** The first source line, 0 when unknown. */
    public int firstLine() {
        return lines.length == 0 ? 0 : lines[0];
    }

    /** The index of the instruction behind {@code label}. */
    public int index(Label label) {
        return labels.get(label);
    }

    /**
     * The loops whose condition may be repeated at their end: its first instruction to the first
     * one of the body.
     */
    public Map<Integer, Integer> loops() {
        return loops;
    }

    /** The variables that loops count with. */
    public List<InductionVariable> inductions() {
        return inductions;
    }

    /** The frame at the instruction {@code index}, or null. */
    public StackMapFrameInfo frame(int index) {
        return frames[index];
    }

    /** Whether no branches join anywhere and the flow ends only at the end. */
    public boolean isOnePiece() {
        return onePiece;
    }

    private boolean findOnePiece() {
        int last = instructions.size() - 1;
        for (int i = 0; i <= last; i++) {
            if (frames[i] != null || targets[i].length > 0 || endsFlow[i] && i != last) {
                return false;
            }
        }
        return true;
    }

    /** The name of the variable in {@code slot} at the instruction {@code index}, or null. */
    public LocalName localName(int slot, int index) {
        for (LocalName local : localNames) {
            if (local.slot == slot && local.start <= index && index < local.end) {
                return local;
            }
        }
        return null;
    }

    /** The exception handlers. */
    public List<Handler> handlers() {
        return handlers;
    }

    /** The number of local variable slots. */
    public int maxLocals() {
        return maxLocals;
    }

    /** How many instructions write the local variable {@code slot}. */
    public int stores(int slot) {
        return stores[slot];
    }
}
