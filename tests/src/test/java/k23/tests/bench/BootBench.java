package k23.tests.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import k23.cli.build.JavaPayload;
import k23.cli.build.SystemFiles;
import k23.image.ImageBuilder;
import k23.image.container.Bundle;
import k23.image.container.Compression;
import k23.image.loader.KeyTable;
import k23.image.sign.SigningKey;
import k23.tests.bench.boot.BareHello;
import k23.tests.bench.boot.BootTime;
import k23.tests.bench.boot.BootTime.Boot;
import k23.tests.support.Repository;

/**
 * Power-on to the payload's {@code main} on a machine with four harts, against a bare assembly
 * program on the same firmware; all in turn, so that a change in the host's speed meets all.
 */
final class BootBench {
    private static final int ROUNDS = 41;
    private static final int LARGE_BYTES = 1 << 20;
    /** The loader's last line: nothing but a jump lies between it and {@code main}. */
    private static final String ENTERING = "loader: entering payload";
    /** What the small payload prints first. */
    private static final String HELLO = "hello from Java";
    private static final List<String> MACHINE = List.of("-smp", "4", "-m", "256");

    private BootBench() {}

    static void print(PrintStream out, Path image) throws IOException, InterruptedException {
        Path bare = Files.createTempFile("k23-bare-hello", ".elf");
        Path large = Files.createTempFile("k23-large", ".img");
        try {
            Files.write(bare, BareHello.elf());
            Files.write(large, large());
            List<Duration> medians = BootTime.medians(List.of(new Boot(bare, BareHello.LINE),
                    new Boot(image, ENTERING), new Boot(large, HELLO)), ROUNDS, MACHINE);
            Duration yardstick = medians.getFirst();
            out.printf("boot.bare %d ms%n", yardstick.toMillis());
            print(out, "boot.main", medians.get(1), yardstick, Files.size(image));
            print(out, "boot.main.1MiB", medians.get(2), yardstick, Files.size(large));
        } finally {
            Files.delete(bare);
            Files.delete(large);
        }
    }

    private static void print(PrintStream out, String name, Duration time, Duration yardstick,
            long bytes) {
        out.printf("%s %d ms%n", name, time.toMillis());
        out.printf("%s %.2f x bare assembly hello, image of %d bytes (goal 1.25)%n", name,
                (double) time.toNanos() / yardstick.toNanos(), bytes);
    }

    /** A small payload with class files as its bundle: 1 MiB unpacked, LZ4, verified. */
    private static byte[] large() throws IOException {
        byte[] payload = JavaPayload.ofSource(
                Repository.ROOT.resolve("examples/payloads/Hello.java"));
        var classes = new ByteArrayOutputStream();
        Path folder = Repository.ROOT.resolve("codegen/compiler/target/classes");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                classes.write(Files.readAllBytes(file));
            }
        }
        byte[] content = new byte[LARGE_BYTES - payload.length];
        byte[] all = classes.toByteArray();
        for (int i = 0; i < content.length; i += all.length) {
            System.arraycopy(all, 0, content, i, Math.min(all.length, content.length - i));
        }
        SigningKey key = SigningKey.ofSeed(new byte[32]);
        var bundle = new Bundle(List.of(new Bundle.Entry(Bundle.Kind.FILE, "/large", content)));
        return new ImageBuilder(SystemFiles.LOADER.bytes(), payload, bundle, Compression.LZ4,
                new KeyTable(List.of(key.verifyingKey()), 0), key.verifyingKey(), 0, "")
                .disk().sign(key).bytes();
    }
}
