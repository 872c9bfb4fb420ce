package k23.codegen.compiler.world;

import java.util.List;

/**
 * What one method calls and allocates.
 *
 * @param calls       its call instructions, in order
 * @param implied     what its other instructions have the compiled code call
 * @param allocations its allocations, in order
 */
public record CallSites(List<Call> calls, List<Callee> implied, List<Allocation> allocations) {
    /**
     * A call.
     *
     * @param callee what is called
     * @param index  index of the instruction
     * @param line   source line
     */
    public record Call(Callee callee, int index, int line) {}

    /**
     * An allocation.
     *
     * @param type what is made
     * @param line source line
     */
    public record Allocation(String type, int line) {}

    /**
     * An instruction that touches a floating-point register.
     *
     * @param what the instruction, and what it accesses
     * @param line source line
     */
    public record FloatUse(String what, int line) {}
}
