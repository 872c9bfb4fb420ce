package k23.tests.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import k23.sdk.boot.MemoryRegion;
import k23.tests.support.Command;
import k23.tests.support.FlatTree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boots with device trees other than QEMU's own: harts and reservations as real boards have. */
class DeviceTreeBootTest {
    private static final String QEMU = "qemu-system-riscv64";
    private static final int HARTS = 8;
    private static final long MEMORY = 0x8000_0000L;
    private static final int RESERVED = (int) MemoryRegion.RESERVED;
    private static final int UNMAPPED = (int) MemoryRegion.UNMAPPED;
    private static final int USABLE = (int) MemoryRegion.USABLE;

    @TempDir
    private static Path folder;
    private static Path image;
    private static byte[] own;

    private FlatTree tree = FlatTree.of(own);

    @BeforeAll
    static void askQemuForItsTree() throws IOException {
        image = ReportingMachine.image(folder);
        Path file = folder.resolve("own.dtb");
        Command.Result result = Command.of(QEMU, "-machine", "virt,dumpdtb=" + file, "-smp",
                Integer.toString(HARTS), "-m", "256M", "-display", "none").run();
        assertEquals(0, result.status(), result.toString());
        own = Files.readAllBytes(file);
    }

    private ReportingMachine.Report boot() throws IOException {
        Path file = Files.write(folder.resolve("changed.dtb"), tree.bytes());
        return new ReportingMachine(QEMU).boot(image, "-machine", "virt", "-smp",
                Integer.toString(HARTS), "-m", "256M", "-dtb", file.toString());
    }

    private FlatTree.Node cpus() {
        return tree.root().child("cpus");
    }

    private FlatTree.Node reserved(String name) {
        return tree.root().child("reserved-memory").withCell("#address-cells", 2)
                .withCell("#size-cells", 2).with("ranges").child(name);
    }

    private static void assertHarts(ReportingMachine.Report report, Integer... harts) {
        assertTrue(report.isEntered(), report.toString());
        var seen = new TreeSet<Integer>();
        Arrays.stream(report.line("harts ").split(" ")).forEach(h ->
                assertTrue(seen.add(Integer.valueOf(h)), report.toString()));
        assertEquals(new TreeSet<>(List.of(harts)), seen, report.toString());
    }

    private static void assertKind(int kind, ReportingMachine.Report report, long... addresses) {
        for (long address : addresses) {
            assertEquals(List.of(kind), report.kindsOf(address),
                    Long.toHexString(address) + "\n" + report);
        }
    }

    @Test
    void anUnchangedTreeIsQemusOwn() throws IOException {
        assertHarts(boot(), 0, 1, 2, 3, 4, 5, 6, 7);
    }

    /**
     * What is left has ids with gaps. Which hart boots is the firmware's choice: it is used even if
     * the tree says otherwise. (A tree without a hart's node is none that OpenSBI always boots.)
     */
    @ParameterizedTest
    @ValueSource(strings = {"disabled", "fail"})
    void disabledHartsAreLeftAlone(String status) throws IOException {
        cpus().child("cpu@2").with("status", status);
        cpus().child("cpu@6").with("status", status);
        var report = boot();
        var harts = new TreeSet<>(List.of(0, 1, 3, 4, 5, 7));
        harts.add(Integer.valueOf(report.line("harts ").split(" ")[0]));
        assertHarts(report, harts.toArray(Integer[]::new));
    }

    /** OpenSBI itself disables a hart that has no type at all. */
    @Test
    void aHartWithoutMmuIsLeftAlone() throws IOException {
        cpus().child("cpu@3").with("mmu-type", "riscv,none");
        cpus().child("cpu@5").withoutProperty("mmu-type");
        var report = boot();
        var harts = new TreeSet<>(List.of(0, 1, 2, 4, 6, 7));
        int boot = Integer.parseInt(report.line("harts ").split(" ")[0]);
        harts.add(boot);
        assertHarts(report, harts.toArray(Integer[]::new));
        assertEquals(boot != 3, report.result().text().contains(
                "[k23 warn] loader: hart 3 has no MMU and is not used"), report.toString());
    }

    /** The smallest that a tree names of harts unlike the one that boots. */
    @Test
    void pagingIsWhatTheLeastHartHas() throws IOException {
        for (int i = 0; i < HARTS; i++) {
            cpus().child("cpu@" + i).with("mmu-type", i % 2 == 0 ? "riscv,sv39" : "riscv,sv48");
        }
        var report = boot();
        assertTrue(report.isEntered(), report.toString());
        boolean isEven = Integer.parseInt(report.line("harts ").split(" ")[0]) % 2 == 0;
        assertTrue(report.line("mode ").startsWith(isEven ? "48 of 48" : "39 of 39"),
                report.toString());
    }

    @Test
    void extensionsAreThoseOfAllHarts() throws IOException {
        for (int i = 0; i < HARTS; i++) {
            cpus().child("cpu@" + i).with("riscv,isa-extensions",
                    i == 3 ? "i\0m\0a\0zicsr\0zicond" : "i\0m\0a\0f\0d\0c\0zba\0zicsr\0zicond");
        }
        assertEquals("m a zicsr zicond", boot().line("isa "));
    }

    @Test
    void everyKindOfReservationIsKept() throws IOException {
        tree.reserve(MEMORY + 0x500_0000, 0x1800);
        reserved("static@86000000").with("reg", MEMORY + 0x600_0000, 0x20_0000);
        reserved("hidden@87000000").with("reg", MEMORY + 0x700_0800, 0x1000).with("no-map");
        reserved("dynamic").with("size", 0x30_0000).with("alignment", 0x40_0000);
        reserved("ranged").with("size", 0x1000).with("no-map")
                .with("alloc-ranges", MEMORY + 0x680_0000, 0x10_0000);
        var report = boot();
        assertTrue(report.isEntered(), report.toString());
        assertKind(RESERVED, report, MEMORY, MEMORY + 0x500_0000, MEMORY + 0x500_1fff,
                MEMORY + 0x600_0000, MEMORY + 0x61f_ffff);
        assertKind(UNMAPPED, report, MEMORY + 0x700_0000, MEMORY + 0x700_1fff,
                MEMORY + 0x680_0000);
        assertKind(USABLE, report, MEMORY + 0x4ff_ffff, MEMORY + 0x500_2000,
                MEMORY + 0x5ff_ffff, MEMORY + 0x620_0000, MEMORY + 0x6ff_ffff,
                MEMORY + 0x700_2000, MEMORY + 0x680_1000);
        String place = report.line("loader: reserved 3145728 bytes at ").split(" ")[0];
        assertEquals(0, Long.decode(place) % 0x40_0000);
        assertKind(RESERVED, report, Long.decode(place), Long.decode(place) + 0x2f_ffff);
        assertTrue(report.result().text().contains("loader: reserved 4096 bytes at 0x86800000 "
                + "for ranged"), report.toString());
    }

    @Test
    void aReservationThatFindsNoPlaceIsRefused() throws IOException {
        reserved("large").with("size", 1L << 30);
        var report = boot();
        assertTrue(report.isRefused("device tree: a reservation finds no place"),
                report.toString());
    }

    /** Memory in several nodes and entries, with a hole, and a node that is not its own. */
    @Test
    void memoryMayHaveHoles() throws IOException {
        tree.root().child("memory@80000000").with("reg", MEMORY, 0x400_0000,
                MEMORY + 0x800_0000, 0x100_0000);
        tree.root().child("memory@8c000000").with("device_type", "memory")
                .with("reg", MEMORY + 0xc00_0000, 0x80_0000);
        var report = boot();
        assertTrue(report.isEntered(), report.toString());
        assertKind(USABLE, report, MEMORY + 0x3ff_f000, MEMORY + 0x80f_f000,
                MEMORY + 0xc00_0000, MEMORY + 0xc7f_ffff);
        for (long hole : new long[] {MEMORY + 0x400_0000, MEMORY + 0x900_0000,
            MEMORY + 0xc80_0000}) {
            assertEquals(List.of(), report.kindsOf(hole), report.toString());
        }
    }
}
