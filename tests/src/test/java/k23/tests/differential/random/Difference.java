package k23.tests.differential.random;

import java.util.List;

/**
 * A program that behaves differently on the JVM and on the machine.
 *
 * @param program what was run
 * @param a       its first argument
 * @param b       its second argument
 * @param jvm     what it did on the JVM
 * @param machine what it did on the machine
 */
record Difference(RandomProgram program, long a, long b, String jvm, String machine) {
    /** This difference in the smallest program that leaving out statements leads to. */
    Difference shrunk() {
        Difference best = this;
        while (true) {
            List<Difference> found = new ProgramBatch(best.program.smaller()).differences();
            if (found.isEmpty()) {
                return best;
            }
            best = found.getFirst();
        }
    }

    @Override
    public String toString() {
        return "seed " + program.seed() + ", run(" + a + "L, " + b + "L): JVM " + jvm
                + ", machine " + machine + "\n" + program.source("p", "P");
    }
}
