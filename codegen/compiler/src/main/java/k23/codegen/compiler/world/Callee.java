package k23.codegen.compiler.world;

import k23.codegen.compiler.diagnostic.Refusal;

/** What a call instruction calls. */
public sealed interface Callee {
    /**
     * One method, known for certain.
     *
     * @param method its code
     */
    record Code(MethodNode method) implements Callee {}

    /**
     * Whichever method the receiver's class has.
     *
     * @param receiver   internal name of the receiver's static type
     * @param name       the method's name
     * @param descriptor the method's descriptor
     */
    record Virtual(String receiver, String name, String descriptor) implements Callee {}

    /**
     * A linker symbol.
     *
     * @param symbol   its name
     * @param declared the Java declaration
     */
    record Symbol(String symbol, MethodNode declared) implements Callee {}

    /**
     * Machine instructions that the compiler puts in place of the call.
     *
     * @param key {@code owner.name} and descriptor
     */
    record Builtin(String key) implements Callee {}

    /**
     * Nothing that could be compiled.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements Callee {}
}
