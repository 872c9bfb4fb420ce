package k23.tests.kernel;

import k23.kernel.Power;
import k23.kernel.Timer;
import k23.kernel.memory.AddressSpace;
import k23.kernel.memory.Frames;
import k23.kernel.memory.Protection;
import k23.kernel.memory.RegionMemory;
import k23.kernel.trap.Cause;
import k23.kernel.trap.UserContext;
import k23.kernel.trap.UserMode;
import k23.sdk.Log;
import k23.sdk.memory.Region;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/**
 * Pages of random instructions with random registers, run as programs: whatever they do, they end
 * in the kernel, and the kernel is as it was.
 */
final class RandomCode {
    private static final int ROUNDS = 3000;
    private static final int RESUMES = 40;
    private static final long TURN_NANOS = 300_000;
    private static final long CODE = 0x10000;
    private static final long DATA = 0x20000;
    private static final long MEMORY = 1L << 32;
    private static final long PAGE = 4096;
    private static final int EXIT_WRONG = 97;
    private static final long CANARY = 0x5ca1ab1e_0ddba11L;

    /** Major opcodes of RV64GC, bits 6 to 0; 0 stands for compressed instructions. */
    private static final int[] OPCODES = {
        0x03, 0x07, 0x0f, 0x13, 0x17, 0x1b, 0x23, 0x27, 0x2f, 0x33, 0x37, 0x3b, 0x43, 0x53, 0x63,
        0x67, 0x6f, 0x73, 0
    };

    private static final int ECALL = 0x73;

    private static long seed = 23;
    private static long calls;
    private static long faults;
    private static long illegal;
    private static long turns;

    private RandomCode() {}

    /** Random numbers that are the same in every run (xorshift64*, Vigna 2016). */
    private static long random() {
        seed ^= seed >>> 12;
        seed ^= seed << 25;
        seed ^= seed >>> 27;
        return seed * 0x2545F4914F6CDD1DL;
    }

    private static int below(int bound) {
        return (int) Long.remainderUnsigned(random() >>> 8, bound);
    }

    static void run() {
        long before = Frames.free();
        RegionMemory memory = RegionMemory.allocate(1 << 16);
        RegionMemory buffer = RegionMemory.allocate(3 * PAGE);
        try (Region.Scope _ = memory.enter()) {
            AddressSpace space = AddressSpace.create();
            rounds(space, buffer.memory());
            space.destroy();
        }
        buffer.free();
        memory.free();
        Log.info("random code: " + calls + " calls, " + faults + " page faults, " + illegal
                + " illegal instructions, " + turns + " turns ended");
        Power.off(before == Frames.free() ? 0 : EXIT_WRONG);
    }

    private static void rounds(AddressSpace space, Span buffer) {
        Span code = buffer.slice(0, PAGE);
        UserContext context = new UserContext(buffer.start().plus(PAGE));
        Address canary = buffer.start().plus(2 * PAGE);
        canary.putLong(0, CANARY);
        boolean mapped = space.load(CODE, code, PAGE, Protection.READ_EXECUTE)
                && space.allocate(DATA, PAGE, Protection.READ_WRITE);
        space.reserve(MEMORY, 8L << 30, Protection.READ_WRITE).commit(1 << 20);
        space.activate();
        for (int i = 0; i < ROUNDS && mapped; i++) {
            fill(code);
            space.unmap(CODE, PAGE);
            mapped = space.load(CODE, code, PAGE, Protection.READ_EXECUTE);
            registers(context);
            resume(space, context);
        }
        if (!mapped || canary.getLong(0) != CANARY) {
            Log.error("random code: the kernel's memory changed");
            Power.off(EXIT_WRONG);
        }
    }

    private static void fill(Span code) {
        for (int at = 0; at < PAGE; at += 4) {
            int opcode = OPCODES[below(OPCODES.length)];
            int word = (int) (random() >>> 32);
            boolean call = below(64) == 0;
            code.start().putInt(at, call ? ECALL : opcode == 0 ? word : word & ~0x7f | opcode);
        }
    }

    private static void registers(UserContext context) {
        context.pc(CODE + 4 * below(512));
        for (int i = 1; i < 32; i++) {
            context.register(i, switch (below(6)) {
                case 0 -> random();
                case 1 -> DATA + below(4096);
                case 2 -> MEMORY + below(1 << 21);
                case 3 -> context.base().value();
                case 4 -> CODE + below(4096);
                default -> below(64);
            });
        }
    }

    private static void resume(AddressSpace space, UserContext context) {
        Timer.interruptAt(Timer.monotonicNanos() + TURN_NANOS);
        for (int i = 0; i < RESUMES; i++) {
            long cause = UserMode.run(context);
            if (cause == Cause.TIMER) {
                turns++;
                break;
            }
            count(cause);
            boolean backed = Cause.isPageFault(cause)
                    && space.handleFault(context.value(), cause) == AddressSpace.Fault.BACKED;
            if (!backed) {
                long next = context.pc() + 4;
                boolean inside = next >= CODE && next < CODE + PAGE - 4;
                context.pc(inside ? next : CODE + 4 * below(1000));
            }
        }
        Timer.cancel();
    }

    private static void count(long cause) {
        if (cause == Cause.USER_CALL) {
            calls++;
        } else if (Cause.isPageFault(cause)) {
            faults++;
        } else if (cause == Cause.ILLEGAL_INSTRUCTION) {
            illegal++;
        }
    }
}
