package k23.tests.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import k23.tests.bench.boot.BareHello;
import k23.tests.bench.boot.BootTime;

/**
 * Power-on to the payload's {@code main} with four harts, against a bare assembly program on the
 * same firmware; both in turn, so that a change in the host's speed meets both.
 */
final class BootBench {
    private static final int ROUNDS = 3;
    private static final int BOOTS = 5;
    /** The first line of the kernel's {@code main} after the loader's last. */
    private static final String MAIN = "kernel: hart";
    private static final List<String> MACHINE = List.of("-smp", "4", "-m", "256");

    private BootBench() {}

    static void print(PrintStream out, Path image) throws IOException, InterruptedException {
        Path bare = Files.createTempFile("k23-bare-hello", ".elf");
        try {
            Files.write(bare, BareHello.elf());
            Duration ours = Duration.ofDays(1);
            Duration theirs = Duration.ofDays(1);
            for (int i = 0; i < ROUNDS; i++) {
                ours = min(ours, BootTime.median(image, MAIN, BOOTS, MACHINE));
                theirs = min(theirs, BootTime.median(bare, BareHello.LINE, BOOTS, MACHINE));
            }
            out.printf("boot.main %d ms%n", ours.toMillis());
            out.printf("boot.main %.2f x bare assembly hello (%d ms)%n",
                    (double) ours.toNanos() / theirs.toNanos(), theirs.toMillis());
        } finally {
            Files.delete(bare);
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
