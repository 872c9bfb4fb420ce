package k23.codegen.compiler;

import java.util.List;
import k23.codegen.compiler.regime.RegimeReport;

/**
 * Figures of one compilation.
 *
 * @param methods   how many methods were compiled
 * @param strings   how many strings are in the image
 * @param objects   how many other objects are in the image
 * @param functions the functions that were compiled, in the order of their symbols
 * @param stacks    the worst-case stack of each exported method
 * @param leftOut   the paths of the JDK's code that trap because they go beyond the dialect: the
 *                  method, and why
 * @param recursions the ways in which something calls itself: the symbols from it back to it
 * @param regimes   the exemptions from regimes and the permissions of raw access, with reasons
 */
public record CompileReport(int methods, int strings, int objects, List<Function> functions,
        List<StackDepth> stacks, List<String> leftOut, List<List<String>> recursions,
        RegimeReport regimes) {
    /**
     * The worst case of one entry: an exported method.
     *
     * @param entry       its symbol
     * @param bytes       the frames of the deepest path; frames of templates are not known
     * @param isRecursive whether something on the way calls itself, so that there is no bound
     * @param path        the deepest path, from the entry on
     */
    public record StackDepth(String entry, long bytes, boolean isRecursive, List<String> path) {}

    /**
     * One compiled function.
     *
     * @param symbol     its linker symbol
     * @param codeBytes  size of its code
     * @param frameBytes stack that it takes
     */
    public record Function(String symbol, int codeBytes, int frameBytes) {}
}
