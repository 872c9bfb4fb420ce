package k23.tests.bench;

import java.io.IOException;

/** {@code make bench}: one figure a line, name, value, unit. */
public final class Bench {
    private Bench() {}

    /** Runs every benchmark. */
    public static void main(String[] args) throws IOException, InterruptedException {
        CodeBench.print(System.out);
    }
}
