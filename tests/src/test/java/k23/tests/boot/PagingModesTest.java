package k23.tests.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import k23.sdk.Paging;
import k23.sdk.riscv.IsaExtension;
import k23.tests.support.NewerMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a payload asks for and what a machine has: entered in the right mode, or refused. */
class PagingModesTest {
    /** The processors of QEMU 10, and the most virtual address bits that each has. */
    private static final Map<String, Integer> PROCESSORS =
            Map.of("rv64", 57, "rva23s64", 39, "max", 57, "rv64,sv57=off", 48, "sifive-u54", 39);
    private static final String NO_MODE =
            "payload: asks for a paging mode that this machine does not have";
    private static final Map<String, Path> IMAGES = new HashMap<>();

    @TempDir
    private static Path folder;

    /** Every mode alone, and all in order of preference; an image for each. */
    private static Path image(List<Paging> modes) throws IOException {
        Path image = IMAGES.get(modes.toString());
        if (image == null) {
            long bytes = 0;
            for (int i = 0; i < modes.size(); i++) {
                bytes |= (long) modes.get(i).bits() << 8 * i;
            }
            Path own = folder.resolve(modes.toString().replaceAll("\\W+", "-"));
            image = ReportingMachine.image(Files.createDirectories(own),
                    ReportingMachine.payload(ReportingMachine.PAGING, bytes, 4));
            IMAGES.put(modes.toString(), image);
        }
        return image;
    }

    private static Stream<Arguments> matrix() {
        return PROCESSORS.keySet().stream().sorted().flatMap(cpu -> Stream.of(
                List.of(Paging.SV39), List.of(Paging.SV48), List.of(Paging.SV57),
                List.of(Paging.SV57, Paging.SV48, Paging.SV39), List.of(Paging.SV57, Paging.SV39))
                .flatMap(modes -> harts(cpu).map(harts -> Arguments.of(cpu, modes, harts))));
    }

    private static Stream<Integer> harts(String cpu) {
        return cpu.equals("rv64") || cpu.equals("rva23s64") || cpu.equals("max")
                ? Stream.of(1, 4, 8) : Stream.of(4);
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void entersInTheFirstModeThatThereIsOrRefuses(String cpu, List<Paging> modes, int harts)
            throws IOException {
        int most = PROCESSORS.get(cpu);
        var report = new ReportingMachine(NewerMachine.qemu()).boot(image(modes),
                "-machine", "virt", "-cpu", cpu, "-smp", Integer.toString(harts), "-m", "256M");
        int expected = modes.stream().mapToInt(Paging::bits).filter(b -> b <= most).findFirst()
                .orElse(0);
        if (expected == 0) {
            assertTrue(report.isRefused(NO_MODE), report.toString());
            return;
        }
        assertTrue(report.isEntered(), report.toString());
        assertEquals(expected + " of " + most + ", satp " + ((expected - 12) / 9 + 5),
                report.line("mode "));
        assertEquals(harts, report.line("harts ").split(" ").length);
    }

    /** The machine's own QEMU, whatever it has: what it has is what it is asked for. */
    @Test
    void asksTheHartAndNotTheTree() throws IOException {
        var machine = new ReportingMachine("qemu-system-riscv64");
        String[] options = {"-machine", "virt", "-smp", "2", "-m", "128M"};
        var best = machine.boot(image(
                List.of(Paging.SV57, Paging.SV48, Paging.SV39)), options);
        assertTrue(best.isEntered(), best.toString());
        int most = Integer.parseInt(best.line("mode ").split(" of |, ")[1]);
        for (Paging mode : Paging.values()) {
            var report = machine.boot(image(List.of(mode)), options);
            assertTrue(mode.bits() <= most ? report.isEntered() : report.isRefused(NO_MODE),
                    mode + " of " + most + "\n" + report);
        }
    }

    /** More memory than Sv39's physical map has room for; the host gives it as it is touched. */
    @ParameterizedTest
    @CsvSource({"SV39, false", "SV48, true", "SV57, true"})
    void mapsAllMemoryOrRefuses(Paging mode, boolean isEntered) throws IOException {
        var report = new ReportingMachine(NewerMachine.qemu()).boot(image(List.of(mode)),
                "-object", "memory-backend-ram,id=ram,size=700G,reserve=off", "-m", "700G",
                "-machine", "virt,memory-backend=ram", "-smp", "2");
        assertTrue(isEntered ? report.isEntered() : report.isRefused(
                "memory: lies beyond what the payload's paging mode can map"),
                report.toString());
        if (isEntered) {
            assertEquals(List.of(1), report.kindsOf(0x8000_0000L + (700L << 30) - 8));
        }
    }

    private static String names(String isa) {
        return " " + isa + " ";
    }

    /** What these processors have by their definition, and what they do not. */
    @Test
    void knowsTheExtensionsOfEachProcessor() throws IOException {
        var machine = new ReportingMachine(NewerMachine.qemu());
        Path image = image(List.of(Paging.SV39));
        for (String cpu : List.of("rva23s64", "max", "sifive-u54")) {
            String isa = names(machine.boot(image, "-machine", "virt", "-cpu", cpu, "-smp", "2",
                    "-m", "128M").line("isa "));
            boolean isOld = cpu.equals("sifive-u54");
            for (String name : List.of("zba", "zbb", "zbs", "zicond", "v", "zicboz", "svpbmt",
                    "svinval", "svnapot", "sstc", "h", "zcb", "zfa", "zawrs")) {
                assertEquals(!isOld, isa.contains(names(name)), cpu + " " + name + isa);
            }
            assertEquals(cpu.equals("rva23s64"), isa.contains(" svade "), isa);
            assertEquals(cpu.equals("max"), isa.contains(" zacas "), isa);
            for (String name : List.of("m", "a", "f", "d", "c", "zicsr", "zifencei")) {
                assertTrue(isa.contains(names(name)), cpu + " " + name + isa);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"ZBA, rva23s64, true", "ZBA, sifive-u54, false", "Q, max, false",
        "ZACAS, max, true", "SVADU, rva23s64, false"})
    void needsAreMetOrNamed(IsaExtension needed, String cpu, boolean isMet) throws IOException {
        Path own = Files.createDirectories(folder.resolve("needs-" + needed));
        var report = new ReportingMachine(NewerMachine.qemu()).boot(
                ReportingMachine.image(own, ReportingMachine.payload(ReportingMachine.NEEDS,
                        needed.bit() | IsaExtension.M.bit(), 8)),
                "-machine", "virt", "-cpu", cpu, "-m", "128M");
        if (isMet) {
            assertTrue(report.isEntered(), report.toString());
        } else {
            assertTrue(report.isRefused("hart 0 does not have " + needed.specName()),
                    report.toString());
            assertTrue(report.isRefused(
                    "payload: needs an extension that this machine does not have"),
                    report.toString());
        }
    }

    @Test
    void anotherVersionOfTheBootStructureIsRefused() throws IOException {
        Path own = Files.createDirectories(folder.resolve("version"));
        var report = new ReportingMachine("qemu-system-riscv64").boot(
                ReportingMachine.image(own, ReportingMachine.payload(ReportingMachine.BOOT_INFO,
                        1, 4)), "-machine", "virt", "-m", "128M");
        assertTrue(report.isRefused("payload: wants another version of the boot structure"),
                report.toString());
    }
}
