package k23.codegen.compiler;

import java.util.List;

/**
 * Figures of one compilation.
 *
 * @param methods   how many methods were compiled
 * @param strings   how many strings are in the image
 * @param objects   how many other objects are in the image
 * @param functions the functions that were compiled, in the order of their symbols
 */
public record CompileReport(int methods, int strings, int objects, List<Function> functions) {
    /**
     * One compiled function.
     *
     * @param symbol     its linker symbol
     * @param codeBytes  size of its code
     * @param frameBytes stack that it takes
     */
    public record Function(String symbol, int codeBytes, int frameBytes) {}
}
