package k23.fuzz;

import java.util.List;

/**
 * Something that reads hostile input. An implementation that {@link GuidedFuzzer} runs is public
 * and has a public constructor without parameters. All calls come from one thread.
 */
public interface FuzzTarget {
    /** What it is called in reports and in the cache's folders: lower-case words with dashes. */
    String name();

    /** Valid inputs, of which others are made; the same on each call. */
    List<byte[]> seeds();

    /** What inputs are cut to. */
    int maxBytes();

    /** Bytes that have a meaning to the target: magic numbers, tags, names. */
    default List<byte[]> words() {
        return List.of();
    }

    /** Patterns of the classes whose code inputs are to reach: {@code k23.loader.elf.*}. */
    List<String> reached();

    /**
     * Runs one input; any exception is a finding.
     *
     * @return what came of it: a word, and behind a space how far it got
     */
    String run(byte[] input);

    /** The word of what {@link #run} returned: what outcomes are counted by. */
    static String word(String outcome) {
        int space = outcome.indexOf(' ');
        return space < 0 ? outcome : outcome.substring(0, space);
    }
}
