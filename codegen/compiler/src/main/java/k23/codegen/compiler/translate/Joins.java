package k23.codegen.compiler.translate;

import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.UninitializedVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Fresh;
import k23.codegen.compiler.translate.Operand.Handle;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.Bytecode;
import k23.codegen.cranelift.Block;

/**
 * The places of a method where branches join: those with a stack map frame, which tells the types
 * of the local variables and of the operand stack there.
 */
final class Joins {
    private record Join(Block block, JavaType[] locals, List<JavaType> stack,
            List<Operand> fixed, BitSet facts) {}

    private final Activation activation;
    private final Bytecode bytecode;
    private final Map<Integer, Integer> bodies = new HashMap<>();
    private final Map<Integer, Join> reached = new HashMap<>();

    Joins(Activation activation) {
        this.activation = activation;
        this.bytecode = activation.bytecode();
        bytecode.loops().forEach((head, body) -> bodies.put(body, head));
    }

    /** Whether branches may join at the instruction {@code index}. */
    boolean isJoin(int index) {
        return frame(index) != null;
    }

    /** The frame at {@code index}; a loop's body has that of the condition before it. */
    private StackMapFrameInfo frame(int index) {
        StackMapFrameInfo frame = bytecode.frame(index);
        return frame != null || !bodies.containsKey(index) ? frame
                : bytecode.frame(bodies.get(index));
    }

    /** The loop body behind the condition at {@code index}; -1 when it is not repeated. */
    int body(int index) {
        return bytecode.loops().getOrDefault(index, -1);
    }

    /** The starts of all pieces, in reverse post-order: dominators come first. */
    List<Integer> order() {
        List<Integer> postOrder = new ArrayList<>();
        BitSet seen = new BitSet();
        Deque<Integer> path = new ArrayDeque<>();
        Deque<Deque<Integer>> rest = new ArrayDeque<>();
        seen.set(0);
        path.push(0);
        rest.push(successors(0));
        while (!path.isEmpty()) {
            Integer next = rest.peek().poll();
            if (next == null) {
                postOrder.add(path.pop());
                rest.pop();
            } else if (!seen.get(next)) {
                seen.set(next);
                path.push(next);
                rest.push(successors(next));
            }
        }
        return postOrder.reversed();
    }

    /** The joins that the piece from {@code start} leads to. */
    private Deque<Integer> successors(int start) {
        Deque<Integer> result = new ArrayDeque<>();
        List<Instruction> instructions = bytecode.instructions();
        for (int i = start; i < instructions.size(); i++) {
            if (i != start && isJoin(i)) {
                addJump(i, result);
                return result;
            }
            boolean isJump = instructions.get(i).opcode() == Opcode.GOTO
                    || instructions.get(i).opcode() == Opcode.GOTO_W;
            for (Label label : Bytecode.targets(instructions.get(i))) {
                if (isJump) {
                    addJump(bytecode.index(label), result);
                } else {
                    result.add(bytecode.index(label));
                }
            }
            if (Bytecode.endsFlow(instructions.get(i))) {
                return result;
            }
        }
        return result;
    }

    /** An unconditional jump to a loop's condition tests it on the spot. */
    private void addJump(int target, Deque<Integer> result) {
        int body = body(target);
        if (body < 0) {
            result.addFirst(target);
            return;
        }
        Bytecode.targets(bytecode.instructions().get(body - 1)).forEach(exit ->
                result.add(bytecode.index(exit)));
        result.addFirst(body);
    }

    /** The block of the join at {@code index}, after the stack has been put where it expects it. */
    Block prepare(int index) {
        Join join = reached.computeIfAbsent(index, this::make);
        activation.locals().checkJoin(join.locals);
        // A value that is not null stays so: a jump back cannot take anything away.
        join.facts.and(activation.code().facts());
        List<Operand> stack = activation.stack();
        for (int depth = 0; depth < join.stack.size(); depth++) {
            Operand fixed = join.fixed.get(depth);
            if (fixed instanceof Handle handle && !fixed.equals(stack.get(depth))) {
                throw new Refusal(Problem.VARIABLE_HANDLE,
                        "it depends on the path: " + handle.handle());
            }
            if (fixed == null) {
                activation.locals().setStackEntry(depth, stack.get(depth),
                        join.stack.get(depth));
            }
        }
        return join.block;
    }

    /** Jumps to the join at {@code index}. */
    void jump(int index) {
        activation.f().jump(prepare(index));
    }

    /** Continues at the join {@code index}; false when nothing leads there. */
    boolean enter(int index) {
        if (index == 0 && !reached.containsKey(0)) {
            // A loop around the whole method: the entry falls into it.
            jump(0);
        }
        Join join = reached.get(index);
        if (join == null) {
            return false;
        }
        activation.f().switchTo(join.block);
        activation.code().setFacts(join.facts);
        activation.locals().join(join.locals);
        activation.stack().clear();
        for (int depth = 0; depth < join.stack.size(); depth++) {
            Operand fixed = join.fixed.get(depth);
            activation.push(fixed != null ? fixed
                    : activation.locals().stackEntry(depth, join.stack.get(depth)));
        }
        return true;
    }

    private Join make(int index) {
        StackMapFrameInfo frame = frame(index);
        if (frame == null) {
            throw new IllegalStateException("no frame at " + index + " of "
                    + activation.method());
        }
        JavaType[] locals = new JavaType[bytecode.maxLocals()];
        int slot = 0;
        for (VerificationTypeInfo info : frame.locals()) {
            locals[slot] = type(info);
            boolean isWide = info == SimpleVerificationTypeInfo.LONG
                    || info == SimpleVerificationTypeInfo.DOUBLE;
            slot += isWide ? 2 : 1;
        }
        List<JavaType> types = new ArrayList<>();
        List<Operand> fixed = new ArrayList<>();
        for (VerificationTypeInfo info : frame.stack()) {
            // Below a condition in an argument: the same on all paths, which prepare checks.
            Operand here = activation.stack().get(fixed.size());
            Operand known = here instanceof Handle || here instanceof Operand.Concatenation
                    ? here : fixed(info);
            fixed.add(known);
            types.add(known != null ? null : type(info));
        }
        return new Join(activation.f().createBlock(), locals, types, fixed,
                activation.code().facts());
    }

    /** A stack entry that is the same on all paths. */
    private Operand fixed(VerificationTypeInfo info) {
        if (info instanceof UninitializedVerificationTypeInfo fresh) {
            int at = bytecode.index(fresh.newTarget());
            String type = ((NewObjectInstruction) bytecode.instructions().get(at))
                    .className().asInternalName();
            return isObject(type) ? null : new Fresh(type, at);
        }
        if (info == SimpleVerificationTypeInfo.UNINITIALIZED_THIS) {
            return activation.locals().get(0);
        }
        return info == SimpleVerificationTypeInfo.NULL ? Reference.NULL : null;
    }

    private boolean isObject(String type) {
        var repository = activation.code().world().repository();
        return repository.typeOfClass(type) instanceof ReferenceType
                && !repository.isThrowable(type);
    }

    private JavaType type(VerificationTypeInfo info) {
        return switch (info) {
            case ObjectVerificationTypeInfo object -> activation.code().world().repository()
                    .typeOfClass(object.className().asInternalName());
            case UninitializedVerificationTypeInfo fresh -> {
                int at = bytecode.index(fresh.newTarget());
                yield new ReferenceType(((NewObjectInstruction) bytecode.instructions().get(at))
                        .className().asInternalName());
            }
            case SimpleVerificationTypeInfo simple -> switch (simple) {
                case INTEGER -> Scalar.INT;
                case LONG -> Scalar.LONG;
                case FLOAT -> Scalar.FLOAT;
                case DOUBLE -> Scalar.DOUBLE;
                case NULL -> ReferenceType.OBJECT;
                case TOP, UNINITIALIZED_THIS -> null;
            };
        };
    }
}
