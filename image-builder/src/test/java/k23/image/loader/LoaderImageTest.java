package k23.image.loader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import k23.image.ImageException;
import k23.image.Limits;
import k23.image.TinyLoader;
import k23.image.container.Compression;
import k23.image.container.Container;
import k23.image.container.Section;
import k23.image.container.SectionKind;
import k23.image.sign.SigningKey;
import org.junit.jupiter.api.Test;

/** From the loader's ELF file to a flat image and back. */
final class LoaderImageTest {
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);
    private static final KeyTable KEYS = new KeyTable(List.of(KEY.verifyingKey()), 5);

    private static Container container() {
        var payload = Section.of(SectionKind.PAYLOAD, Compression.NONE, new byte[100]);
        return Container.unsigned(5, KEY.verifyingKey().id(), List.of(payload)).sign(KEY);
    }

    @Test
    void isTheLoaderWithKeysAndContainer() {
        byte[] image = LoaderImage.link(TinyLoader.elf(), KEYS, container()).bytes();
        var flat = TinyLoader.flat();
        assertArrayEquals(
                Arrays.copyOfRange(flat, 64, TinyLoader.KEYS_AT),
                Arrays.copyOfRange(image, 64, TinyLoader.KEYS_AT));
        assertEquals(1, image[TinyLoader.KEYS_AT]);
        assertArrayEquals(
                KEY.verifyingKey().bytes(),
                Arrays.copyOfRange(image, TinyLoader.KEYS_AT + 8, TinyLoader.KEYS_AT + 40));
        assertEquals(5, image[TinyLoader.KEYS_AT + 8 + 256]);
        long pages = (image.length + 4095) / 4096 * 4096;
        assertEquals(pages + (128 << 10), LinuxHeader.of(image).imageBytes());
        assertArrayEquals(
                container().bytes(), Arrays.copyOfRange(image, flat.length, image.length));
    }

    @Test
    void readsWhatItWrites() {
        var image = LoaderImage.link(TinyLoader.elf(), KEYS, container());
        var read = LoaderImage.parse("test", Arrays.copyOf(image.bytes(), 1 << 16));
        assertEquals(KEYS, read.keys());
        assertArrayEquals(image.bytes(), read.bytes());
        read.container().verify(read.keys().keys().getFirst());
    }

    @Test
    void namesWhatIsNoLoader() {
        byte[] flat = TinyLoader.flat();
        Map<String, Long> good = Map.of("__image_end", 8192L, KeyTable.SYMBOL, 512L);
        assertCode("K23-4201", new byte[100]);
        assertCode("K23-4201", Arrays.copyOf(TinyLoader.elf(), 200));
        assertCode("K23-4201", TinyLoader.elf(flat, Map.of("__image_end", 8192L)));
        assertCode("K23-4201", TinyLoader.elf(flat, Map.of(KeyTable.SYMBOL, 512L)));
        assertCode(
                "K23-4201",
                TinyLoader.elf(flat, Map.of("__image_end", 8000L, KeyTable.SYMBOL, 512L)));
        // Its first page has code where the headers for UEFI would be.
        assertCode("K23-4201", TinyLoader.elf(flat, Map.of("__image_end", 8192L, KeyTable.SYMBOL,
                512L, PeHeader.ENTRY_SYMBOL, 4096L)));
        assertCode("K23-4202", TinyLoader.elf(new byte[2 * Limits.PAGE_BYTES], good));
        var keys = Collections.nCopies(9, KEY.verifyingKey());
        assertThrows(ImageException.class, () -> new KeyTable(keys, 0));
    }

    @Test
    void aLoaderWithoutAnEntryForUefiHasNoPeHeaders() {
        var image = LoaderImage.link(TinyLoader.elf(), KEYS, container());
        assertTrue(image.pe().isEmpty());
        assertTrue(LoaderImage.parse("test", image.bytes()).pe().isEmpty());
    }

    private static void assertCode(String code, byte[] elf) {
        var thrown = assertThrows(
                ImageException.class, () -> LoaderImage.link(elf, KEYS, container()));
        assertTrue(thrown.getMessage().contains(code), thrown::getMessage);
    }
}
