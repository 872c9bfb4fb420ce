package k23.loader.elf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import k23.loader.memory.MemoryMap;
import k23.loader.memory.PageTables;
import k23.sdk.riscv.IsaExtension;
import k23.sdk.sim.Machine;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A payload by hand, placed, relocated and mapped; and every way in which it can be malformed. */
class ElfFileTest {
    private static final long MEMORY = 0x9000_0000L;
    private static final long MEMORY_BYTES = 4 << 20;
    private static final Address VIRTUAL = new Address(0xffff_fff0_0040_0000L);

    private static ElfFile load(byte[] bytes) {
        return new ElfFile(Machine.reset().allocate(bytes));
    }

    private static MemoryMap memory() {
        Machine.current().map(MEMORY, MEMORY_BYTES);
        MemoryMap memory = new MemoryMap();
        memory.addMemory(new PhysAddress(MEMORY), MEMORY_BYTES);
        return memory;
    }

    @Test
    void placesRelocatesAndMaps() {
        TestElf elf = new TestElf();
        ElfFile file = load(elf.bytes);
        assertEquals(ElfProblem.NONE, file.check());
        assertTrue(file.isPositionIndependent());
        assertEquals(TestElf.IMAGE_BYTES, file.imageBytes());
        assertArrayEquals(TestElf.config(),
                Machine.current().bytes(file.section(LoaderConfig.SECTION)));
        MemoryMap memory = memory();
        PlacedImage image = PlacedImage.copy(file, memory, VIRTUAL);
        assertEquals(0, image.memory().start().value() % (2 << 20));
        assertEquals(VIRTUAL.plus(0x10), image.entry());
        for (int i = 0; i < TestElf.IMAGE_BYTES; i++) {
            assertEquals(elf.contents(i), image.memory().getByte(i), "byte " + i);
        }
        assertEquals(ElfProblem.NONE, image.relocate());
        for (int i = 0; i < TestElf.IMAGE_BYTES; i++) {
            int relocation = (i - TestElf.DATA_AT) / 8;
            if (i < TestElf.DATA_AT || relocation >= TestElf.RELOCATIONS) {
                assertEquals(elf.contents(i), image.memory().getByte(i), "byte " + i);
            } else if (i % 8 == 0) {
                assertEquals(VIRTUAL.value() + 0x1000 + relocation, image.memory().getLong(i));
            }
        }
        PageTables tables = new PageTables(memory);
        tables.create(39);
        image.map(tables);
        assertRights("xrrrwww-", tables, image);
    }

    @Test
    void theTemplateOfTheHartsIsPartOfTheImage() {
        TestElf elf = new TestElf().number(TestElf.SEGMENTS, 2, 6)
                .segment(5, Segment.PT_TLS, 4, TestElf.DATA_AT, 24, 24);
        PlacedImage image = PlacedImage.copy(load(elf.bytes), memory(), VIRTUAL);
        assertEquals(ElfProblem.NONE, image.relocate());
        assertEquals(ElfProblem.NONE, image.checkHartTemplate(24));
        assertEquals(24, image.hartTemplate().length());
        assertEquals(VIRTUAL.value() + 0x1001, image.hartTemplate().getLong(8));
        assertEquals(ElfProblem.BAD_HART_TEMPLATE, image.checkHartTemplate(23));
    }

    @ParameterizedTest
    @CsvSource({"0x10000, 8", "-8, 8", "0x3000, 0x4001", "0, -1"})
    void aTemplateOutsideOfTheImageIsRefused(String address, String bytes) {
        TestElf elf = new TestElf().number(TestElf.SEGMENTS, 2, 6).segment(5, Segment.PT_TLS, 4,
                Long.decode(address), 0, Long.decode(bytes));
        PlacedImage image = PlacedImage.copy(load(elf.bytes), memory(), VIRTUAL);
        assertEquals(ElfProblem.BAD_HART_TEMPLATE, image.checkHartTemplate(1 << 20));
    }

    @Test
    void withoutATemplateBlocksStartEmpty() {
        PlacedImage image = PlacedImage.copy(load(new TestElf().bytes), memory(), VIRTUAL);
        assertEquals(ElfProblem.NONE, image.checkHartTemplate(0));
        assertEquals(0, image.hartTemplate().length());
    }

    /** The rights of the image's pages: executable, readable or writable; '-' is unmapped. */
    private static void assertRights(String expected, PageTables tables, PlacedImage image) {
        var rights = new StringBuilder();
        for (int page = 0; page < expected.length(); page++) {
            Address virtual = VIRTUAL.plus(4096L * page);
            long frame = tables.translate(virtual);
            if (frame == -1) {
                rights.append('-');
                continue;
            }
            assertEquals(image.memory().start().value() + 4096L * page, frame);
            long entry = entry(tables, virtual.value());
            rights.append((entry & 8) != 0 ? 'x' : (entry & 4) != 0 ? 'w' : 'r');
        }
        assertEquals(expected, rights.toString());
    }

    private static long entry(PageTables tables, long virtual) {
        long table = tables.root().value();
        for (int level = 2; level > 0; level--) {
            table = Machine.current().load(table + 8 * (virtual >>> 12 + 9 * level & 511), 8)
                    >>> 10 << 12;
        }
        return Machine.current().load(table + 8 * (virtual >>> 12 & 511), 8);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4, 0, NOT_ELF64", "4, 2, 0x101, NOT_ELF64", "4, 2, 0x202, NOT_ELF64",
        "6, 2, 0, NOT_ELF64", "18, 2, 62, NOT_RISCV", "16, 2, 1, NOT_EXECUTABLE",
        "16, 2, 4, NOT_EXECUTABLE", "16, 2, 2, NONE", "54, 2, 64, BAD_SEGMENT_TABLE",
        "56, 2, 33, BAD_SEGMENT_TABLE", "56, 2, 65535, BAD_SEGMENT_TABLE",
        "32, 8, -1, BAD_SEGMENT_TABLE", "32, 8, 0x6400, BAD_SEGMENT_TABLE",
        "32, 8, 0x7fffffffffffffff, BAD_SEGMENT_TABLE", "56, 2, 0, IMAGE_TOO_LARGE",
        "24, 8, 0x800, ENTRY_OUTSIDE_CODE", "24, 8, -1, ENTRY_OUTSIDE_CODE",
        "24, 8, 0x1000, ENTRY_OUTSIDE_CODE", "24, 8, 0x3000, ENTRY_OUTSIDE_CODE",
        "24, 8, 0x7ff, NONE", "24, 8, 0x8000000000000000, ENTRY_OUTSIDE_CODE",
    })
    void refusesBadHeaders(int at, int width, String value, ElfProblem expected) {
        assertEquals(expected, load(new TestElf().number(at, width, number(value)).bytes).check());
    }

    private static long number(String text) {
        return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16)
                : Long.parseLong(text);
    }

    /** Fields of a segment: 4 flags, 8 offset, 16 address, 32 file bytes, 40 memory bytes. */
    @ParameterizedTest
    @CsvSource({
        "2, 8, -1, SEGMENT_OUTSIDE_FILE", "2, 8, 0x6400, SEGMENT_OUTSIDE_FILE",
        "2, 8, 0x8000000000000000, SEGMENT_OUTSIDE_FILE", "2, 32, -1, SEGMENT_OUTSIDE_FILE",
        "2, 32, 0x7fffffffffffffff, SEGMENT_OUTSIDE_FILE", "2, 40, 1, SEGMENT_OUTSIDE_FILE",
        "2, 40, -1, SEGMENT_OUTSIDE_FILE", "2, 40, 0x10000001, SEGMENT_OUTSIDE_FILE",
        "2, 40, 0x10000000, IMAGE_TOO_LARGE", "2, 16, 0x2000, SEGMENTS_OVERLAP",
        "2, 16, 0x2fff, SEGMENTS_OVERLAP", "2, 16, 0, SEGMENTS_OVERLAP",
        "2, 16, -1, SEGMENTS_OVERLAP",
        "2, 16, 0xfffffffffffff000, SEGMENTS_OVERLAP", "2, 16, 0x10000000, IMAGE_TOO_LARGE",
        "2, 16, 0x8000000000000000, IMAGE_TOO_LARGE",
        "0, 16, 0xfffffffffffff000, SEGMENTS_OVERLAP", "0, 16, 0xffffffffefffe000, "
                + "SEGMENTS_OVERLAP", "0, 16, 0x1000, SEGMENTS_OVERLAP",
        "2, 4, 7, WRITABLE_AND_EXECUTABLE", "0, 4, 7, WRITABLE_AND_EXECUTABLE",
        "0, 4, 4, ENTRY_OUTSIDE_CODE", "0, 0, 2, ENTRY_OUTSIDE_CODE",
    })
    void refusesBadSegments(int segment, int at, String value, ElfProblem expected) {
        assertEquals(expected,
                load(new TestElf().segmentField(segment, at, number(value)).bytes).check());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 7, -8", "0, 7, 0x7000", "0, 7, 0x6ff8", "1, 8, -24", "1, 8, 25", "1, 8, 0x7008",
        "2, 9, 16", "2, 9, 0", "2, 10, 24", "1, 8, 0x7ffffffffffffff8",
    })
    void refusesBadRelocationTables(int index, int tag, String value) {
        assertEquals(ElfProblem.BAD_RELOCATION,
                relocate(new TestElf().dynamic(index, tag, number(value))));
    }

    private static ElfProblem relocate(TestElf elf) {
        ElfFile file = load(elf.bytes);
        assertEquals(ElfProblem.NONE, file.check());
        return PlacedImage.copy(file, memory(), VIRTUAL).relocate();
    }

    @ParameterizedTest
    @CsvSource({
        "-8, 3, 0", "0x7000, 3, 0", "0x6ffc, 3, 0", "0x3004, 3, 0", "0x3001, 3, 0",
        "0x3000, 2, 0", "0x3000, 0x100000003, 0", "0x3000, 3, -1", "0x3000, 3, 0x7001",
        "0x8000000000000000, 3, 0", "0x7fffffffffffff00, 3, 0", "0x3000, 3, 0x8000000000000000",
    })
    void refusesBadRelocations(String where, String type, String target) {
        for (int index = 0; index < TestElf.RELOCATIONS; index++) {
            assertEquals(ElfProblem.BAD_RELOCATION, relocate(new TestElf()
                    .relocation(index, number(where), number(type), number(target))));
        }
    }

    /** gABI, SHT_RELR: an address; bits for the 63 words behind it; bits for the 63 next ones. */
    @Test
    void movesTheWordsOfABitmap() {
        var places = List.of(0x3000, 0x3008, 0x31f8, 0x3200, 0x3208, 0x3400);
        TestElf elf = new TestElf().relative(
                0x3000, 1 | 2L | 1L << 63, 1 | 2L | 4L, 0x3400);
        places.forEach(at -> elf.word(at, 0x1000 + at));
        PlacedImage image = PlacedImage.copy(load(elf.bytes), memory(), VIRTUAL);
        assertEquals(ElfProblem.NONE, image.relocate());
        for (int at = 0x3000; at < 0x3600; at += 8) {
            long expected = places.contains(at) ? VIRTUAL.value() + 0x1000 + at
                    : ByteBuffer.wrap(elf.bytes).order(ByteOrder.LITTLE_ENDIAN)
                            .getLong(0x1000 + at);
            assertEquals(expected, image.memory().getLong(at), Integer.toHexString(at));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x3000, 0x7000", "0x3002, 0x3000", "0x6ffa, 0x3000", "0x7000, 0x3000", "-8, 0x3000",
        "0x6ff8, 3", "0x3000, 5", "0x7ffffffffffffffe, 3", "0x8000000000000000, 3", "3, 0x3000",
    })
    void refusesBadBitmaps(String first, String second) {
        assertEquals(ElfProblem.BAD_RELOCATION, relocate(
                new TestElf().word(0x3000, 0x1000).word(0x3008, 0x1000).word(0x3010, 0x7001)
                        .relative(number(first), number(second))));
    }

    @ParameterizedTest
    @CsvSource({"36, -8", "36, 0x7000", "35, -8", "35, 12", "35, 0x7008", "37, 24", "37, 0"})
    void refusesBadTablesOfBitmaps(int tag, String value) {
        var elf = new TestElf().word(0x3000, 0x1000).relative(0x3000);
        elf.dynamic(tag == 36 ? 0 : tag == 35 ? 1 : 2, tag, number(value));
        assertEquals(ElfProblem.BAD_RELOCATION, relocate(elf));
    }

    @Test
    void relocationIsNotNeeded() {
        assertEquals(ElfProblem.NONE, relocate(new TestElf().dynamic(1, 8, 0)));
        assertEquals(ElfProblem.NONE, relocate(new TestElf().dynamic(0, 0, 0)));
        assertEquals(ElfProblem.NONE,
                relocate(new TestElf().segmentField(TestElf.DYNAMIC, 0, 77)));
        assertEquals(ElfProblem.BAD_RELOCATION,
                relocate(new TestElf().segmentField(TestElf.DYNAMIC, 16, 0x7000)));
        assertEquals(ElfProblem.BAD_RELOCATION,
                relocate(new TestElf().segmentField(TestElf.DYNAMIC, 40, -1)));
    }

    @Test
    void refusesEveryTruncation() {
        byte[] bytes = new TestElf().bytes;
        for (int length = 0; length < 0x5800; length += length < 400 ? 1 : 37) {
            assertNotEquals(ElfProblem.NONE, load(Arrays.copyOf(bytes, length)).check());
        }
        for (int length = 0x5800; length < bytes.length; length += 7) {
            ElfFile file = load(Arrays.copyOf(bytes, length));
            assertEquals(ElfProblem.NONE, file.check());
            LoaderConfig config = new LoaderConfig(file.section(LoaderConfig.SECTION));
            assertEquals(length >= 0x6320, config.check() == ElfProblem.NONE);
        }
    }

    /** Damage anywhere in the headers: refused, or placed without touching anything outside. */
    @Test
    void survivesDamage() {
        Random random = new Random(3);
        byte[] good = new TestElf().bytes;
        int[] places = {0, 0, 64, 64, 64, 120, 176, 232, 288, 0x3100, 0x4800, 0x6000};
        int accepted = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] bad = good.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                int at = places[random.nextInt(places.length)] + random.nextInt(64);
                bad[at] = (byte) (random.nextBoolean() ? random.nextInt()
                        : bad[at] ^ 1 << random.nextInt(8));
            }
            ElfFile file = load(bad);
            if (file.check() == ElfProblem.NONE && file.imageBytes() <= MEMORY_BYTES / 2) {
                accepted++;
                if (accepted % 8 == 0) {
                    place(file);
                }
            }
        }
        assertTrue(accepted > 200 && accepted < 5_000, accepted + " were accepted");
    }

    private static void place(ElfFile file) {
        new LoaderConfig(file.section(LoaderConfig.SECTION)).check();
        MemoryMap memory = memory();
        PlacedImage image = PlacedImage.copy(file, memory, VIRTUAL);
        if (image.relocate() == ElfProblem.NONE) {
            PageTables tables = new PageTables(memory);
            tables.create(39);
            image.map(tables);
        }
    }

    @Test
    void understandsItsConfiguration() {
        LoaderConfig config = config(0, 0, 0);
        assertEquals(ElfProblem.NONE, config.check());
        assertEquals(39, config.pagingBits(57));
        assertEquals(0x8000, config.stackBytes());
        assertEquals(1, config.harts());
        assertEquals(256, config.hartBlockBytes());
        assertTrue(config.needs().isEmpty());
        for (String change : new String[] {"12 4 48", "12 4 57", "12 4 0x2739", "12 4 0x273039",
            "16 8 0x1000000", "32 8 0x100000", "40 8 1"}) {
            assertEquals(ElfProblem.NONE, config(change).check(), change);
        }
        assertTrue(config("40 8 3").needs().has(IsaExtension.A));
    }

    /** The first mode of the list that the machine has; none other than those of the list. */
    @ParameterizedTest
    @ValueSource(strings = {"0x27 57 39", "0x27 39 39", "0x27 0 0", "0x30 57 48", "0x30 39 0",
        "0x39 48 0", "0x2739 48 39", "0x273039 57 57", "0x273039 48 48", "0x273039 39 39"})
    void takesTheFirstModeThatTheMachineHas(String example) {
        String[] words = example.split(" ");
        assertEquals(Integer.parseInt(words[2]),
                config("12 4 " + words[0]).pagingBits(Integer.parseInt(words[1])));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 8 0", "8 4 0", "8 4 1", "8 4 3", "12 4 0", "12 4 32", "12 4 -1",
        "12 4 0x3927", "12 4 0x2727", "12 4 0x2700", "12 4 0x39000039", "16 8 0", "16 8 -1",
        "16 8 16777217", "32 8 1048577", "32 8 -1", "40 8 -1", "48 8 1", "56 8 -1"})
    void refusesOtherConfigurations(String change) {
        assertEquals(ElfProblem.BAD_LOADER_CONFIG, config(change).check());
    }

    @Test
    void refusesPayloadsForAnotherBootStructure() {
        assertEquals(ElfProblem.BAD_LOADER_CONFIG, new LoaderConfig(Span.EMPTY).check());
        assertEquals(ElfProblem.OTHER_BOOT_INFO, config("28 4 1").check());
        assertEquals(ElfProblem.OTHER_BOOT_INFO, config("28 4 0").check());
    }

    private static LoaderConfig config(String change) {
        String[] words = change.split(" ");
        return config(Integer.parseInt(words[0]), Integer.parseInt(words[1]),
                Long.decode(words[2]));
    }

    private static LoaderConfig config(int at, int width, long value) {
        byte[] bytes = TestElf.config();
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
        return new LoaderConfig(Machine.reset().allocate(bytes));
    }
}
