package k23.codegen.asm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import k23.codegen.link.Definition;
import k23.codegen.link.Layout;
import k23.codegen.link.LinkRequest;
import k23.codegen.link.Linker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stubs as objdump reads them: each has the one instruction that it is there for. */
class IntrinsicStubsTest {
    @TempDir
    Path folder;

    private static Map<Definition, String> expected() {
        var result = new LinkedHashMap<Definition, String>();
        result.put(IntrinsicStubs.csrRead(0x100), "csrr a0,sstatus");
        result.put(IntrinsicStubs.csrWrite(0x180), "csrw satp,a0");
        result.put(IntrinsicStubs.csrSet(0x104), "csrrs a0,sie,a0");
        result.put(IntrinsicStubs.csrClear(0x144), "csrrc a0,sip,a0");
        result.put(IntrinsicStubs.sbiCall(),
                "mv a7,a0; mv a6,a1; mv a0,a2; mv a1,a3; mv a2,a4; ecall");
        result.put(IntrinsicStubs.readThreadPointer(), "mv a0,tp");
        result.put(IntrinsicStubs.writeThreadPointer(), "mv tp,a0");
        result.put(IntrinsicStubs.framePointer(), "mv a0,s0");
        result.put(IntrinsicStubs.waitForInterrupt(), "wfi");
        result.put(IntrinsicStubs.fence(), "fence");
        result.put(IntrinsicStubs.fenceInstructions(), "fence.i");
        result.put(IntrinsicStubs.fenceTranslations(), "sfence.vma");
        result.put(IntrinsicStubs.deviceRead(1), "lbu a0,0(a0); fence");
        result.put(IntrinsicStubs.deviceRead(2), "lhu a0,0(a0); fence");
        result.put(IntrinsicStubs.deviceRead(4), "lw a0,0(a0); fence");
        result.put(IntrinsicStubs.deviceRead(8), "ld a0,0(a0); fence");
        result.put(IntrinsicStubs.deviceWrite(1), "fence; sb a1,0(a0)");
        result.put(IntrinsicStubs.deviceWrite(2), "fence; sh a1,0(a0)");
        result.put(IntrinsicStubs.deviceWrite(4), "fence; sw a1,0(a0)");
        result.put(IntrinsicStubs.deviceWrite(8), "fence; sd a1,0(a0)");
        return result;
    }

    @Test
    void disassembleToTheirInstructions() throws Exception {
        Map<Definition, String> stubs = expected();
        String first = stubs.keySet().iterator().next().name();
        var request = LinkRequest.builder(first, Layout.exec(0x10000));
        stubs.keySet().forEach(d -> request.add(d).root(d.name()));
        String text = disassemble(Linker.link(request.build()).elf());
        stubs.forEach((definition, code) -> {
            String header = "<" + definition.name() + ">:\n";
            assertTrue(text.contains(header), header + text);
            String body = text.substring(text.indexOf(header) + header.length());
            List<String> lines = body.lines().takeWhile(l -> !l.isBlank())
                    .map(l -> l.split("\t", 3)[2].replace('\t', ' ').strip()).toList();
            assertEquals(code + "; ret", String.join("; ", lines), definition.name());
        });
        assertFalse(text.contains("unknown"), text);
    }

    /** objdump of binutils 2.40 does not know the hint. */
    @Test
    void pauseIsAFenceOfNothing() {
        byte[] code = IntrinsicStubs.pause().bytes();
        assertEquals(0x0100000f, java.nio.ByteBuffer.wrap(code)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt());
    }

    private String disassemble(byte[] elf) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("stubs.elf"), elf);
        Process process;
        try {
            process = new ProcessBuilder("riscv64-linux-gnu-objdump", "-d", file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new IOException("this test needs riscv64-linux-gnu-objdump"
                    + " (Debian: apt-get install binutils-riscv64-linux-gnu)", e);
        }
        String text = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor());
        return text;
    }

    @Test
    void otherWidthsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> IntrinsicStubs.deviceRead(3));
        assertThrows(IllegalArgumentException.class, () -> IntrinsicStubs.deviceWrite(16));
    }
}
