package k23.junit.samples;

import k23.sdk.NoInline;

/** How many harts besides the boot hart have come; another class, so another class file. */
final class EveryHart {
    private static int others;

    private EveryHart() {}

    @NoInline
    static int others() {
        return others;
    }

    @NoInline
    static void arrived() {
        others++;
    }
}
