package k23.codegen.cranelift;

/**
 * A function that this one calls by name.
 *
 * @param index its place among the imported functions, from 0
 * @param symbol the linker's name of it
 * @param signature how it is called
 */
public record FunctionReference(int index, String symbol, Signature signature) {}
