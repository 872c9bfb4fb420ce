package k23.sdk;

import k23.sdk.asm.Assembler;
import k23.sdk.asm.Label;
import k23.sdk.asm.Register;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Hart;
import k23.sdk.riscv.Sbi;
import k23.sdk.word.Mmio;

/**
 * The device of virtual machines that ends them with a status: "sifive,test0" in the device tree
 * (QEMU, {@code hw/misc/sifive_test.c}). Firmware can only power off, and gives no status.
 *
 * @param registers the device, address 0 when the machine has none
 */
@NoAllocation
public record TestDevice(Mmio registers) {
    /** No device. */
    public static final TestDevice NONE = new TestDevice(new Mmio(0));

    private static final int PASS = 0x5555;
    private static final int FAIL = 0x3333;
    private static final int STATUS_SHIFT = 16;

    /** What is stored to end the machine with {@code status}, 0 to 255. */
    public static int command(int status) {
        return status == 0 ? PASS : status << STATUS_SHIFT | FAIL;
    }

    /**
     * Ends the machine with {@code status}, if it has the device: then this does not return. The
     * machine ends some time after the store; until then nothing else may ask for an end, since
     * the last request is the one that counts.
     */
    public void end(int status) {
        if (registers.value() != 0) {
            registers.write32(0, command(status));
            Hart.halt();
        }
    }

    /**
     * Writes template code that ends the machine with {@code status}, without touching memory: by
     * the device, whose address the loader leaves in SSCRATCH, or else by the firmware.
     */
    public static void end(Assembler a, int status) {
        Label firmware = a.label("firmware");
        Label halt = a.label("halt");
        a.csrr(Register.T0, Csr.SSCRATCH);
        a.beqz(Register.T0, firmware);
        a.li(Register.T1, command(status));
        a.sw(Register.T1, 0, Register.T0);
        a.j(halt);
        a.bind(firmware);
        a.li(Register.A7, Sbi.SYSTEM_RESET);
        a.li(Register.A6, 0);
        a.li(Register.A0, 0);
        a.li(Register.A1, 1);
        a.ecall();
        a.bind(halt);
        a.wfi();
        a.j(halt);
    }
}
