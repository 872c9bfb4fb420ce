package k23.codegen.compiler.world;

import java.util.List;

/**
 * What one method calls and allocates.
 *
 * @param calls       its calls, in order
 * @param allocations its allocations, in order
 */
record CallSites(List<Call> calls, List<Allocation> allocations) {
    /**
     * A call.
     *
     * @param callee what is called
     * @param line   source line
     */
    record Call(Callee callee, int line) {}

    /**
     * An allocation.
     *
     * @param type what is made
     * @param line source line
     */
    record Allocation(String type, int line) {}
}
