package k23.loader.compress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import k23.fuzz.FuzzTarget;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.BlockSize;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.Parameters;

/** LZ4 frames: refused by name or decoded, and nothing outside is touched. */
public final class Lz4Target implements FuzzTarget {
    private static final int CONTENT = 1000;

    private GuardedMemory memory;

    /** A target without memory: the first input makes it. */
    public Lz4Target() {}

    @Override
    public String name() {
        return "lz4";
    }

    @Override
    public List<byte[]> seeds() {
        Random random = new Random(5);
        var seeds = new ArrayList<byte[]>();
        for (int i = 0; i < 12; i++) {
            byte[] data = i % 3 == 0 ? ZstdDecoderTest.words(random, CONTENT)
                    : i % 3 == 1 ? ZstdDecoderTest.letters(random, CONTENT, 1 + i / 3)
                    : ZstdDecoderTest.randomBytes(random, CONTENT);
            seeds.add(encode(data, (i & 1) != 0, (i & 2) != 0));
        }
        return seeds;
    }

    private static byte[] encode(byte[] data, boolean hasChecksum, boolean hasBlockChecksums) {
        var out = new ByteArrayOutputStream();
        var parameters = new Parameters(BlockSize.K64, hasChecksum, hasBlockChecksums, false);
        try (var lz4 = new FramedLZ4CompressorOutputStream(out, parameters)) {
            lz4.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public int maxBytes() {
        return 1500;
    }

    @Override
    public List<byte[]> words() {
        return List.of(new byte[] {4, 0x22, 0x4d, 0x18}, new byte[4]);
    }

    @Override
    public List<String> reached() {
        return List.of("k23.loader.compress.*");
    }

    @Override
    public String run(byte[] input) {
        if (memory == null) {
            memory = new GuardedMemory(maxBytes(), CONTENT);
        }
        Lz4Problem problem = Lz4Frame.decode(memory.input(input), memory.output(CONTENT));
        byte[] output = memory.outputBytes(CONTENT);
        return problem + " " + input.length / 8 + " " + output[CONTENT / 2];
    }
}
