package k23.codegen.asm;

import static k23.sdk.asm.Register.A0;
import static k23.sdk.asm.Register.A7;
import static k23.sdk.asm.Register.S1;
import static k23.sdk.asm.Register.SP;
import static k23.sdk.asm.Register.T0;
import static k23.sdk.asm.Register.T1;
import static k23.sdk.asm.Register.T2;
import static k23.sdk.asm.Register.T3;
import static k23.sdk.asm.Register.T4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import k23.codegen.link.Definition;
import k23.codegen.link.ElfFile;
import k23.codegen.link.Layout;
import k23.codegen.link.LinkRequest;
import k23.codegen.link.LinkedImage;
import k23.codegen.link.Linker;
import k23.codegen.link.Relocation;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.Label;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Assembled and linked programs on a real (emulated) machine, in supervisor mode. */
class BootTest {
    private static final String MESSAGE = "hello from the assembler\n";
    private static final int EXIT_CODE = 42;
    /** QEMU's virt machine: writing (code << 16 | 0x3333) ends it with that exit status. */
    private static final long TEST_DEVICE = 0x100000;
    private static final int TEST_FAIL = 0x3333;
    private static final long LOAD_ADDRESS = 0x80200000L;
    private static final int LEGACY_PUTCHAR = 1;
    private static final int SECONDS = 60;

    @TempDir
    Path folder;

    /** Applies SHT_RELR's only entry, an address: to the word there the base is added. */
    private static void relocate(Assembler a) {
        Label done = a.label("done");
        a.la(T0, "__relr_dyn_start");
        a.la(T1, "__relr_dyn_end");
        a.la(T2, "__image_start");
        a.bgeu(T0, T1, done);
        a.ld(T3, 0, T0);
        a.add(T3, T3, T2);
        a.ld(T4, 0, T3);
        a.add(T4, T4, T2);
        a.sd(T4, 0, T3);
        a.bind(done);
    }

    private static Definition start() {
        var a = new TemplateAssembler("_start");
        a.la(SP, "stack");
        a.li(T0, 4096);
        a.add(SP, SP, T0);
        relocate(a);
        a.la(T0, "pointer");
        a.ld(S1, 0, T0);
        a.call("print");
        a.la(T0, "exits");
        a.lw(T1, 4, T0);
        a.li(T0, TEST_DEVICE);
        a.sw(T1, 0, T0);
        a.j(a.here());
        return a.finish();
    }

    private static Definition print() {
        var a = new TemplateAssembler("print");
        Label done = a.label("done");
        Label next = a.here();
        a.lbu(A0, 0, S1);
        a.beqz(A0, done);
        a.li(A7, LEGACY_PUTCHAR);
        a.ecall();
        a.addi(S1, S1, 1);
        a.j(next);
        a.bind(done);
        a.ret();
        return a.finish();
    }

    private static LinkedImage link(Layout layout) {
        byte[] exits = new byte[8];
        exits[4] = (byte) TEST_FAIL;
        exits[5] = TEST_FAIL >> 8;
        exits[6] = EXIT_CODE;
        return Linker.link(LinkRequest.builder("_start", layout).add(print()).add(start())
                .add(Definition.constant("message", (MESSAGE + "\0").getBytes()).build())
                .add(Definition.constant("pointer", new byte[8])
                        .relocation(Relocation.abs64(0, "message", 0)).build())
                .add(Definition.variable("exits", exits).build())
                .add(Definition.zero("stack", 4096).alignment(16).build()).build());
    }

    private void boot(byte[] kernel) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("kernel"), kernel);
        Path output = folder.resolve("output");
        Process qemu;
        try {
            qemu = new ProcessBuilder("qemu-system-riscv64", "-machine", "virt", "-m", "64M",
                    "-display", "none", "-serial", "stdio", "-monitor", "none", "-no-reboot",
                    "-kernel", file.toString()).redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile()).start();
        } catch (IOException e) {
            throw new IOException("this test needs qemu-system-riscv64"
                    + " (Debian: apt-get install qemu-system-misc)", e);
        }
        boolean ended = qemu.waitFor(SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            qemu.destroyForcibly().waitFor();
        }
        String text = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertTrue(ended, "the machine did not end; it said: " + text);
        assertEquals(EXIT_CODE, qemu.exitValue(), text);
        assertTrue(text.replace("\r", "").endsWith(MESSAGE), text);
    }

    @Test
    void fixedElfBoots() throws Exception {
        boot(link(Layout.exec(LOAD_ADDRESS)).elf());
    }

    @Test
    void positionIndependentImageBootsFlat() throws Exception {
        LinkedImage image = link(Layout.pie());
        assertEquals(0, image.symbol("_start").orElseThrow().address());
        assertEquals(1, image.report().dynamicRelocations());
        boot(ElfFile.parse(image.elf()).flatten());
    }
}
