package k23.codegen.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The reader on good files, and on every kind of damage. */
class ElfFileTest {
    private static byte[] file(Layout layout) {
        return Linker.link(LinkRequest.builder("f", layout)
                .add(Definition.function("f", new byte[] {0x67, (byte) 0x80, 0, 0}).build())
                .add(Definition.variable("v", new byte[] {9, 8, 7}).keep().build())
                .add(Definition.zero("z", 5000).keep().build()).debug(true).build()).elf();
    }

    @Test
    void showsWhatTheLinkerWrote() {
        ElfFile elf = ElfFile.parse(file(Layout.exec(0x10000)));
        assertEquals(ElfFile.Kind.EXECUTABLE, elf.kind());
        assertEquals(0x10000, elf.entry());
        ElfFile.Symbol v = elf.symbol("v").orElseThrow();
        int offset = elf.fileOffset(v.address(), 3).orElseThrow();
        assertArrayEquals(new byte[] {9, 8, 7}, Arrays.copyOfRange(elf.bytes(), offset,
                offset + 3));
        assertTrue(elf.fileOffset(elf.symbol("z").orElseThrow().address(), 1).isEmpty());
        byte[] flat = elf.flatten();
        assertEquals(9, flat[(int) (v.address() - 0x10000)]);
        assertEquals(0x67, flat[0]);
        assertEquals(ElfFile.Kind.POSITION_INDEPENDENT,
                ElfFile.parse(file(Layout.pie())).kind());
    }

    private static void parseOrRefuse(byte[] bytes) {
        try {
            ElfFile elf = ElfFile.parse(bytes);
            elf.segments().forEach(elf::contents);
            elf.sections().stream().filter(ElfFile.Section::hasBytes).forEach(elf::contents);
        } catch (ElfFormatException e) {
            assertTrue(e.getMessage().startsWith("K23-2007: malformed ELF file: "));
        }
    }

    @Test
    void everyTruncationIsRefusedOrRead() {
        byte[] good = file(Layout.pie());
        for (int length = 0; length < good.length; length += length < 2048 ? 1 : 37) {
            parseOrRefuse(Arrays.copyOf(good, length));
        }
    }

    @Test
    void damagedHeadersNeverEscapeTheFile() {
        byte[] good = file(Layout.pie());
        int sectionTable = (int) LittleEndian.getLong(good, 40);
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                int at = random.nextBoolean() ? random.nextInt(0x200)
                        : random.nextInt(sectionTable, good.length);
                bad[at] = (byte) random.nextInt(256);
            }
            parseOrRefuse(bad);
        }
    }

    @Test
    void saysWhatIsWrong() {
        assertEquals("K23-2007: malformed ELF file: it has only 3 bytes",
                assertThrows(ElfFormatException.class, () -> ElfFile.parse(new byte[3]))
                        .getMessage());
        byte[] other = file(Layout.pie());
        other[18] = 62;
        other[19] = 0;
        assertEquals("K23-2007: malformed ELF file: machine 62 is not RISC-V",
                assertThrows(ElfFormatException.class, () -> ElfFile.parse(other)).getMessage());
    }
}
