package k23.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import k23.runtime.module.Failure;
import k23.runtime.module.Features;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Hostile input: truncated and mutated modules of the suite are taken or refused, but nothing is
 * ever thrown, and nothing hangs. The seeds are fixed, so that a failure comes again.
 */
@Timeout(120)
class MutationTest {
    private static final int MUTANTS = 60_000;
    private static final int LARGEST_BYTES = 4096;
    private static final Features[] PROFILES = {
        Features.CORE_1, Features.CORE_2, Features.CORE_3};

    private static List<byte[]> seeds;

    @BeforeAll
    static void readSeeds() {
        seeds = new ArrayList<>();
        try (SpecSuite suite = SpecSuite.open()) {
            Stream.of("core-2.0", "core-3.0").flatMap(group -> suite.files(group).stream())
                    .filter(file -> !file.contains("simd") && !file.contains("utf8"))
                    .flatMap(file -> suite.modules(file).stream())
                    .filter(command -> !command.isText())
                    .map(SpecSuite.Command::bytes)
                    .filter(bytes -> bytes.length <= LARGEST_BYTES)
                    .forEach(seeds::add);
        }
    }

    @Test
    void truncatedModulesAreRefusedOrEndAtASection() {
        int taken = 0;
        int refused = 0;
        for (byte[] seed : seeds) {
            int step = Math.max(1, seed.length / 40);
            for (int length = 0; length < seed.length; length += step) {
                if (check(Arrays.copyOf(seed, length), Features.CORE_2).isError()) {
                    refused++;
                } else {
                    taken++;
                }
            }
        }
        System.out.println("truncated: " + refused + " refused, " + taken + " valid");
        assertTrue(refused > 10 * taken);
    }

    @Test
    void mutantsThrowNothing() {
        Random random = new Random(23);
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutate(seeds.get(random.nextInt(seeds.size())), random);
            refused += check(mutant, PROFILES[i % PROFILES.length]).isError() ? 1 : 0;
        }
        System.out.println("mutants: " + refused + " of " + MUTANTS + " refused");
        assertTrue(refused > MUTANTS / 2);
    }

    private static Failure check(byte[] bytes, Features features) {
        try {
            Failure failure = FrontEnd.check(bytes, features);
            assertTrue(failure.offset() >= 0 && failure.offset() <= bytes.length,
                    () -> failure + " of " + bytes.length + " bytes");
            return failure;
        } catch (RuntimeException e) {
            throw new AssertionError("thrown for " + Arrays.toString(bytes), e);
        }
    }

    private static byte[] mutate(byte[] seed, Random random) {
        byte[] mutant = seed.clone();
        for (int edits = 1 + random.nextInt(4); edits > 0 && mutant.length > 8; edits--) {
            int at = 8 + random.nextInt(mutant.length - 8);
            switch (random.nextInt(5)) {
                case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutant[at] = (byte) random.nextInt(256);
                case 2 -> mutant[at] = (byte) (random.nextBoolean() ? 0xff : 0x80);
                case 3 -> {
                    int length = Math.min(random.nextInt(8), mutant.length - at);
                    int from = random.nextInt(mutant.length - length);
                    System.arraycopy(mutant, from, mutant, at, length);
                }
                default -> mutant = Arrays.copyOf(mutant, at);
            }
        }
        return mutant;
    }
}
