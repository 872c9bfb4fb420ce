package k23.tests.bare;

import k23.loader.crypto.Ed25519;
import k23.loader.crypto.Sha512;
import k23.sdk.RawAccessAllowed;
import k23.sdk.Symbol;
import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.IsaExtension;
import k23.sdk.riscv.IsaExtensions;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/** What the loader does to a payload before it looks into it, counted as in BenchPayload. */
@RawAccessAllowed(reason = "it reads the counter of instructions")
public final class VerifyPayload {
    /** The symbol at which the payload starts. */
    public static final String START = "k23_verify_start";

    private static final String MAIN = "k23_verify_main";
    private static final Address DATA = Address.of(0x8600_0000L);
    private static final int DATA_BYTES = 1 << 20;
    private static final Sha512 HASH = new Sha512();
    private static final byte[] DIGEST = new byte[Sha512.DIGEST_BYTES];

    /** RFC 8032, section 7.1, test 3. */
    private static final byte[] KEY = bytes(
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
    private static final byte[] SIGNATURE = bytes(
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    private static final byte[] MESSAGE = bytes("af82");

    private VerifyPayload() {}

    private static byte[] bytes(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (digit(hex.charAt(2 * i)) << 4 | digit(hex.charAt(2 * i + 1)));
        }
        return bytes;
    }

    private static int digit(char c) {
        return c <= '9' ? c - '0' : c - 'a' + 10;
    }

    /** The payload's first instruction. */
    @Template(START)
    static void start(Assembler a) {
        BareMachine.start(a, MAIN);
    }

    /** Prints a line {@code kernel name 0xinstructions 0xchecksum} for each kernel. */
    @Symbol(MAIN)
    static void main() {
        long state = 1;
        for (int i = 0; i < DATA_BYTES; i += 8) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            DATA.putLong(i, state);
        }
        digest("sha512", IsaExtensions.NONE);
        digest("sha512zbb", IsaExtensions.NONE.with(IsaExtension.ZBB));
        Span message = new Span(DATA, MESSAGE.length);
        for (int i = 0; i < MESSAGE.length; i++) {
            DATA.putByte(i, MESSAGE[i]);
        }
        HASH.use(IsaExtensions.NONE);
        long before = Csr.read(Csr.INSTRET);
        boolean valid = Ed25519.verify(KEY, 0, SIGNATURE, message, HASH);
        report("ed25519", Csr.read(Csr.INSTRET) - before, valid ? 1 : 0);
    }

    private static void digest(String kernel, IsaExtensions hart) {
        HASH.use(hart);
        long before = Csr.read(Csr.INSTRET);
        HASH.reset();
        HASH.update(new Span(DATA, DATA_BYTES));
        HASH.digest(DIGEST);
        report(kernel, Csr.read(Csr.INSTRET) - before, firstWord());
    }

    private static long firstWord() {
        long word = 0;
        for (int i = 0; i < 8; i++) {
            word = word << 8 | DIGEST[i] & 0xff;
        }
        return word;
    }

    private static void report(String kernel, long instructions, long checksum) {
        BareMachine.print("kernel ");
        BareMachine.print(kernel);
        BareMachine.print(" 0x");
        BareMachine.printHex(instructions);
        BareMachine.print(" 0x");
        BareMachine.printHex(checksum);
        BareMachine.print('\n');
    }
}
