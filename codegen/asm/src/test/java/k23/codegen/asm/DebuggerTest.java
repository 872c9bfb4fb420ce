package k23.codegen.asm;

import static k23.sdk.asm.Register.A0;
import static k23.sdk.asm.Register.RA;
import static k23.sdk.asm.Register.S0;
import static k23.sdk.asm.Register.S1;
import static k23.sdk.asm.Register.SP;
import static k23.sdk.asm.Register.T0;
import static k23.sdk.asm.Register.T1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import k23.codegen.link.Definition;
import k23.codegen.link.Layout;
import k23.codegen.link.LinkRequest;
import k23.codegen.link.Linker;
import k23.codegen.link.Location;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.Register;
import k23.sdk.riscv.Csr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * gdb at a machine that runs our code: it stops at a Java line, steps to the next, and walks
 * frames and inlined calls. The frames are made as compiled code makes them.
 */
class DebuggerTest {
    private static final long LOAD_ADDRESS = 0x80200000L;
    private static final int SECONDS = 90;

    @TempDir
    Path folder;

    private static void enter(Assembler a) {
        a.addi(SP, SP, -16);
        a.sd(RA, 8, SP);
        a.sd(S0, 0, SP);
        a.mv(S0, SP);
        a.addi(SP, SP, -16);
        a.sd(S1, 8, SP);
    }

    private static void leave(Assembler a) {
        a.ld(S1, 8, SP);
        a.addi(SP, SP, 16);
        a.ld(RA, 8, SP);
        a.ld(S0, 0, SP);
        a.addi(SP, SP, 16);
        a.ret();
    }

    /** The code of a function whose lines the test gives itself. */
    private static Definition.Builder compiled(TemplateAssembler a, String symbol) {
        Definition code = a.finish();
        return Definition.function(symbol, code.bytes()).relocations(code.relocations());
    }

    private static Definition start() {
        var a = new TemplateAssembler("_start");
        a.la(SP, "stack");
        a.li(T0, 4096);
        a.add(SP, SP, T0);
        a.li(S0, 0);
        a.call("Demo.main()V");
        a.call("Demo.trap()V");
        a.li(T0, 0x100000);
        a.li(T1, 0x5555);
        a.sw(T1, 0, T0);
        a.j(a.here());
        return a.finish();
    }

    private static Definition main() {
        var a = new TemplateAssembler("x");
        enter(a);
        a.li(S1, 1234);
        int call = a.size();
        a.call("Demo.work(I)I");
        int behind = a.size();
        a.addi(A0, A0, 1);
        leave(a);
        return compiled(a, "Demo.main()V").range(0, Location.of("Demo.main", "Demo.java", 10))
                .range(call, Location.of("Demo.main", "Demo.java", 11))
                .range(behind, Location.of("Demo.main", "Demo.java", 12)).build();
    }

    private static Definition work() {
        var a = new TemplateAssembler("x");
        enter(a);
        a.li(S1, 77);
        int inlined = a.size();
        a.addi(A0, S1, 1);
        int end = a.size();
        a.addi(A0, A0, 1);
        leave(a);
        Location body = Location.of("Demo.work", "Demo.java", 20);
        return compiled(a, "Demo.work(I)I").range(0, body)
                .range(inlined, new Location("Words.increment", "Words.java", 5,
                        Location.of("Demo.work", "Demo.java", 21)))
                .range(end, Location.of("Demo.work", "Demo.java", 22)).build();
    }

    /** Saves the registers below sp, x0's place at sp, and calls the handler. */
    private static Definition vector() {
        var a = new TemplateAssembler("vector");
        a.align(4);
        a.addi(SP, SP, -272);
        for (int i = 1; i < 32; i++) {
            a.sd(Register.x(i), 8 * i, SP);
        }
        a.addi(T0, SP, 272);
        a.sd(T0, 16, SP);
        a.csrr(T0, Csr.SEPC);
        a.sd(T0, 256, SP);
        a.trapFrame(0, 256);
        a.call("Demo.handle()V");
        a.ld(T0, 256, SP);
        a.trapFrameEnd();
        a.j(a.here());
        return a.finish();
    }

    private static Definition handle() {
        var a = new TemplateAssembler("x");
        enter(a);
        int body = a.size();
        a.nop();
        leave(a);
        return compiled(a, "Demo.handle()V").range(0, Location.of("Demo.handle", "Demo.java", 30))
                .range(body, Location.of("Demo.handle", "Demo.java", 31)).build();
    }

    private static Definition trap() {
        var a = new TemplateAssembler("x");
        enter(a);
        a.la(T0, "vector");
        a.csrw(Csr.STVEC, T0);
        a.li(S1, 99);
        int body = a.size();
        a.illegal();
        leave(a);
        return compiled(a, "Demo.trap()V").range(0, Location.of("Demo.trap", "Demo.java", 40))
                .range(body, Location.of("Demo.trap", "Demo.java", 41)).build();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private String debug(List<String> commands) throws Exception {
        byte[] elf = Linker.link(LinkRequest.builder("_start", Layout.exec(LOAD_ADDRESS))
                .debug(true).add(start()).add(main()).add(work())
                .add(vector()).add(handle()).add(trap())
                .add(Definition.zero("stack", 4096).alignment(16).build()).build()).elf();
        Path file = Files.write(folder.resolve("demo.elf"), elf);
        int port = freePort();
        Path qemuOutput = folder.resolve("qemu.txt");
        Process qemu = start("qemu-system-misc", qemuOutput, List.of("qemu-system-riscv64",
                "-machine", "virt", "-m", "64M", "-display", "none", "-serial", "none",
                "-monitor", "none", "-S", "-gdb", "tcp:127.0.0.1:" + port, "-kernel",
                file.toString()));
        try {
            var gdb = new ArrayList<>(List.of("gdb-multiarch", "-nx", "-batch", "-ex",
                    "set tcp connect-timeout 30", "-ex", "target remote 127.0.0.1:" + port));
            commands.forEach(c -> gdb.addAll(List.of("-ex", c)));
            gdb.add(file.toString());
            Path output = folder.resolve("gdb.txt");
            Process debugger = start("gdb-multiarch", output, gdb);
            boolean ended = debugger.waitFor(SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                debugger.destroyForcibly().waitFor();
            }
            String text = Files.readString(output);
            assertTrue(ended, "gdb did not end; it said: " + text + Files.readString(qemuOutput));
            return text;
        } finally {
            qemu.destroyForcibly().waitFor();
        }
    }

    private static Process start(String debianPackage, Path output, List<String> command)
            throws IOException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile()).start();
        } catch (IOException e) {
            throw new IOException("this test needs " + command.getFirst()
                    + " (Debian: apt-get install " + debianPackage + ")", e);
        }
    }

    private static void assertFinds(String text, String... patterns) {
        for (String pattern : patterns) {
            assertTrue(Pattern.compile(pattern).matcher(text).find(), pattern + " in:\n" + text);
        }
    }

    @Test
    void stopsAtLinesAndWalksFrames() throws Exception {
        String text = debug(List.of("break Demo.java:22", "continue", "backtrace",
                "up", "print $s1", "down", "finish", "info source"));
        assertFinds(text, "Breakpoint 1, .*Demo\\.work \\(\\) at .*Demo\\.java:22",
                "#0 +Demo\\.work \\(\\) at .*Demo\\.java:22",
                "#1 +0x[0-9a-f]+ in Demo\\.main \\(\\) at .*Demo\\.java:11",
                "#2 +0x[0-9a-f]+ in DebuggerTest\\.start \\(\\) at .*DebuggerTest\\.java:\\d+\n#1",
                "1 = 1234", "Demo\\.main \\(\\) at .*Demo\\.java:12\n");
    }

    @Test
    void stopsInInlinedCallsAndSteps() throws Exception {
        String text = debug(List.of("break Words.java:5", "continue", "backtrace",
                "next", "next", "backtrace"));
        assertFinds(text, "#0 +(0x[0-9a-f]+ in )?Words\\.increment \\(\\) at .*Words\\.java:5",
                "#1 +(0x[0-9a-f]+ in )?Demo\\.work \\(\\) at .*Demo\\.java:21",
                "#0 +Demo\\.main \\(\\) at .*Demo\\.java:1[12]");
    }

    @Test
    void walksThroughTrapsToTheInterruptedCode() throws Exception {
        String text = debug(List.of("break Demo.java:31", "continue", "backtrace", "up 2",
                "print $s1"));
        assertFinds(text, "#0 +Demo\\.handle \\(\\) at .*Demo\\.java:31",
                "#1 +<signal handler called>",
                "#2 +(0x[0-9a-f]+ in )?Demo\\.trap \\(\\) at .*Demo\\.java:41",
                "#3 +0x[0-9a-f]+ in DebuggerTest\\.start", "1 = 99");
    }

    @Test
    void stopsAtFunctionsBehindTheirPrologue() throws Exception {
        String text = debug(List.of("break Demo.main", "break Demo.java:10", "continue",
                "print/x $sp == $s0 - 16", "info frame", "next", "next"));
        assertFinds(text, "Breakpoint 1 at .*Demo\\.java, line 10",
                "\\$1 = 0x1", "11");
        assertEquals(1, text.split("Breakpoint [12], ", -1).length - 1, text);
    }
}
