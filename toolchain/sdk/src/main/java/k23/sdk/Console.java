package k23.sdk;

import k23.sdk.riscv.Sbi;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/**
 * The firmware's console, one byte at a time through the legacy SBI call that every firmware has.
 * It works from the first instruction on, in any address space, on any hart.
 */
@RawAccessAllowed(reason = "the one caller of the legacy putchar, which changes no memory")
public final class Console {
    private Console() {}

    /** Writes one byte. */
    public static void write(int character) {
        Sbi.call(Sbi.LEGACY_PUTCHAR, 0, character & 0xff, 0, 0);
    }

    /** Writes the bytes of {@code text}. */
    public static void write(Span text) {
        for (long i = 0; i < text.length(); i++) {
            write(text.getUnsignedByte(i));
        }
    }

    /** Writes the {@code length} bytes from {@code start} on. */
    public static void write(Address start, long length) {
        write(new Span(start, length));
    }
}
