package k23.codegen.compiler.translate;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.util.List;
import k23.codegen.compiler.diagnostic.Place;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.world.Bytecode;
import k23.codegen.compiler.world.MethodNode;

/**
 * Tells the exception handlers that javac makes for {@code finally}, try-with-resources and record
 * patterns from a {@code catch} that somebody wrote. The former never run: a throw is a panic.
 */
final class Handlers {
    private final MethodNode method;
    private final Bytecode bytecode;

    Handlers(MethodNode method, Bytecode bytecode) {
        this.method = method;
        this.bytecode = bytecode;
    }

    /** Refuses a handler that somebody wrote. */
    void check() {
        for (Bytecode.Handler handler : bytecode.handlers()) {
            if (handler.catchType() != null && !isSynthetic(handler)) {
                String what = "catch (" + handler.catchType().replace('/', '.') + ")";
                throw method.owner().isJdk() ? new Refusal(Problem.CATCH, what)
                        : new Refusal(Problem.CATCH, new Place(method.owner().sourceFile(),
                                bytecode.line(handler.handler()), method.display()), what);
            }
        }
    }

    private boolean isSynthetic(Bytecode.Handler handler) {
        if (!handler.catchType().equals("java/lang/Throwable")) {
            // javac wraps lookups in $SwitchMap$ classes like this; they run on the host only.
            return false;
        }
        List<Instruction> instructions = bytecode.instructions();
        for (int i = handler.handler(); i < instructions.size(); i++) {
            Instruction instruction = instructions.get(i);
            if (instruction instanceof InvokeInstruction call
                    && call.name().equalsString("addSuppressed")
                    || instruction instanceof NewObjectInstruction made
                    && made.className().asInternalName().equals("java/lang/MatchException")) {
                return true;
            }
            if (instruction.opcode() == Opcode.ATHROW) {
                return isRethrow(handler, i);
            }
        }
        return false;
    }

    /** {@code catch (Throwable t) { throw t; }}, as for a resource that is null. */
    private static boolean isRethrow(Bytecode.Handler handler, int end) {
        return end - handler.handler() <= 2;
    }
}
