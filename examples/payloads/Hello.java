import k23.sdk.Entry;
import k23.sdk.Log;
import k23.sdk.boot.BootInfo;

/** The smallest payload. */
final class Hello {
    @Entry
    static void main(int hart, BootInfo boot) {
        Log.info("hello from Java on hart " + hart);
    }
}
