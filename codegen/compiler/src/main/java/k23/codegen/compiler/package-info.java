/**
 * Compiles a closed world of class files to a RISC-V ELF image.
 *
 * <p>{@link k23.codegen.compiler.Compiler} does the steps: {@code world} finds what can be reached,
 * {@code heap} runs static initialisers on the host and writes what they leave as data,
 * {@code translate} turns one method after the other into Cranelift functions, {@code template}
 * runs assembly templates, and the linker puts it all together. What is outside of the dialect
 * comes back as {@code diagnostic}s, all at once.
 *
 * <p>Symbols: a method is {@code package.Class.method(descriptor)}, as the JVM writes descriptors;
 * an exported one (the entry, a root, or what a template refers to) is
 * {@code package.Class.method}, or the value of its {@code @Symbol}. A static field is
 * {@code package.Class.field}.
 */
package k23.codegen.compiler;
