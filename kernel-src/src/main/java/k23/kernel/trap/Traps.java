package k23.kernel.trap;

import k23.kernel.Panic;
import k23.kernel.memory.AddressSpace;
import k23.kernel.memory.Frames;
import k23.kernel.memory.PhysicalMap;
import k23.sdk.HartLocal;
import k23.sdk.Interrupt;
import k23.sdk.RawAccessAllowed;
import k23.sdk.Symbol;
import k23.sdk.Symbols;
import k23.sdk.boot.PerHart;
import k23.sdk.riscv.Csr;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;

/** The trap vector of this hart and what happens when the kernel itself traps. */
@RawAccessAllowed(reason = "it sets the hart's trap vector and interrupt enables")
public final class Traps {
    @HartLocal
    private static int depth;

    private Traps() {}

    /**
     * Has every trap of this hart come to the kernel. Interrupts stay off. Until there is memory,
     * {@link #prepareForOverflow}, traps are handled at the far end of the hart's own stack.
     */
    public static void install() {
        emergency(new Address(PerHart.current().stackBottom()));
        Csr.write(Csr.SIE, 0);
        Csr.clear(Csr.SSTATUS, Csr.SSTATUS_SIE | Csr.SSTATUS_SUM | Csr.SSTATUS_FS);
        Csr.write(Csr.SCOUNTEREN, 0);
        Csr.write(Csr.SSCRATCH, 0);
        Csr.write(Csr.STVEC, Symbols.addressOf("k23_trap_vector"));
    }

    /** Gives traps a stack of their own, so that the overflow of the hart's can be reported. */
    public static void prepareForOverflow() {
        PhysAddress area = Frames.allocate(Frames.orderOf(TrapTemplates.EMERGENCY_BYTES));
        if (Frames.isNone(area)) {
            throw new OutOfMemoryError("no memory for the emergency stack");
        }
        emergency(PhysicalMap.at(area));
    }

    private static void emergency(Address area) {
        PerHart.current().base().putAddress(PerHart.SCRATCH,
                area.plus(TrapTemplates.EMERGENCY_BYTES - KernelFrame.BYTES));
    }

    /** Called by the trap vector; returns when the instruction is to be tried again. */
    @Interrupt
    @Symbol("k23_kernel_trap")
    static void handle(long frameAddress) {
        KernelFrame frame = new KernelFrame(new Address(frameAddress));
        depth++;
        if (depth > 1) {
            Panic.nested(frame);
        }
        if (!isProgramsPage(frame)) {
            Panic.trapped(frame);
        }
        depth--;
    }

    /** Whether the kernel met a page of the program's memory that was not there, and now is. */
    private static boolean isProgramsPage(KernelFrame frame) {
        return Cause.isPageFault(frame.cause())
                && AddressSpace.backForKernel(frame.value(), frame.cause());
    }
}
