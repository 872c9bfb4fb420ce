package k23.codegen.compiler.translate;

import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.UninitializedVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.Bytecode;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.MethodNode;

/** The pieces of a method's code that joins delimit, in the order in which they are translated. */
final class Pieces {
    private static final int NONE = -1;
    private static final int[] ONE = {0};

    private final Bytecode bytecode;
    private final ClassRepository repository;
    /** The body behind a repeated condition, and the condition before such a body. */
    private final int[] bodies;
    private final int[] heads;
    private final int[] order;
    private final JavaType[][] locals;

    Pieces(MethodNode method, ClassRepository repository) {
        bytecode = method.bytecode();
        this.repository = repository;
        int places = bytecode.isOnePiece() ? 0 : bytecode.instructions().size() + 1;
        bodies = new int[places];
        Arrays.fill(bodies, NONE);
        heads = bodies.clone();
        bytecode.loops().forEach((head, body) -> {
            bodies[head] = body;
            heads[body] = head;
        });
        order = places == 0 ? ONE : findOrder();
        locals = new JavaType[places][];
    }

    /** Whether branches may join at the instruction {@code index}. */
    boolean isJoin(int index) {
        return frame(index) != null;
    }

    /** The frame at {@code index}, or null; a loop's body has that of the condition before it. */
    StackMapFrameInfo frame(int index) {
        StackMapFrameInfo frame = bytecode.frame(index);
        return frame != null || heads.length == 0 || heads[index] < 0 ? frame
                : bytecode.frame(heads[index]);
    }

    /** The loop body behind the condition at {@code index}; -1 when it is not repeated. */
    int body(int index) {
        return bodies.length == 0 ? NONE : bodies[index];
    }

    /** The starts of all pieces, in reverse post-order: dominators come first. */
    int[] order() {
        return order;
    }

    /** See {@link EarlyExit#rest}. */
    int rest() {
        return EarlyExit.rest(bytecode);
    }

    /** What the frame at {@code index} says of the local variables; null where it says nothing. */
    JavaType[] locals(int index) {
        JavaType[] known = locals[index];
        if (known == null) {
            // Threads that race here find the same.
            known = new JavaType[bytecode.maxLocals()];
            int slot = 0;
            for (VerificationTypeInfo info : frame(index).locals()) {
                known[slot] = type(info);
                boolean isWide = info == SimpleVerificationTypeInfo.LONG
                        || info == SimpleVerificationTypeInfo.DOUBLE;
                slot += isWide ? 2 : 1;
            }
            locals[index] = known;
        }
        return known;
    }

    /** The type of a value in a frame; null where it says nothing. */
    JavaType type(VerificationTypeInfo info) {
        return switch (info) {
            case ObjectVerificationTypeInfo object ->
                    repository.typeOfClass(object.className().asInternalName());
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

    private int[] findOrder() {
        // Filled from its end, so that the post-order comes out reversed.
        int[] result = new int[heads.length];
        int first = result.length;
        BitSet seen = new BitSet();
        Deque<Walk> path = new ArrayDeque<>();
        seen.set(0);
        path.push(walk(0));
        while (!path.isEmpty()) {
            Walk walk = path.peek();
            if (walk.taken == walk.count) {
                result[--first] = walk.start;
                path.pop();
                continue;
            }
            int next = walk.successors[walk.taken++];
            if (next != NONE && !seen.get(next)) {
                seen.set(next);
                path.push(walk(next));
            }
        }
        return Arrays.copyOfRange(result, first, result.length);
    }

    /** The joins that a piece leads to: first where it ends or jumps to, if it does. */
    private static final class Walk {
        private final int start;
        private int[] successors = {NONE, NONE, NONE};
        private int count = 1;
        private int taken;

        Walk(int start) {
            this.start = start;
        }

        void add(int successor) {
            if (count == successors.length) {
                successors = Arrays.copyOf(successors, 2 * count);
            }
            successors[count++] = successor;
        }
    }

    private Walk walk(int start) {
        Walk walk = new Walk(start);
        for (int i = start; i < bytecode.instructions().size(); i++) {
            if (i != start && isJoin(i)) {
                jump(i, walk);
                return walk;
            }
            int[] targets = bytecode.targets(i);
            if (targets.length > 0) {
                Opcode opcode = bytecode.instructions().get(i).opcode();
                if (opcode == Opcode.GOTO || opcode == Opcode.GOTO_W) {
                    jump(targets[0], walk);
                    return walk;
                }
                for (int target : targets) {
                    walk.add(target);
                }
            }
            if (bytecode.endsFlow(i)) {
                return walk;
            }
        }
        return walk;
    }

    /** An unconditional jump to a loop's condition tests it on the spot. */
    private void jump(int target, Walk walk) {
        int body = body(target);
        walk.successors[0] = body < 0 ? target : body;
        if (body >= 0) {
            for (int exit : bytecode.targets(body - 1)) {
                walk.add(exit);
            }
        }
    }
}
