package k23.tests.bare;

import k23.sdk.Symbol;
import k23.sdk.Symbols;
import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.Label;
import k23.sdk.asm.Register;
import k23.sdk.boot.PerHart;
import k23.sdk.memory.Region;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Sbi;
import k23.sdk.word.Address;
import k23.sdk.word.Mmio;
import k23.sdk.word.Span;

/**
 * QEMU's {@code virt} machine with fixed addresses: where a bare payload is linked, its stack, its
 * per-hart block and the memory of its objects.
 */
public final class BareMachine {
    /** Where OpenSBI jumps to, and where the payload is linked. */
    public static final long BASE = 0x8020_0000L;

    private static final long HART_BLOCK = 0x8400_0000L;
    private static final long STACK_TOP = 0x8480_0000L;
    private static final long OBJECTS = 0x8500_0000L;
    private static final long OBJECT_BYTES = 16 << 20;
    private static final long UART = 0x1000_0000L;
    private static final int LINE_STATUS = 5;
    /** In the line's status: the next character may be written. */
    private static final int EMPTY = 0x20;
    /** The field FS of {@code sstatus}: floating-point registers can be used. */
    private static final int FLOATING_POINT_INITIAL = 1 << 13;
    private static final int SAVED_BYTES = 16 * 8;
    /** Where a trap goes on: there is no user context on the bare machine. */
    private static final int RESUME = PerHart.USER_CONTEXT;

    private BareMachine() {}

    /** The first code of a bare payload: sets up stack and hart block, calls {@code main}. */
    public static void start(Assembler a, String main) {
        a.li(Register.SP, STACK_TOP);
        a.li(Register.TP, HART_BLOCK);
        a.la(Register.T0, "k23_bare_trap");
        a.csrw(Csr.STVEC, Register.T0);
        a.li(Register.T0, FLOATING_POINT_INITIAL);
        a.csrs(Csr.SSTATUS, Register.T0);
        a.call(main);
        a.call("k23_bare_stop");
        Label halt = a.here();
        a.wfi();
        a.j(halt);
    }

    /**
     * {@code long attempt(…)}: calls {@code target} with the same arguments. A trap in it comes
     * back here as a return with the trapped pc in the block's payload word, which is 0 otherwise.
     */
    public static void attempt(Assembler a, String target) {
        Label back = a.label("back");
        a.addi(Register.SP, Register.SP, -SAVED_BYTES);
        a.sd(Register.RA, 0, Register.SP);
        a.sd(Register.S0, 8, Register.SP);
        a.sd(Register.S1, 16, Register.SP);
        for (int i = 2; i < 12; i++) {
            a.sd(Register.x(16 + i), 8 + 8 * i, Register.SP);
        }
        a.sd(Register.SP, PerHart.SCRATCH, Register.TP);
        a.sd(Register.ZERO, PerHart.PAYLOAD, Register.TP);
        a.la(Register.T0, back);
        a.sd(Register.T0, RESUME, Register.TP);
        a.call(target);
        a.bind(back);
        a.ld(Register.RA, 0, Register.SP);
        a.ld(Register.S0, 8, Register.SP);
        a.ld(Register.S1, 16, Register.SP);
        for (int i = 2; i < 12; i++) {
            a.ld(Register.x(16 + i), 8 + 8 * i, Register.SP);
        }
        a.addi(Register.SP, Register.SP, SAVED_BYTES);
        a.ret();
    }

    /** Ends the attempt that is running. */
    @Template("k23_bare_trap")
    static void trap(Assembler a) {
        a.csrr(Register.T0, Csr.SEPC);
        a.sd(Register.T0, PerHart.PAYLOAD, Register.TP);
        a.ld(Register.SP, PerHart.SCRATCH, Register.TP);
        a.ld(Register.T0, RESUME, Register.TP);
        a.jr(Register.T0);
    }

    /** The pc that ended the last attempt, 0 when it returned. */
    public static long trappedAt() {
        return PerHart.current().base().getLong(PerHart.PAYLOAD);
    }

    /** Makes all memory of objects free again. */
    public static void freeObjects() {
        Region.enter(new Span(new Address(OBJECTS), OBJECT_BYTES));
    }

    /** Zeroes the memory that objects have taken since {@link #freeObjects}. */
    public static void clearObjects() {
        long used = OBJECT_BYTES - Region.remaining();
        new Span(new Address(OBJECTS), used).clear();
        freeObjects();
    }

    /**
     * Prints how the last attempt ended: {@code =result}, or {@code !} and the offset of the
     * instruction that trapped.
     */
    public static void report(long result) {
        long trap = trappedAt();
        print(trap == 0 ? '=' : '!');
        printHex(trap == 0 ? result : trap - Symbols.addressOf("__text_start"));
        print('\n');
    }

    /** Writes one byte to the serial port, which is much faster than the firmware's console. */
    public static void print(int character) {
        Mmio uart = new Mmio(UART);
        // A host that is slow to read would make it lose characters otherwise.
        boolean isEmpty;
        do {
            isEmpty = (uart.read8(LINE_STATUS) & EMPTY) != 0;
        } while (!isEmpty);
        uart.write8(0, character);
    }

    /** Writes {@code number} in hexadecimal without leading zeros. */
    public static void printHex(long number) {
        int shift = 60;
        while (shift > 0 && number >>> shift == 0) {
            shift -= 4;
        }
        for (; shift >= 0; shift -= 4) {
            print("0123456789abcdef".charAt((int) (number >>> shift) & 15));
        }
    }

    /** Writes {@code text}. */
    public static void print(String text) {
        for (int i = 0; i < text.length(); i++) {
            print(text.charAt(i));
        }
    }

    /** Powers the machine off. */
    @Symbol("k23_bare_stop")
    static void stop() {
        Sbi.shutdown();
    }
}
