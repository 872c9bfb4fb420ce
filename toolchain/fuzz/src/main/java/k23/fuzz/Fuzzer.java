package k23.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs a target on valid inputs, on each of them cut off at every length and with every bit
 * flipped, and then on random changes. An input with an outcome that was not seen before is changed
 * further: that leads behind the first checks. The same seed gives the same inputs.
 */
public final class Fuzzer {
    private static final long HANG_MILLIS = 10_000;
    private static final int MOST_INPUTS_KEPT = 4096;

    private final FuzzTarget target;
    private final List<byte[]> corpus;
    private final int maxBytes;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private volatile byte[] current;
    private volatile long count;
    private volatile Throwable finding;

    private Fuzzer(FuzzTarget target) {
        this.target = target;
        this.corpus = new ArrayList<>(target.seeds());
        this.maxBytes = target.maxBytes();
    }

    /**
     * Runs {@code inputs} inputs and prints how long they took.
     *
     * @return how often each outcome was, by its first word
     * @throws AssertionError for the first input that the target fails on, or does not end on
     */
    public static Map<String, Integer> run(FuzzTarget target, long inputs) {
        var fuzzer = new Fuzzer(target);
        long start = System.nanoTime();
        fuzzer.runAll(inputs);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("fuzz.%s %d inputs, %.1f s, %.0f inputs/s, %s%n", target.name(),
                fuzzer.count, seconds, fuzzer.count / seconds, fuzzer.outcomes);
        return fuzzer.outcomes;
    }

    private void runAll(long inputs) {
        // The simulated machine is one of the thread's: the target makes it there.
        Thread worker = new Thread(() -> work(inputs));
        worker.setDaemon(true);
        worker.start();
        long last = -1;
        long since = System.nanoTime();
        while (worker.isAlive()) {
            try {
                worker.join(200);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            long now = System.nanoTime();
            if (count != last) {
                last = count;
                since = now;
            } else if (now - since > HANG_MILLIS * 1_000_000 && worker.isAlive()) {
                throw new AssertionError("does not end: " + describe());
            }
        }
        if (finding != null) {
            throw new AssertionError("fails on " + describe(), finding);
        }
    }

    private String describe() {
        return "input " + count + ": " + HexFormat.of().formatHex(current);
    }

    private void work(long inputs) {
        try {
            List<byte[]> valid = List.copyOf(corpus);
            valid.forEach(this::runOne);
            // At most half of the inputs: the rest is random.
            for (int i = 0; i < valid.size(); i++) {
                systematic(valid.get(i), count + (inputs / 2 - count) / (valid.size() - i));
            }
            var mutator = new Mutator(23, maxBytes);
            while (count < inputs) {
                byte[] input = mutator.next(corpus, valid.size());
                if (runOne(input) && corpus.size() < MOST_INPUTS_KEPT) {
                    corpus.add(input);
                }
            }
        } catch (Throwable e) {
            finding = e;
        }
    }

    private void systematic(byte[] input, long limit) {
        for (int bytes = input.length - 1; bytes >= 0 && count < limit; bytes--) {
            runOne(Arrays.copyOf(input, bytes));
        }
        for (long bit = 0; bit < 8L * input.length && count < limit; bit++) {
            byte[] flipped = input.clone();
            flipped[(int) (bit >> 3)] ^= (byte) (1 << (bit & 7));
            runOne(flipped);
        }
    }

    /** Whether the outcome is a new one. */
    private boolean runOne(byte[] input) {
        current = input;
        String outcome = target.run(input);
        count++;
        outcomes.merge(FuzzTarget.word(outcome), 1, Integer::sum);
        return seen.add(outcome);
    }
}
