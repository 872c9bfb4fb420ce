package k23.tests.bench.boot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Boots a file in QEMU and takes the time from the process's start to a line on the console. */
public final class BootTime {
    private static final int SECONDS = 60;

    private BootTime() {}

    /**
     * What to boot.
     *
     * @param kernel what QEMU's {@code -kernel} gets
     * @param marker a text in the line that ends the time
     */
    public record Boot(Path kernel, String marker) {}

    /**
     * The median time of each of {@code boots}.
     *
     * @param boots  what to boot, one after the other in each round
     * @param rounds how often, odd
     * @param more   further arguments of QEMU's; memory and harts have their defaults otherwise
     */
    public static List<Duration> medians(List<Boot> boots, int rounds, List<String> more)
            throws IOException, InterruptedException {
        var times = new ArrayList<List<Duration>>();
        boots.forEach(boot -> times.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < boots.size(); i++) {
                times.get(i).add(once(boots.get(i).kernel, boots.get(i).marker, more));
            }
        }
        return times.stream().map(all -> all.stream().sorted().toList().get(rounds / 2)).toList();
    }

    private static Duration once(Path kernel, String marker, List<String> more)
            throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("timeout", Integer.toString(SECONDS),
                "qemu-system-riscv64", "-machine", "virt", "-display", "none", "-serial", "stdio",
                "-monitor", "none", "-no-reboot", "-kernel", kernel.toString()));
        words.addAll(more);
        long start = System.nanoTime();
        Process process = new ProcessBuilder(words).redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile()).start();
        var seen = new StringBuilder();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(),
                StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(marker)) {
                    return Duration.ofNanos(System.nanoTime() - start);
                }
                seen.append(line).append('\n');
            }
        } finally {
            process.destroy();
            process.waitFor(SECONDS, TimeUnit.SECONDS);
        }
        throw new IOException(kernel + " never printed '" + marker + "' but:\n" + seen);
    }

    /** Prints the boot time of the bare program. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path file = Files.createTempFile("k23-bare-hello", ".elf");
        try {
            Files.write(file, BareHello.elf());
            System.out.println("boot bare-assembly-hello "
                    + medians(List.of(new Boot(file, BareHello.LINE)), 5, List.of())
                            .getFirst().toMillis() + " ms");
        } finally {
            Files.delete(file);
        }
    }
}
