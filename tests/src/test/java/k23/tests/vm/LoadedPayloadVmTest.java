package k23.tests.vm;

import k23.junit.KernelTest;
import k23.junit.guest.Check;
import k23.sdk.Log;
import k23.sdk.NoInline;
import k23.sdk.RawAccessAllowed;
import k23.sdk.ReadOnly;
import k23.sdk.Symbols;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.PerHart;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Hart;
import k23.sdk.word.Address;

/** The address space in which the loader enters a payload: what is there, and what is not. */
@RawAccessAllowed(reason = "it looks at the machine below the kernel")
final class LoadedPayloadVmTest {
    private static final int HARTS = 4;
    private static final long PAGE = 4096;
    private static final long STACK_BYTES = 64 << 10;
    private static final int[] CONSTANTS = {2, 3, 5, 7};

    /** What the JVM computes when the test is compiled. */
    @ReadOnly
    private static final long[] JVM_RESULTS = new long[HARTS];

    static {
        for (int hart = 0; hart < HARTS; hart++) {
            JVM_RESULTS[hart] = Double.doubleToLongBits(Math.sqrt(hart + 2.0) * 3 - 1e-3);
        }
    }

    @ReadOnly
    private static final String[] NAMES = {"one", "two"};

    private static int[] zeros = new int[1000];
    private static int[] numbers = {1, 2, 3};
    private static final long[] BLOCKS = new long[HARTS];

    private LoadedPayloadVmTest() {}

    @KernelTest(kernel = false)
    static void staticArraysAreThereAndWritable() {
        for (int i = 0; i < zeros.length; i++) {
            Check.equal(0, zeros[i]);
            zeros[i] = i;
        }
        Check.equal(6, numbers[0] + numbers[1] + numbers[2]);
        Check.equal(999, zeros[999]);
        Check.equal(7, CONSTANTS[3]);
    }

    @KernelTest(kernel = false)
    static void theHartHasItsBlock(int hart, BootInfo boot) {
        Check.equal(hart, PerHart.current().hartId());
        Check.equal(0, PerHart.current().regionNext());
        Check.equal(0, PerHart.current().userContext());
    }

    @KernelTest(kernel = false)
    static void floatingPointIsThere(int hart, BootInfo boot) {
        double x = Math.sqrt(hart + 2.0) * 3 - 1e-3;
        Check.equal(JVM_RESULTS[hart], Double.doubleToLongBits(x));
        Check.equal(2, (int) (float) (x / 2));
    }

    @KernelTest(kernel = false)
    static void theHartRunsOnItsStack() {
        PerHart hart = PerHart.current();
        Check.equal(STACK_BYTES, hart.stackTop() - hart.stackBottom());
        Check.inRange(hart.stackBottom(), hart.stackTop(), Hart.framePointer());
    }

    @KernelTest(kernel = false)
    static void interruptsAreOff() {
        Check.equal(0, Csr.read(Csr.SSTATUS) & Csr.SSTATUS_SIE);
        Check.equal(0, Csr.read(Csr.SIE));
    }

    @KernelTest(kernel = false)
    static void theWholeStackIsThere() {
        PerHart hart = PerHart.current();
        for (long at = hart.stackBottom(); at < hart.stackTop(); at += PAGE) {
            long kept = new Address(at).getLong(0);
            new Address(at).putLong(0, kept);
        }
    }

    @KernelTest(kernel = false, harts = HARTS, everyHart = true, memoryMib = 256)
    static void everyHartHasItsOwnSpace(int hart, BootInfo boot) {
        Check.equal(hart, PerHart.current().hartId());
        PerHart own = PerHart.current();
        Check.inRange(own.stackBottom(), own.stackTop(), Hart.framePointer());
        BLOCKS[hart] = own.base().value();
        Hart.fence();
        if (hart == boot.bootHart()) {
            for (int i = 0; i < HARTS; i++) {
                while (block(i) == 0) {
                    Hart.fence();
                }
                for (int j = 0; j < i; j++) {
                    Check.that(BLOCKS[i] != BLOCKS[j], "two harts, one block");
                }
            }
        }
    }

    @NoInline
    private static long block(int hart) {
        return BLOCKS[hart];
    }

    @NoInline
    private static int recurse(int depth) {
        return depth + recurse(depth * 3) * recurse(depth + 1);
    }

    @KernelTest(kernel = false, panic = "stack overflow",
            console = "at LoadedPayloadVmTest.recurse(LoadedPayloadVmTest.java:")
    static void belowTheStackIsAGuard() {
        Check.equal(0, recurse(1));
    }

    @NoInline
    private static long read(long address) {
        return new Address(address).getLong(0);
    }

    @NoInline
    private static void write(long address) {
        new Address(address).putLong(0, 0);
    }

    @KernelTest(kernel = false, panic = "stack overflow")
    static void theGuardBelowTheStackIsAPage() {
        Log.info("read " + read(PerHart.current().stackBottom() - PAGE));
    }

    @KernelTest(kernel = false, panic = "trap 13, address 0xfffffff8")
    static void aboveTheStackIsAGuard() {
        Log.info("read " + read(PerHart.current().stackTop()));
    }

    @KernelTest(kernel = false, panic = "trap 15, address 0xfffffffc")
    static void aboveTheBlockIsAGuard() {
        write(PerHart.current().base().value() + PAGE);
    }

    @KernelTest(kernel = false, panic = "trap 15, address 0xfffffff")
    static void codeCannotBeWritten() {
        write(Symbols.addressOf("__text_start"));
    }

    @KernelTest(kernel = false, panic = "trap 15, address 0xfffffff")
    static void constantsCannotBeWritten() {
        write(Symbols.addressOf("__rodata_start"));
    }

    /** Constants that hold addresses are written once, by the loader, and sealed (RELRO). */
    @KernelTest(kernel = false, panic = "trap 15, address 0xfffffff", console = "names: two")
    static void relocatedConstantsCannotBeWritten() {
        long start = Symbols.addressOf("__data_rel_ro_start");
        Check.that(start < Symbols.addressOf("__data_rel_ro_end"), "nothing is relocated");
        Log.info("names: " + NAMES[(int) (Csr.read(Csr.SATP) >>> 63)]);
        write(start);
    }

    @KernelTest(kernel = false, panic = "trap 12, address 0xfffffff")
    static void dataCannotBeExecuted() {
        Jump.to(Symbols.addressOf("__data_start"));
    }

    @KernelTest(kernel = false, panic = "trap 12, address 0xfffffff8")
    static void theStackCannotBeExecuted() {
        Jump.to(PerHart.current().stackBottom());
    }

    @KernelTest(kernel = false, panic = "trap 12, address 0xffffffc")
    static void thePhysicalMapCannotBeExecuted(int hart, BootInfo boot) {
        Jump.to(boot.base().value());
    }

    @KernelTest(kernel = false, panic = "null reference")
    static void thereIsNothingAtNull() {
        Log.info("read " + read(0));
    }

    @KernelTest(kernel = false, panic = "trap 13, address 0x12345678")
    static void thereIsNothingInTheLowerHalf() {
        Log.info("read " + read(0x12345678));
    }

    @KernelTest(kernel = false, panic = "trap 13, address 0xffffffe0")
    static void thereIsNothingAtFreeAddresses(int hart, BootInfo boot) {
        Log.info("read " + read(boot.freeVirtualStart().value()));
    }
}
