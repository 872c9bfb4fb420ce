package k23.junit.guest;

import k23.sdk.boot.BootInfo;
import k23.sdk.word.Span;

/** Which test the boot arguments name. */
public final class TestArguments {
    /** What stands in front of the number. */
    public static final String PREFIX = "k23.test=";
    /** The machine's exit status when there is no such test. */
    public static final int NO_SUCH_TEST = 99;

    private TestArguments() {}

    /** The number in the boot arguments, which are {@code k23.test=} and digits; -1 otherwise. */
    public static int number(BootInfo boot) {
        Span text = new Span(boot.bootArguments(), boot.bootArgumentsBytes());
        if (text.length() <= PREFIX.length()) {
            return -1;
        }
        for (int i = 0; i < PREFIX.length(); i++) {
            if (text.getUnsignedByte(i) != PREFIX.charAt(i)) {
                return -1;
            }
        }
        int number = 0;
        for (long i = PREFIX.length(); i < text.length(); i++) {
            int digit = text.getUnsignedByte(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
