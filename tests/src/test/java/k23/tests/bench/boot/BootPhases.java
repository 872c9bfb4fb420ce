package k23.tests.bench.boot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import k23.cli.build.SystemFiles;
import k23.codegen.link.ElfFile;
import k23.codegen.link.ElfFormatException;
import k23.tests.bench.boot.BootTime.Boot;

/**
 * What the loader costs from the firmware's jump to the payload's first instruction: when it says
 * what on four harts, and for each of its functions how many blocks QEMU translates, which takes
 * longer than to run them once, and how many instructions run. The counts are exact: one hart,
 * whose clock are its instructions, and a fixed seed.
 *
 * <p>The classes are those of {@code make bench}; the arguments are the image and the number of
 * rounds, {@code target/k23.img} and 5 if not given. The image has to be of the same build.
 */
public final class BootPhases {
    private static final long KERNEL_AT = 0x8020_0000L;
    private static final int PAGE_BYTES = 4096;
    private static final String LINUX_MAGIC = "RISCV";
    private static final int LINUX_MAGIC_AT = 0x30;
    private static final String LAST = "k23_enter_payload";
    private static final String FIRMWARE = "(firmware)";
    private static final List<String> LINES = List.of("Boot HART MEDELEG", "loader: hart",
            "loader: payload verified", "loader: entering payload");

    private final TreeMap<Long, String> functions = new TreeMap<>();
    private final Map<String, Counts> counts = new HashMap<>();
    /** How many instructions the block at an address has. */
    private final Map<Long, Integer> lengths = new HashMap<>();
    private final long base;
    private boolean hasStarted;
    private boolean isBlockStart;
    private long block;

    private static final class Counts {
        private int blocks;
        private int instructions;
        private long blocksRun;
        private long instructionsRun;

        private void add(Counts other) {
            blocks += other.blocks;
            instructions += other.instructions;
            blocksRun += other.blocksRun;
            instructionsRun += other.instructionsRun;
        }

        private void print(String name) {
            System.out.printf("%6d %7d %9d %10d  %s%n", blocks, instructions, blocksRun,
                    instructionsRun, name);
        }
    }

    private BootPhases(ElfFile loader, byte[] image) throws IOException {
        base = KERNEL_AT + offsetOfLoader(image);
        loader.symbols().forEach(s -> functions.put(s.address(), s.name()));
    }

    /** Where in the file the loader is: a disk has it in its boot partition. */
    private static int offsetOfLoader(byte[] image) throws IOException {
        for (int i = 0; i + PAGE_BYTES <= image.length; i += PAGE_BYTES) {
            String magic = new String(image, i + LINUX_MAGIC_AT, LINUX_MAGIC.length(),
                    StandardCharsets.ISO_8859_1);
            if (image[i] == 'M' && image[i + 1] == 'Z' && magic.equals(LINUX_MAGIC)) {
                return i;
            }
        }
        throw new IOException("no loader in the image");
    }

    /** Prints times and counts. */
    public static void main(String[] arguments)
            throws IOException, InterruptedException, ElfFormatException {
        Path image = Path.of(arguments.length > 0 ? arguments[0] : "target/k23.img");
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        List<Boot> boots = LINES.stream().map(line -> new Boot(image, line)).toList();
        List<Duration> times = BootTime.medians(boots, rounds, List.of("-smp", "4", "-m", "256"));
        for (int i = 0; i < boots.size(); i++) {
            System.out.printf("%6.1f ms  %s%n", times.get(i).toNanos() / 1e6, LINES.get(i));
        }
        var phases = new BootPhases(ElfFile.parse(SystemFiles.LOADER.bytes()),
                Files.readAllBytes(image));
        phases.run(image);
        phases.print();
    }

    private void run(Path image) throws IOException {
        Process qemu = new ProcessBuilder("timeout", "120", "qemu-system-riscv64", "-machine",
                "virt", "-m", "256", "-display", "none", "-serial", "null", "-monitor", "none",
                "-no-reboot", "-seed", "1", "-icount", "shift=0,sleep=off", "-rtc",
                "base=2026-01-01,clock=vm", "-kernel", image.toString(),
                "-d", "in_asm,exec,nochain", "-D", "/dev/stdout")
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var lines = new BufferedReader(new InputStreamReader(qemu.getInputStream(),
                StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("Trace")) {
                    int at = line.indexOf('/') + 1;
                    if (hasRun(Long.parseUnsignedLong(line.substring(at, at + 16), 16))) {
                        return;
                    }
                } else if (line.startsWith("IN:")) {
                    isBlockStart = true;
                } else if (line.startsWith("0x")) {
                    hasTranslated(Long.parseUnsignedLong(line.substring(2, 18), 16));
                }
            }
        } finally {
            qemu.destroy();
        }
        throw new IOException("the loader never came to its end");
    }

    private String function(long address) {
        return address < KERNEL_AT ? FIRMWARE : functions.floorEntry(address - base) == null
                ? "(unknown)" : functions.floorEntry(address - base).getValue();
    }

    private Counts counts(long address) {
        return counts.computeIfAbsent(function(address), _ -> new Counts());
    }

    private void hasTranslated(long address) {
        if (isBlockStart) {
            isBlockStart = false;
            block = address;
            lengths.put(block, 0);
            hasStarted |= address >= base;
            counts(block).blocks += hasStarted ? 1 : 0;
        }
        lengths.merge(block, 1, Integer::sum);
        counts(block).instructions += hasStarted ? 1 : 0;
    }

    /** Whether the block at {@code address}, which has run, was the loader's last. */
    private boolean hasRun(long address) {
        if (hasStarted) {
            counts(address).blocksRun++;
            counts(address).instructionsRun += lengths.get(address);
        }
        return function(address).equals(LAST);
    }

    private void print() {
        System.out.printf("%6s %7s %9s %10s%n%6s %7s %9s %10s  %s%n", "blocks", "instr.", "blocks",
                "instr.", "transl", "transl.", "run", "run", "function");
        Counts total = new Counts();
        List<String> names = new ArrayList<>(counts.keySet());
        names.sort(Comparator.comparing((String name) -> -counts.get(name).blocks)
                .thenComparing(Comparator.naturalOrder()));
        for (String name : names) {
            counts.get(name).print(name);
            total.add(counts.get(name));
        }
        total.print("all");
    }
}
