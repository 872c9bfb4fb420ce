package k23.codegen.compiler.world;

import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What becomes of the text that an instruction makes: a string only where one is needed. */
public enum TextUse {
    /** Nothing at run time: it goes into the message of an exception, or is dropped. */
    MESSAGE,
    /** Its pieces are written to the log, or become pieces of a longer text. */
    PIECES,
    /** It is a string that the program holds. */
    STRING;

    /** The methods of the log that take texts in pieces. */
    private static final Set<String> LOG = Set.of("info", "warn", "error", "print", "append");

    /** Whether {@code call} is a concatenation. */
    public static boolean isConcatenation(Instruction call) {
        return call instanceof InvokeDynamicInstruction dynamic
                && dynamic.bootstrapMethod().owner().displayName().equals("StringConcatFactory");
    }

    /** Whether {@code call} makes the text of a record. */
    static boolean isRecordText(Instruction call) {
        return call instanceof InvokeDynamicInstruction dynamic
                && dynamic.bootstrapMethod().owner().displayName().equals("ObjectMethods")
                && dynamic.name().equalsString("toString");
    }

    /** Whether {@code call} is {@code String.valueOf} of an object. */
    static boolean isValueOf(Instruction call) {
        return call instanceof InvokeInstruction invoke
                && invoke.owner().asInternalName().equals("java/lang/String")
                && invoke.name().equalsString("valueOf")
                && invoke.type().equalsString("(Ljava/lang/Object;)Ljava/lang/String;");
    }

    /** What becomes of what instruction {@code index} of {@code method} pushes. */
    public static TextUse of(CallResolver resolver, MethodNode method, int index) {
        return of(resolver, method, index, List.of());
    }

    private static TextUse of(CallResolver resolver, MethodNode method, int index,
            List<MethodNode> around) {
        if (method.owner().isJdk()) {
            // Its messages are all that counts there.
            return MESSAGE;
        }
        int by = method.stackFlow().consumer(index);
        if (by < 0) {
            return STRING;
        }
        Instruction consumer = method.bytecode().instructions().get(by);
        if (isConcatenation(consumer) || isValueOf(consumer)) {
            return of(resolver, method, by, around) == MESSAGE ? MESSAGE : PIECES;
        }
        if (consumer instanceof StackInstruction) {
            return MESSAGE;
        }
        return consumer instanceof InvokeInstruction call
                ? passed(resolver, call, method.stackFlow().argument(index), around) : STRING;
    }

    private static TextUse passed(CallResolver resolver, InvokeInstruction call, int argument,
            List<MethodNode> around) {
        String owner = call.owner().asInternalName();
        if (owner.equals("k23/sdk/Log")) {
            return LOG.contains(call.name().stringValue()) ? PIECES : STRING;
        }
        if (call.name().equalsString("<init>")) {
            return resolver.repository().isThrowable(owner) ? MESSAGE : STRING;
        }
        return resolver.resolve(call.opcode(), owner, call.name().stringValue(),
                call.type().stringValue()) instanceof Callee.Code code
                && !code.method().owner().isJdk() && code.method().hasCode()
                && onlyPasses(resolver, code.method(), argument, around) ? PIECES : STRING;
    }

    /** Whether a method only passes its argument on as a text. */
    private static boolean onlyPasses(CallResolver resolver, MethodNode method, int argument,
            List<MethodNode> around) {
        if (around.contains(method)) {
            return false;
        }
        List<MethodNode> path = new ArrayList<>(around);
        path.add(method);
        int slot = method.parameterSlot(argument);
        Bytecode code = method.bytecode();
        if (code.stores(slot) > 0) {
            return false;
        }
        for (int i = 0; i < code.instructions().size(); i++) {
            if (code.isReachable(i) && code.instructions().get(i) instanceof LoadInstruction load
                    && load.slot() == slot && of(resolver, method, i, path) == STRING) {
                return false;
            }
        }
        return true;
    }
}
