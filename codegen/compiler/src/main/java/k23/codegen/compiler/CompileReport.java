package k23.codegen.compiler;

import java.util.ArrayList;
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
 * @param times     what the request's clock counted
 */
public record CompileReport(int methods, int strings, int objects, List<Function> functions,
        List<StackDepth> stacks, List<String> leftOut, List<List<String>> recursions,
        RegimeReport regimes, Times times) {
    /** The same with {@code known} times. */
    CompileReport withTimes(Times known) {
        return new CompileReport(methods, strings, objects, functions, stacks, leftOut, recursions,
                regimes, known);
    }

    /**
     * The report as text: code size, frame size and symbol of each function, then a line for each
     * stack, recursion, exemption, permission and path left out.
     */
    public List<String> lines() {
        List<String> result = new ArrayList<>();
        functions.forEach(f -> result.add(f.codeBytes + "\t" + f.frameBytes + "\t" + f.symbol));
        stacks.forEach(s -> result.add("stack " + s.bytes + (s.isRecursive ? " (recursive) " : " ")
                + String.join(" > ", s.path)));
        recursions.forEach(cycle -> result.add("recursion " + String.join(" > ", cycle)));
        regimes.exemptions().forEach(exemption -> result.add(exemption.toString()));
        regimes.permissions().forEach(permission -> result.add(permission.toString()));
        leftOut.forEach(path -> result.add("left out " + path));
        return result;
    }

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
     * Processor time from the class files to the linked ELF, in nanoseconds.
     *
     * @param cranelift within the native library
     * @param all       of all threads that take part; the JVM's own threads are not among them
     */
    public record Times(long cranelift, long all) {}

    /**
     * One compiled function.
     *
     * @param symbol     its linker symbol
     * @param codeBytes  size of its code
     * @param frameBytes stack that it takes
     */
    public record Function(String symbol, int codeBytes, int frameBytes) {}
}
