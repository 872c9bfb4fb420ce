package k23.tests.wasm;

import k23.runtime.module.Failure;
import k23.runtime.module.Features;
import k23.runtime.parse.ModuleParser;
import k23.runtime.parse.ParseResult;
import k23.runtime.validate.Validator;
import k23.sdk.Symbol;
import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.sdk.word.Address;
import k23.tests.bare.BareMachine;

/**
 * Parses and validates modules that lie in memory, and prints what is wrong with each. The memory
 * at {@link #MODULES} holds their number, then for each its profile, its length and its bytes,
 * numbers as 32 bits, everything at multiples of 4.
 */
public final class FrontEndPayload {
    /** The symbol at which the payload starts. */
    public static final String START = "k23_front_end_start";
    /** Where the modules are. */
    public static final long MODULES = 0x8800_0000L;

    private static final String MAIN = "k23_front_end_main";
    private static final String ATTEMPT = "k23_front_end_attempt";
    private static final String CHECK = "k23_front_end_check";
    private static final int OFFSET_BITS = 28;
    private static final int DETAIL_BITS = 28;

    private FrontEndPayload() {}

    /** The payload's first instruction. */
    @Template(START)
    static void start(Assembler a) {
        BareMachine.start(a, MAIN);
    }

    /** Calls {@link #checkAt} such that a trap in it comes back. */
    @Template(ATTEMPT)
    static void attempt(Assembler a) {
        BareMachine.attempt(a, CHECK);
    }

    @Symbol(ATTEMPT)
    private static native long attempt(int profile, long address, int length);

    /** Prints a line for each module. */
    @Symbol(MAIN)
    static void main() {
        BareMachine.freeObjects();
        Address at = new Address(MODULES);
        int count = at.getInt(0);
        at = at.plus(Integer.BYTES);
        for (int i = 0; i < count; i++) {
            int profile = at.getInt(0);
            int length = at.getInt(Integer.BYTES);
            at = at.plus(2 * Integer.BYTES);
            BareMachine.report(attempt(profile, at.value(), length));
            BareMachine.clearObjects();
            at = at.plus(length).alignUp(Integer.BYTES);
        }
        BareMachine.print("done\n");
    }

    /** What {@link #check} says about the bytes at an address. */
    @Symbol(CHECK)
    static long checkAt(int profile, long address, int length) {
        byte[] bytes = new byte[length];
        Address at = new Address(address);
        for (int i = 0; i < length; i++) {
            bytes[i] = at.getByte(i);
        }
        return check(profile, bytes);
    }

    /** What is wrong with a module: the error's number, detail and offset in one word. */
    static long check(int profile, byte[] bytes) {
        Features features = profile == 3 ? Features.CORE_3 : Features.CORE_2;
        ParseResult result = ModuleParser.parse(bytes, 0, bytes.length, features);
        Failure failure = result.failure();
        if (!failure.isError()) {
            failure = Validator.validate(result.module());
        }
        long detail = failure.detail() & (1L << DETAIL_BITS) - 1;
        return ((long) failure.code().ordinal() << DETAIL_BITS | detail) << OFFSET_BITS
                | failure.offset();
    }
}
