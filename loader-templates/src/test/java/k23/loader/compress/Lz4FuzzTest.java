package k23.loader.compress;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import k23.loader.fuzz.Fuzzer;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.BlockSize;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.Parameters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hostile LZ4 frames: refused by name or decoded, and nothing outside is touched. */
class Lz4FuzzTest {
    private static final int MAX_BYTES = 1500;
    private static final int CONTENT = 1000;

    private static List<byte[]> corpus() throws IOException {
        Random random = new Random(5);
        var corpus = new ArrayList<byte[]>();
        for (int i = 0; i < 12; i++) {
            byte[] data = i % 3 == 0 ? ZstdDecoderTest.words(random, CONTENT)
                    : i % 3 == 1 ? ZstdDecoderTest.letters(random, CONTENT, 1 + i / 3)
                    : ZstdDecoderTest.randomBytes(random, CONTENT);
            var out = new ByteArrayOutputStream();
            var parameters = new Parameters(BlockSize.K64, (i & 1) != 0, (i & 2) != 0, false);
            try (var lz4 = new FramedLZ4CompressorOutputStream(out, parameters)) {
                lz4.write(data);
            }
            corpus.add(out.toByteArray());
        }
        return corpus;
    }

    private static Map<String, Integer> fuzz(long inputs) throws IOException {
        var memory = new GuardedMemory[1];
        return Fuzzer.run("lz4", corpus(), MAX_BYTES, inputs, input -> {
            if (memory[0] == null) {
                memory[0] = new GuardedMemory(MAX_BYTES, CONTENT);
            }
            Lz4Problem problem =
                    Lz4Frame.decode(memory[0].input(input), memory[0].output(CONTENT));
            byte[] output = memory[0].outputBytes(CONTENT);
            return problem + " " + input.length / 8 + " " + output[CONTENT / 2];
        });
    }

    @Test
    void thousandsAreRefusedOrDecoded() throws IOException {
        Map<String, Integer> outcomes = fuzz(20_000);
        assertTrue(outcomes.get("NONE") > 100 && outcomes.size() > 6, outcomes.toString());
    }

    @Test
    @Tag("nightly")
    void aMillionAreRefusedOrDecoded() throws IOException {
        fuzz(1_000_000);
    }
}
