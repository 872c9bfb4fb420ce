import k23.sdk.Entry;
import k23.sdk.Log;
import k23.sdk.NoInline;
import k23.sdk.boot.BootInfo;

/** A payload that goes wrong: how is told by the number of harts. */
final class Broken {
    private static final int[] NUMBERS = new int[4];

    private static int[] kept;

    private Broken() {}

    @Entry
    static void main(int hart, BootInfo boot) {
        Log.info("result " + fail((int) boot.hartCount(), null));
    }

    @NoInline
    private static int fail(int way, int[] none) {
        return switch (way) {
            case 1 -> NUMBERS[way + 3];
            case 2 -> 7 / (way - 2);
            case 3 -> none[0];
            case 4 -> throw new IllegalStateException("as it should");
            case 5 -> fail(5, none) + 1;
            default -> {
                for (int i = 0; i < 100; i++) {
                    kept = new int[10_000];
                }
                yield kept.length;
            }
        };
    }
}
