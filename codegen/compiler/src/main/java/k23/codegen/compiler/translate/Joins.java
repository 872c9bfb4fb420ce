package k23.codegen.compiler.translate;

import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.UninitializedVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Fresh;
import k23.codegen.compiler.translate.Operand.Handle;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.ReferenceType;
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
    private final Pieces pieces;
    /** By instruction; null where nothing has led to. */
    private final Join[] reached;

    Joins(Activation activation, Pieces pieces) {
        this.activation = activation;
        this.bytecode = activation.bytecode();
        this.pieces = pieces;
        reached = new Join[bytecode.instructions().size()];
    }

    /** The block of the join at {@code index}, after the stack has been put where it expects it. */
    Block prepare(int index) {
        Join join = join(index);
        activation.locals().checkJoin(join.locals);
        // A value that is not null stays so: a jump back cannot take anything away.
        activation.code().restrict(join.facts);
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

    private Join join(int index) {
        if (reached[index] == null) {
            reached[index] = make(index);
        }
        return reached[index];
    }

    /** Jumps to the join at {@code index}. */
    void jump(int index) {
        activation.f().jump(prepare(index));
    }

    /** Continues at the join {@code index}; false when nothing leads there. */
    boolean enter(int index) {
        if (index == 0 && reached[0] == null) {
            // A loop around the whole method: the entry falls into it.
            jump(0);
        }
        Join join = reached[index];
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
        StackMapFrameInfo frame = pieces.frame(index);
        if (frame == null) {
            throw new IllegalStateException("no frame at " + index + " of "
                    + activation.method());
        }
        List<JavaType> types = new ArrayList<>();
        List<Operand> fixed = new ArrayList<>();
        for (VerificationTypeInfo info : frame.stack()) {
            // Below a condition in an argument: the same on all paths, which prepare checks.
            Operand here = activation.stack().get(fixed.size());
            Operand known = here instanceof Handle || here instanceof Operand.Concatenation
                    ? here : fixed(info);
            fixed.add(known);
            types.add(known != null ? null : pieces.type(info));
        }
        return new Join(activation.f().createBlock(), pieces.locals(index), types, fixed,
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
}
