package k23.tests.bench;

import java.io.IOException;
import java.nio.file.Path;
import k23.tests.support.Repository;

/** {@code make bench}: one figure a line, name, value, unit, and what a ratio is against. */
public final class Bench {
    private Bench() {}

    /** Runs every benchmark. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path image = Repository.ROOT.resolve("target/k23.img");
        BootBench.print(System.out, image);
        CodeBench.print(System.out);
        BuildBench.printSizes(System.out, image);
        BuildBench.printTimes(System.out);
        TestBench.print(System.out);
    }
}
