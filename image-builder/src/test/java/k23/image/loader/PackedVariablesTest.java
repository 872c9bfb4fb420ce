package k23.image.loader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import k23.codegen.link.Definition;
import k23.codegen.link.ElfFile;
import k23.codegen.link.Layout;
import k23.codegen.link.LinkRequest;
import k23.codegen.link.Linker;
import k23.image.ImageException;
import k23.image.container.Compression;
import k23.image.container.Container;
import k23.image.container.Section;
import k23.image.container.SectionKind;
import k23.image.sign.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loader whose variables are packed: what it does at its start gives what the ELF file says. */
final class PackedVariablesTest {
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);
    private static final KeyTable KEYS = new KeyTable(List.of(KEY.verifyingKey()), 5);
    private static final int MOVES_AT = 128;
    private static final int RODATA_BYTES = 500;
    private static final byte[] ELF = loader(20_000);

    private static byte[] random(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }

    private static byte[] loader(int zeroBytes) {
        byte[] variables = new byte[zeroBytes + 1000];
        System.arraycopy(random(800), 0, variables, zeroBytes / 2, 800);
        byte[] code = new byte[256];
        LinuxHeader.of(code).describe(0);
        return Linker.link(LinkRequest.builder("start", Layout.pie())
                .add(Definition.function("start", code).inner(PackedVariables.SYMBOL, MOVES_AT)
                        .build())
                .add(Definition.constant(KeyTable.SYMBOL, new byte[KeyTable.BYTES]).keep().build())
                .add(Definition.constant("constant", random(RODATA_BYTES)).keep().build())
                .add(Definition.variable("variables", variables).keep().build())
                .add(Definition.zero("zero", 3000).keep().build())
                .root("__image_end").build()).elf();
    }

    private static Container container(int bytes) {
        var payload = Section.of(SectionKind.PAYLOAD, Compression.NONE, random(bytes));
        return Container.unsigned(5, KEY.verifyingKey().id(), List.of(payload)).sign(KEY);
    }

    /** Memory after the loader's first instructions, as docs/FORMATS.md tells them. */
    private static byte[] memory(byte[] file, ElfFile.Segment variables) {
        var memory = ByteBuffer.wrap(Arrays.copyOf(file, file.length + (1 << 16)))
                .order(ByteOrder.LITTLE_ENDIAN);
        int end = memory.getInt(40);
        int record = memory.getInt(44);
        assertEquals(MOVES_AT, record);
        int from = memory.getInt(record);
        int to = memory.getInt(record + 4);
        System.arraycopy(memory.array(), from, memory.array(), to, end - from);
        int at = to + end - from - memory.getInt(record + 8);
        long variablesEnd = variables.address() + variables.memBytes();
        for (int word = (int) variables.address(); word < variablesEnd;) {
            long bits = memory.getLong(at);
            at += 8;
            for (int i = 0; i < 64; i++, word += 8) {
                boolean isZero = (bits >>> i & 1) == 0;
                memory.putLong(word, isZero ? 0 : memory.getLong(at));
                at += isZero ? 0 : 8;
            }
        }
        return memory.array();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 10_000, 20_300, 20_400, 20_500, 21_000, 23_000, 30_000, 300_000})
    void memoryIsWhatTheElfFileSays(int payloadBytes) throws Exception {
        var elf = ElfFile.parse(ELF);
        byte[] flat = elf.flatten();
        var container = container(payloadBytes);
        var image = LoaderImage.link(ELF, KEYS, container);
        byte[] file = image.bytes();
        int end = (int) elf.symbol("__image_end").orElseThrow().address();
        assertTrue(file.length < Math.max(end + 1, end + payloadBytes - 15_000), "is smaller");
        var variables = elf.segments().stream().filter(ElfFile.Segment::isLoad).toList().getLast();
        byte[] memory = memory(file, variables);
        int start = (int) variables.address();
        int variablesEnd = start + (int) variables.memBytes();
        assertArrayEquals(Arrays.copyOfRange(flat, start, Math.min(variablesEnd, flat.length)),
                Arrays.copyOfRange(memory, start, Math.min(variablesEnd, flat.length)));
        assertArrayEquals(container.bytes(),
                Arrays.copyOfRange(memory, end, end + (int) container.containerBytes()));
        for (int i = 0; i < container.containerBytes(); i++) {
            assertEquals(container.bytes()[i], file[image.containerAt(i)]);
        }
        long pages = end + container.containerBytes() + 4095 & -4096;
        assertEquals(pages + (128 << 10), LinuxHeader.of(file).imageBytes());
        var read = LoaderImage.parse("test", Arrays.copyOf(file, file.length + 5000));
        assertArrayEquals(file, read.bytes());
        assertEquals(KEYS, read.keys());
        read.container().verify(KEY.verifyingKey());
    }

    @Test
    void refusesRecordsThatPointOutside() {
        byte[] good = LoaderImage.link(ELF, KEYS, container(9)).bytes();
        for (int at : new int[] {44, MOVES_AT, MOVES_AT + 4, MOVES_AT + 8}) {
            for (int value : new int[] {-1, -16, 5, 1 << 20, 1 << 31, Integer.MAX_VALUE}) {
                byte[] bad = good.clone();
                LinuxHeader.of(bad).bytes().putInt(at, value);
                var thrown = assertThrows(
                        ImageException.class, () -> LoaderImage.parse("test", bad));
                assertTrue(thrown.getMessage().contains("K23-4102"), thrown::getMessage);
            }
        }
    }
}
