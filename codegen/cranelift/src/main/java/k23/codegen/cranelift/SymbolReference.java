package k23.codegen.cranelift;

/**
 * A symbol whose address the function uses: data, or code of unknown signature.
 *
 * @param index its place among the function's global values, from 0
 * @param symbol the linker's name of it
 */
public record SymbolReference(int index, String symbol) {}
