package k23.codegen.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The linker against binutils: what it writes is read back by tools that know nothing of it. */
class LinkerTest {
    private static final int AUIPC_T0 = 0x00000297;
    private static final int LD_T0_T0 = 0x0002b283;
    private static final int ADDI_T0_T0 = 0x00028293;
    private static final int SD_A0_T0 = 0x00a2b023;
    private static final int AUIPC_RA = 0x00000097;
    private static final int JALR_RA = 0x000080e7;
    private static final int RET = 0x00008067;
    private static final int JAL_ZERO = 0x0000006f;
    private static final int BEQ_A0_A1 = 0x00b50063;

    @TempDir
    Path folder;

    private static byte[] words(int... words) {
        var sink = new ByteSink();
        for (int word : words) {
            sink.u32(word);
        }
        return sink.toBytes();
    }

    /** A program that uses every relocation that both layouts know. */
    private static LinkRequest.Builder program(Layout layout) {
        var main = Location.of("Demo.main", "Demo.java", 10);
        var inlined = new Location("Demo.helper", "Demo.java", 30, main);
        return LinkRequest.builder("_start", layout)
                .add(Definition.function("helper", words(RET)).build())
                .add(Definition.function("unused", words(AUIPC_RA, JALR_RA))
                        .relocation(Relocation.callPlt(0, "nowhere")).build())
                .add(Definition.function("_start", words(
                        AUIPC_RA, JALR_RA, AUIPC_T0, LD_T0_T0, AUIPC_T0, ADDI_T0_T0,
                        AUIPC_T0, SD_A0_T0, BEQ_A0_A1, JAL_ZERO, 0, AUIPC_T0, ADDI_T0_T0)).global()
                        .relocation(Relocation.callPlt(0, "helper"))
                        .relocation(Relocation.gotHi20(8, "table", 16))
                        .relocation(Relocation.pcrelLo12I(12, 8))
                        .relocation(Relocation.pcrelHi20(16, "counter", 0))
                        .relocation(Relocation.pcrelLo12I(20, 16))
                        .relocation(Relocation.pcrelHi20(24, "counter", 4))
                        .relocation(Relocation.pcrelLo12S(28, 24))
                        .relocation(new Relocation(32, Relocation.Kind.BRANCH, "inside", 0))
                        .relocation(new Relocation(36, Relocation.Kind.JAL, "helper", 0))
                        .relocation(Relocation.pcrelHi20(44, "__k23_traps_end", 0))
                        .relocation(Relocation.pcrelLo12I(48, 44))
                        .inner("inside", 40)
                        .range(0, main).range(8, inlined).range(16, main)
                        .trap(TrapSite.of(40, TrapKind.BOUNDS))
                        .trap(new TrapSite(28, TrapKind.THROW.code(), "IllegalState: naïve"))
                        .build())
                .add(Definition.constant("table", new byte[24])
                        .relocation(Relocation.abs64(8, "helper", 0))
                        .relocation(Relocation.pcrel32(16, "table", 4)).build())
                .add(Definition.constant("text", "hello".getBytes()).build())
                .root("text")
                .add(Definition.variable("counter", new byte[] {1, 2, 3, 4, 5, 6, 7, 8}).build())
                .add(Definition.variable("pointer", new byte[8]).keep()
                        .relocation(Relocation.abs64(0, "counter", 4)).build())
                .add(Definition.zero("stack", 0x3000).alignment(16).keep().build())
                .add(Definition.constant("config", "K23CONF1".getBytes())
                        .section(Section.named(".loader_config")).build());
    }

    private Path write(LinkedImage image) throws Exception {
        return Files.write(folder.resolve("image.elf"), image.elf());
    }

    @Test
    void binutilsReadBothLayoutsWithoutComplaint() throws Exception {
        for (Layout layout : List.of(Layout.pie(), Layout.exec(0x80200000L),
                Layout.exec(0x10000, 0x400000, 0x40000000))) {
            for (boolean debug : new boolean[] {false, true}) {
                Path file = write(Linker.link(program(layout).debug(debug).build()));
                String headers = BinaryTools.run(file, "readelf", "-a", "-W");
                assertTrue(headers.contains("RVC, double-float ABI"), headers);
                assertFalse(headers.contains("RWE"), headers);
                BinaryTools.run(file, "objdump", "-d");
                BinaryTools.run(file, "objdump", "-x");
            }
        }
    }

    @Test
    void whatEachHartHasIsASegmentOfItsOwn() throws Exception {
        var request = program(Layout.pie()).add(Definition.variable("mine", new byte[24])
                .section(Section.HART_LOCALS).alignment(64).keep()
                .relocation(Relocation.abs64(16, "counter", 0)).build());
        Path file = write(Linker.link(request.build()));
        String headers = BinaryTools.run(file, "readelf", "-l", "-W");
        assertTrue(headers.matches("(?s).* TLS +0x\\w+ 0x\\w+ 0x\\w+ 0x0*18 0x0*18 R +0x40.*"),
                headers);
        assertTrue(headers.matches("(?s).*GNU_RELRO.*\\d\\d +\\.tdata .*"), headers);
        String symbols = BinaryTools.run(file, "readelf", "-s", "-W");
        assertTrue(symbols.matches("(?s).* 0+ +24 TLS +LOCAL +DEFAULT +\\d+ mine.*"), symbols);
    }

    @Test
    void debugSectionsReadWithoutComplaint() throws Exception {
        byte[] framed = words(0xff010113, 0x00113423, 0x00813023, 0x00010413, // record, s0 = sp
                0xfe010113, 0x00913c23, 0x00813827, // 32 bytes for s1 and fs0
                0x01813483, 0x01013407, 0x02010113, // and back
                0x00813083, 0x00013403, 0x01010113, RET, RET);
        var outer = Location.of("Demo.framed", "Demo.java", 100);
        var middle = new Location("Other.middle", "Other.java", 7, outer);
        var request = program(Layout.exec(0x10000)).debug(true).root("framed")
                .add(Definition.function("framed", framed)
                        .range(0, outer)
                        .range(28, new Location("Demo.leaf", "Demo.java", 9, middle))
                        .range(32, middle).range(36, null).range(40, outer).build());
        Path file = write(Linker.link(request.build()));
        String lines = BinaryTools.run(file, "readelf", "--debug-dump=decodedline", "-W");
        assertTrue(Pattern.compile("Other.java +7 +0x[0-9a-f]+").matcher(lines).find(), lines);
        String info = BinaryTools.run(file, "readelf", "--debug-dump=info,abbrev", "-W");
        assertEquals(3, info.split("DW_TAG_inlined_subroutine\\)", -1).length - 1, info);
        String frames = BinaryTools.run(file, "readelf", "--debug-dump=frames-interp", "-W");
        String address = String.format("%016x", Linker.link(request.build()).symbol("framed")
                .orElseThrow().address() + 28);
        assertTrue(frames.lines().anyMatch(l -> l.matches(address
                + " s0\\+16 +c-8 +c-16 +c-24 +c-32 *")), address + " in " + frames);
        assertTrue(frames.lines().anyMatch(l -> l.matches("[0-9a-f]+ sp\\+0 +u +u +c-24 +c-32 *")),
                frames);
        BinaryTools.run(file, "objdump", "-d", "-l");
    }

    @Test
    void disassemblyShowsTheTargets() throws Exception {
        for (Layout layout : List.of(Layout.pie(), Layout.exec(0x80200000L))) {
            LinkedImage image = Linker.link(program(layout).build());
            String code = BinaryTools.run(write(image), "objdump", "-d");
            assertTrue(image.symbol("_start").orElseThrow().address()
                    < image.symbol("helper").orElseThrow().address(), "the entry comes first");
            for (String target : List.of("<helper>", "<table\\+0x10>", "<counter>",
                    "<counter\\+0x4>", "<inside>", "<__k23_traps_end>")) {
                assertTrue(Pattern.compile("# [0-9a-f]+ " + target + "|[0-9a-f]+ " + target)
                        .matcher(code).find(), target + " in\n" + code);
            }
            assertFalse(code.contains("\tld\t"), "the offset table's load is rewritten:\n" + code);
            assertFalse(code.contains("<unused>"), code);
        }
    }

    @Test
    void dynamicRelocationsAreSortedRelativeOnes() throws Exception {
        LinkedImage image = Linker.link(program(Layout.pie()).build());
        String text = BinaryTools.run(write(image), "readelf", "-r", "-W");
        assertTrue(text.contains("'.relr.dyn'") && text.contains("2 offsets"), text);
        assertEquals(2, image.report().dynamicRelocations());
        ElfFile elf = ElfFile.parse(image.elf());
        assertTrue(elf.section(".data.rel.ro").isPresent(), "constants with addresses are moved");
        ElfFile.Segment relro = elf.segments().stream().filter(ElfFile.Segment::isRelro)
                .findFirst().orElseThrow();
        assertEquals(0, relro.address() % 4096);
        assertEquals(0, (relro.address() + relro.memBytes()) % 4096);
    }

    /** Words at all kinds of distances: readelf lists the places that were asked for. */
    @Test
    void theTableOfAddressesHasEveryPlace() throws Exception {
        for (int seed = 0; seed < 8; seed++) {
            var random = new Random(seed);
            var words = Definition.variable("words", new byte[1 << 16]).alignment(8).keep();
            var offsets = new TreeSet<Integer>();
            for (int at = 0; at < 1 << 16; at += 8 * (1 + random.nextInt(1 << random.nextInt(9)))) {
                offsets.add(at);
                words.relocation(Relocation.abs64(at, "_start", 0));
            }
            var image = Linker.link(LinkRequest.builder("_start", Layout.pie())
                    .add(Definition.function("_start", new byte[4]).build())
                    .add(words.build()).build());
            long start = image.symbol("words").orElseThrow().address();
            String text = BinaryTools.run(write(image), "readelf", "-r", "-W");
            assertEquals(offsets.stream().map(o -> String.format("%016x", start + o)).toList(),
                    text.lines().filter(l -> l.matches("[0-9a-f]{16}")).toList());
        }
    }

    @Test
    void tablesNameEveryProgramCounter() {
        LinkedImage image = Linker.link(program(Layout.exec(0x10000)).build());
        var tables = new CodeTablesReader(ElfFile.parse(image.elf()));
        assertEquals(List.of("Demo.main 0+52", "helper 52+4"), tables.functions());
        assertEquals("Demo.main(Demo.java:10)", tables.at(4));
        assertEquals("Demo.helper(Demo.java:30) < Demo.main(Demo.java:10)", tables.at(12));
        assertEquals("Demo.main(Demo.java:10)", tables.at(50));
        assertEquals("none", tables.at(52));
        assertEquals(List.of("28 kind 6 IllegalState: naïve", "40 kind 2"), tables.traps());
    }

    @Test
    void linkerSymbolsBoundTheSegments() {
        var code = new byte[8 * 8];
        var start = Definition.function("_start", code);
        List<String> names = List.of("__text_start", "__text_end", "__rodata_start",
                "__rodata_end", "__data_start", "__data_end", "__image_start", "__image_end");
        var pointers = Definition.variable("pointers", new byte[8 * names.size()]);
        for (int i = 0; i < names.size(); i++) {
            pointers.relocation(Relocation.abs64(8 * i, names.get(i), 0));
        }
        LinkedImage image = Linker.link(LinkRequest.builder("_start", Layout.exec(0x20000))
                .add(start.build()).add(pointers.keep().build())
                .add(Definition.zero("z", 100).keep().build()).build());
        ElfFile elf = ElfFile.parse(image.elf());
        byte[] values = elf.contents(elf.section(".data").orElseThrow());
        for (int i = 0; i < names.size(); i++) {
            assertEquals(elf.symbol(names.get(i)).orElseThrow().address(),
                    LittleEndian.getLong(values, 8 * i), names.get(i));
        }
        assertEquals(0x20000, LittleEndian.getLong(values, 0));
        assertEquals(0x20040, LittleEndian.getLong(values, 8));
        assertEquals(LittleEndian.getLong(values, 32) + 164, LittleEndian.getLong(values, 40));
        assertEquals(0, LittleEndian.getLong(values, 56) % 4096);
    }

    @Test
    void sameRequestSameBytes() {
        assertArrayEquals(Linker.link(program(Layout.pie()).build()).elf(),
                Linker.link(program(Layout.pie()).build()).elf());
    }

    private static String failure(LinkRequest.Builder request) {
        return assertThrows(LinkException.class, () -> Linker.link(request.build())).getMessage();
    }

    @Test
    void undefinedSymbolNamesAllWhoReferToIt() {
        String message = failure(LinkRequest.builder("_start", Layout.pie()).root("gone")
                .add(Definition.function("_start", words(AUIPC_RA, JALR_RA, AUIPC_RA, JALR_RA))
                        .relocation(Relocation.callPlt(0, "missing"))
                        .relocation(Relocation.callPlt(8, "other")).build())
                .add(Definition.function("other", words(AUIPC_RA, JALR_RA))
                        .relocation(Relocation.callPlt(0, "missing")).build()));
        assertTrue(message.contains("K23-2001: symbol 'gone'"), message);
        assertTrue(message.contains("K23-2001: symbol 'missing' is not defined, but"
                + " _start, other refer to it"), message);
    }

    @Test
    void duplicatesAreErrors() {
        String message = failure(LinkRequest.builder("f", Layout.pie())
                .add(Definition.function("f", words(RET)).build())
                .add(Definition.constant("f", new byte[8]).build())
                .add(Definition.function("__text_end", words(RET)).build()));
        assertTrue(message.contains("K23-2002: symbol 'f' is defined twice"), message);
        assertTrue(message.contains("'__text_end' is defined by the linker"), message);
    }

    @Test
    void distancesAreChecked() {
        var start = Definition.function("_start", words(BEQ_A0_A1, JAL_ZERO))
                .relocation(new Relocation(0, Relocation.Kind.BRANCH, "far", 0))
                .relocation(new Relocation(4, Relocation.Kind.JAL, "far", 0)).build();
        String message = failure(LinkRequest.builder("_start", Layout.pie()).add(start)
                .add(Definition.function("gap", new byte[0x100000]).keep().build())
                .add(Definition.function("far", words(RET)).build()));
        assertEquals(2, message.lines().filter(l -> l.startsWith("K23-2003")).count(), message);
        message = failure(program(Layout.exec(0x10000, 0x200000000L, 0x400000000L)));
        assertTrue(message.contains("K23-2003"), message);
    }

    @Test
    void misplacedAddressesAndSegmentsAreErrors() {
        var start = Definition.function("_start", new byte[8])
                .relocation(Relocation.abs64(0, "_start", 0)).build();
        assertTrue(failure(LinkRequest.builder("_start", Layout.pie()).add(start))
                .contains("K23-2004"));
        assertTrue(failure(program(Layout.exec(0x10010))).contains("K23-2005"));
        assertTrue(failure(program(Layout.exec(0x10000, 0x10000, 0x20000))).contains("K23-2005"));
        assertTrue(failure(program(Layout.pie()).add(Definition.constant("x", new byte[1])
                .section(Section.named(".k23.traps")).build())).contains("K23-2006"));
    }
}
