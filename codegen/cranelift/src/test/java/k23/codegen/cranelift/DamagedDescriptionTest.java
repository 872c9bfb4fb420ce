package k23.codegen.cranelift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the words are, the library answers, and works on afterwards. */
class DamagedDescriptionTest {
    private static final int ROUNDS = 3000;

    @Test
    void damagedWordsAreAnErrorOrAFunction() {
        var random = new Random(23);
        int refused = 0;
        try (Isa isa = Cranelift.load().isa(IsaSettings.standard().withVerifier(true));
                Worker worker = isa.worker()) {
            for (int round = 0; round < ROUNDS; round++) {
                FunctionDescription sound = RandomFunctions.function(round % 50, 12);
                var damaged = new FunctionDescription(sound.name(),
                        damage(random, sound.words()), sound.symbols());
                try {
                    worker.compile(damaged);
                } catch (CraneliftException | IndexOutOfBoundsException _) {
                    refused++;
                }
            }
            FunctionDescription sound = RandomFunctions.function(7, 12);
            assertTrue(worker.compile(sound).code().length > 0);
        }
        assertTrue(refused > ROUNDS / 2, refused + " refused");
    }

    @Test
    void everyCutIsRefused() {
        FunctionDescription sound = RandomFunctions.function(3, 5);
        try (Isa isa = Cranelift.load().isa(IsaSettings.standard()); Worker worker = isa.worker()) {
            for (int length = 0; length < sound.words().length; length++) {
                int[] cut = Arrays.copyOf(sound.words(), length);
                assertThrows(CraneliftException.class, () -> worker.compile(
                        new FunctionDescription("cut", cut, sound.symbols())));
            }
        }
    }

    @Test
    void absurdCountsReserveNothing() {
        int[] words = {FunctionDescription.MAGIC, FunctionDescription.VERSION, 6, 0, 0, -1};
        try (Isa isa = Cranelift.load().isa(IsaSettings.standard()); Worker worker = isa.worker()) {
            var e = assertThrows(CraneliftException.class, () -> worker.compile(
                    new FunctionDescription("absurd", words, List.of("absurd"))));
            assertEquals("cannot compile absurd: a count of 4294967295 runs past the end of the "
                    + "description", e.getMessage());
        }
    }

    private static int[] damage(Random random, int[] sound) {
        int[] words = sound.clone();
        int headerWords = 4;
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = headerWords + random.nextInt(words.length - headerWords);
            words[at] = switch (random.nextInt(4)) {
                case 0 -> random.nextInt();
                case 1 -> words[at] ^ 1 << random.nextInt(32);
                case 2 -> words[headerWords + random.nextInt(words.length - headerWords)];
                default -> random.nextInt(64);
            };
        }
        return words;
    }
}
