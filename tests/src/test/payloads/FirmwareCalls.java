import k23.sdk.Entry;
import k23.sdk.Log;
import k23.sdk.RawAccessAllowed;
import k23.sdk.Symbol;
import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.Label;
import k23.sdk.asm.Register;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Hart;
import k23.sdk.riscv.Sbi;
import k23.sdk.riscv.SbiResult;
import k23.sdk.word.Address;

/** Says what the firmware answers, and what it does; then reads what may be the firmware's. */
@RawAccessAllowed(reason = "it is about the firmware")
final class FirmwareCalls {
    private static final int MOST_HARTS = 64;
    private static final int STOPPED = 1;
    private static final long ALL = -1;
    private static final long OURS = 0x6B3233;
    private static final long MILLISECOND = 10_000;
    private static final long[] SEEN = new long[MOST_HARTS];

    @Entry(harts = 0)
    static void main(int hart, BootInfo boot) {
        Csr.set(Csr.SIE, Csr.SIE_SOFTWARE | Csr.SIE_TIMER);
        if (hart != boot.bootHart()) {
            SEEN[hart] = 1;
            awaitInterrupt(Csr.SIE_SOFTWARE);
            Csr.clear(Csr.SIP, Csr.SIE_SOFTWARE);
            SEEN[hart] = 2;
            Hart.fence();
            Sbi.call(Sbi.HART_STATE, 1, 0, 0, 0);
            Log.error("runs on after its stop");
        }
        awaitOthers(boot, 1);
        base();
        harts(boot);
        timer();
        console(boot);
        memory(boot);
        Log.info("ends");
    }

    private static void awaitInterrupt(long which) {
        while ((Csr.read(Csr.SIP) & which) == 0) {
            Hart.waitForInterrupt();
        }
    }

    private static void awaitOthers(BootInfo boot, long value) {
        for (int i = 1; i < boot.hartCount(); i++) {
            while (SEEN[(int) boot.hart(i).id()] != value) {
                Hart.fence();
            }
        }
    }

    private static SbiResult call(long extension, long function, long arg0, long arg1, long arg2) {
        SbiResult result = Sbi.call(extension, function, arg0, arg1, arg2);
        Log.info("call " + new Address(extension) + " " + function + ": " + result.error() + " "
                + result.value());
        return result;
    }

    private static void base() {
        Log.info("major version "
                + (Sbi.call(Sbi.BASE, 0, 0, 0, 0).value() >> 24 != 0));
        for (int i = 4; i <= 7; i++) {
            call(Sbi.BASE, i, 0, 0, 0);
        }
        call(Sbi.BASE, 3, Sbi.BASE, 0, 0);
        call(Sbi.BASE, 3, Sbi.TIMER, 0, 0);
        call(Sbi.BASE, 3, Sbi.IPI, 0, 0);
        call(Sbi.BASE, 3, Sbi.REMOTE_FENCE, 0, 0);
        call(Sbi.BASE, 3, Sbi.HART_STATE, 0, 0);
        call(Sbi.BASE, 3, Sbi.SYSTEM_RESET, 0, 0);
        call(Sbi.BASE, 3, 0x1234_5678, 0, 0);
        call(0x1234_5678, 0, 0, 0, 0);
        call(Sbi.TIMER, 9, 0, 0, 0);
        call(Sbi.IPI, 9, 0, 0, 0);
        call(Sbi.REMOTE_FENCE, 99, 0, 0, 0);
        call(Sbi.HART_STATE, 9, 0, 0, 0);
        call(Sbi.SYSTEM_RESET, 9, 0, 0, 0);
        call(Sbi.SYSTEM_RESET, 0, 77, 0, 0);
    }

    private static void harts(BootInfo boot) {
        call(Sbi.HART_STATE, 2, boot.bootHart(), 0, 0);
        call(Sbi.HART_STATE, 2, MOST_HARTS - 1, 0, 0);
        call(Sbi.HART_STATE, 2, -1, 0, 0);
        call(Sbi.HART_STATE, 0, MOST_HARTS - 1, boot.jumpStart().value(), 0);
        call(Sbi.HART_STATE, 0, boot.bootHart(), boot.jumpStart().value(), 0);
        call(Sbi.REMOTE_FENCE, 0, 1, boot.bootHart(), 0);
        call(Sbi.REMOTE_FENCE, 1, 0, ALL, 0);
        call(Sbi.REMOTE_FENCE, 2, 0, ALL, 0);
        long others = (1L << boot.hartCount()) - 1 & ~(1L << boot.bootHart());
        call(Sbi.IPI, 0, others, 0, 0);
        awaitOthers(boot, 2);
        for (int i = 1; i < boot.hartCount(); i++) {
            long id = boot.hart(i).id();
            while (Sbi.call(Sbi.HART_STATE, 2, id, 0, 0).value() != STOPPED) {
                Hart.fence();
            }
            Log.info("hart " + i + " has stopped");
        }
        call(Sbi.REMOTE_FENCE, 0, 0, ALL, 0);
        call(Sbi.IPI, 0, 1, boot.bootHart(), 0);
        awaitInterrupt(Csr.SIE_SOFTWARE);
        Csr.clear(Csr.SIP, Csr.SIE_SOFTWARE);
        Log.info("an interrupt of its own");
    }

    private static void timer() {
        for (int i = 0; i < 3; i++) {
            long at = Csr.read(Csr.TIME) + MILLISECOND;
            call(Sbi.TIMER, 0, at, 0, 0);
            awaitInterrupt(Csr.SIE_TIMER);
            Log.info("late enough: " + (Csr.read(Csr.TIME) >= at));
        }
        Sbi.call(0, 0, -1, 0, 0);
        Log.info("no timer: " + ((Csr.read(Csr.SIP) & Csr.SIE_TIMER) == 0));
    }

    /** The first region of one of two kinds. */
    private static MemoryRegion first(BootInfo boot, long kind, long otherKind) {
        for (long i = 0; i < boot.regionCount(); i++) {
            if (boot.region(i).kind() == kind || boot.region(i).kind() == otherKind) {
                return boot.region(i);
            }
        }
        throw new IllegalStateException("no such memory");
    }

    private static MemoryRegion firmware(BootInfo boot) {
        return first(boot, MemoryRegion.RESERVED, MemoryRegion.UNMAPPED);
    }

    private static void console(BootInfo boot) {
        if (!Sbi.has(Sbi.DEBUG_CONSOLE)) {
            return;
        }
        long free = first(boot, MemoryRegion.USABLE, MemoryRegion.USABLE).start().value();
        long firmware = firmware(boot).start().value();
        Address text = new Address(free + boot.physicalOffset());
        for (int i = 0; i < 26; i++) {
            text.putByte(i, (byte) ('a' + i));
        }
        text.putByte(26, (byte) '\n');
        Log.info("debug console: " + Sbi.call(Sbi.DEBUG_CONSOLE, 0, 27, free, 0).value());
        Log.info("debug console, nothing to read: "
                + Sbi.call(Sbi.DEBUG_CONSOLE, 1, 27, free, 0).value());
        // OpenSBI writes the bytes that there are, and then its own end.
        boolean isOurs = Sbi.call(Sbi.BASE, 1, 0, 0, 0).value() == OURS;
        Log.info("debug console, end of memory: "
                + (isOurs ? Sbi.call(Sbi.DEBUG_CONSOLE, 0, 1L << 40, free, 0).error() : -3));
        for (int i = 0; i < 2; i++) {
            Log.info("debug console, the firmware's: "
                    + Sbi.call(Sbi.DEBUG_CONSOLE, i, 1, firmware, 0).error() + " "
                    + Sbi.call(Sbi.DEBUG_CONSOLE, i, 8, firmware - 1, 0).error());
        }
        call(Sbi.DEBUG_CONSOLE, 9, 0, 0, 0);
        for (int i = 1; i < boot.hartCount(); i++) {
            Log.info("start in the firmware's: "
                    + Sbi.call(Sbi.HART_STATE, 0, boot.hart(i).id(), firmware, 0).error());
        }
    }

    private static void memory(BootInfo boot) {
        String how = boot.bootArgumentsBytes() == 0 ? "none"
                : boot.bootArguments().getByte(0) == 'r' ? "read" : "write";
        if (how.equals("none")) {
            return;
        }
        MemoryRegion region = firmware(boot);
        boolean atEnd = boot.bootArgumentsBytes() > 5;
        Address there = new Address((atEnd ? region.end().value() - 8 : region.start().value())
                + boot.physicalOffset());
        Log.info(how + " traps: " + (how.equals("read") ? load(there.value())
                : store(there.value())));
    }

    /** Accesses memory and returns SCAUSE, or -1 when nothing trapped. */
    private static void attempt(Assembler a, boolean isStore) {
        Label trapped = a.label("trapped");
        a.la(Register.T0, trapped);
        a.csrrw(Register.T0, Csr.STVEC, Register.T0);
        if (isStore) {
            a.sd(Register.ZERO, 0, Register.A0);
        } else {
            a.ld(Register.A1, 0, Register.A0);
        }
        a.csrw(Csr.STVEC, Register.T0);
        a.li(Register.A0, -1);
        a.ret();
        a.align(4);
        a.bind(trapped);
        a.csrw(Csr.STVEC, Register.T0);
        a.csrr(Register.A0, Csr.SCAUSE);
        a.ret();
    }

    @Template("attempt_load")
    static void attemptLoad(Assembler a) {
        attempt(a, false);
    }

    @Template("attempt_store")
    static void attemptStore(Assembler a) {
        attempt(a, true);
    }

    @Symbol("attempt_load")
    private static native long load(long address);

    @Symbol("attempt_store")
    private static native long store(long address);
}
