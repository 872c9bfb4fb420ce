package k23.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a target in Jazzer, which changes inputs further that reach code no other input did. What it
 * finds worth keeping stays in the cache's folder {@code fuzz/NAME}: {@code corpus}, from which the
 * next run goes on, the last run's {@code log}, and inputs that the target failed on.
 */
public final class GuidedFuzzer {
    private static final int HANG_SECONDS = 10;
    private static final String HEAP = "-Xmx1g";
    private static final int LINES_TOLD = 60;
    private static final Pattern DONE = Pattern.compile(
            "#(\\d+)\\s+DONE\\s+cov: (\\d+) ft: (\\d+) corp: (\\d+)/\\S+.* exec/s: (\\d+)");

    /**
     * What a run reached.
     *
     * @param inputs   inputs run, with those of the corpus
     * @param edges    ways between blocks of code that inputs took
     * @param kept     inputs that are in the corpus now
     * @param rate     inputs a second
     * @param outcomes how often each outcome was: words and numbers in turns
     * @param corpus   where the inputs are that were kept
     */
    public record Reached(long inputs, int edges, int kept, int rate, String outcomes,
            Path corpus) {}

    private GuidedFuzzer() {}

    /**
     * Runs {@code inputs} inputs and prints what they reached.
     *
     * @throws AssertionError with the input that the target failed on, or did not end on
     */
    public static Reached run(Class<? extends FuzzTarget> target, long inputs) {
        try {
            FuzzTarget made = GuidedProcess.create(target.getName());
            Path folder = folder(made.name());
            Path log = folder.resolve("log");
            int status = start(made, command(made, folder, inputs), folder, log);
            String text = Files.readString(log, StandardCharsets.ISO_8859_1);
            if (status != 0) {
                throw new AssertionError(made.name() + " fails, status " + status
                        + "; the input is in " + folder + "\n" + last(text));
            }
            return reached(made, text, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path folder(String name) throws IOException {
        String cache = System.getenv("K23_CACHE");
        Path root = cache != null && !cache.isBlank() ? Path.of(cache)
                : Path.of(System.getenv("HOME"), ".cache", "k23");
        return Files.createDirectories(root.resolve("fuzz").resolve(name));
    }

    private static int start(FuzzTarget target, List<String> command, Path folder, Path log)
            throws IOException, InterruptedException {
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        Files.createDirectories(folder.resolve("corpus"));
        for (byte[] seed : target.seeds()) {
            Files.write(seeds.resolve(digest(seed)), seed);
        }
        Files.writeString(folder.resolve("words"), dictionary(target.words()));
        Process process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            return process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(FuzzTarget target, Path folder, long inputs) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = new ArrayList<>(List.of(java.toString(), HEAP, "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + GuidedProcess.class.getName(),
                "--target_args=" + target.getClass().getName(),
                "--instrumentation_includes=" + String.join(":", target.reached()),
                "--custom_hook_includes=none", "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/", "-dict=" + folder.resolve("words"),
                "-runs=" + inputs, "-max_len=" + target.maxBytes(), "-seed=23",
                "-timeout=" + HANG_SECONDS, "-print_final_stats=0", "-rss_limit_mb=0"));
        command.add(folder.resolve("corpus").toString());
        command.add(folder.resolve("seeds").toString());
        return command;
    }

    private static Reached reached(FuzzTarget target, String log, Path folder) {
        Matcher done = DONE.matcher(log);
        if (!done.find()) {
            throw new AssertionError(target.name() + " has no last line:\n" + last(log));
        }
        String outcomes = log.lines().filter(line -> line.startsWith(GuidedProcess.OUTCOMES))
                .findFirst().orElseThrow();
        var reached = new Reached(Long.parseLong(done.group(1)), Integer.parseInt(done.group(2)),
                Integer.parseInt(done.group(4)), Integer.parseInt(done.group(5)), outcomes,
                folder.resolve("corpus"));
        System.out.printf("fuzz.%s.guided %d inputs, %d inputs/s, %d edges, %d kept, %s%n",
                target.name(), reached.inputs(), reached.rate(), reached.edges(), reached.kept(),
                outcomes);
        return reached;
    }

    private static String last(String log) {
        String[] lines = log.split("\n");
        return String.join("\n", Arrays.copyOfRange(lines, Math.max(0, lines.length - LINES_TOLD),
                lines.length));
    }

    /** In libFuzzer's notation: a quoted string a line, with bytes as {@code \xAB}. */
    private static String dictionary(List<byte[]> words) {
        var text = new StringBuilder();
        for (byte[] word : words) {
            text.append('"');
            for (byte b : word) {
                text.append("\\x").append(HexFormat.of().toHexDigits(b));
            }
            text.append("\"\n");
        }
        return text.toString();
    }

    private static String digest(byte[] seed) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(seed);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
