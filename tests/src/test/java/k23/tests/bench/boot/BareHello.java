package k23.tests.bench.boot;

import static k23.sdk.asm.Register.A0;
import static k23.sdk.asm.Register.A7;
import static k23.sdk.asm.Register.S1;
import static k23.sdk.asm.Register.T0;
import static k23.sdk.asm.Register.T1;

import k23.codegen.asm.TemplateAssembler;
import k23.codegen.link.Layout;
import k23.codegen.link.LinkRequest;
import k23.codegen.link.Linker;
import k23.sdk.asm.Label;
import k23.sdk.riscv.Sbi;

/**
 * The yardstick of boot time: a few instructions that print a line through the firmware and end
 * QEMU's {@code virt} machine with status 0.
 */
public final class BareHello {
    /** The line that it prints. */
    public static final String LINE = "hello, bare world";

    private static final long LOAD_ADDRESS = 0x8020_0000L;
    private static final long TEST_DEVICE = 0x10_0000L;
    private static final int TEST_PASS = 0x5555;

    private BareHello() {}

    /** The ELF file, for QEMU's {@code -kernel}. */
    public static byte[] elf() {
        var a = new TemplateAssembler("_start");
        Label text = a.label("text");
        Label done = a.label("done");
        a.la(S1, text);
        a.li(A7, Sbi.LEGACY_PUTCHAR);
        Label next = a.here();
        a.lbu(A0, 0, S1);
        a.beqz(A0, done);
        a.ecall();
        a.addi(S1, S1, 1);
        a.j(next);
        a.bind(done);
        a.li(T0, TEST_DEVICE);
        a.li(T1, TEST_PASS);
        a.sw(T1, 0, T0);
        a.j(a.here());
        a.bind(text);
        a.ascii(LINE + "\n\0");
        return Linker.link(LinkRequest.builder("_start", Layout.exec(LOAD_ADDRESS))
                .add(a.finish()).build()).elf();
    }
}
