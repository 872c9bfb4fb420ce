package k23.codegen.compiler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import k23.codegen.link.Layout;

/**
 * A dialect program that runs under qemu-riscv64: its {@code static long run()} gives the exit
 * status, and {@code Linux.write} prints.
 */
final class LinuxProgram {
    private static final String PRELUDE = """
            package p;
            import java.lang.invoke.*;
            import java.util.concurrent.atomic.*;
            import k23.sdk.*;
            import k23.sdk.asm.*;
            import k23.sdk.boot.*;
            import k23.sdk.memory.*;
            import k23.sdk.word.*;
            import k23.sdk.riscv.*;
            final class Linux {
                private static final int MEMORY = 1 << 17;
                @Template("_start")
                static void start(Assembler a) {
                    a.li(Register.T0, MEMORY);
                    a.sub(Register.SP, Register.SP, Register.T0);
                    a.mv(Register.TP, Register.SP);
                    a.call("p.Main.run");
                    a.li(Register.A7, 93);
                    a.ecall();
                }
                @Template("linux_write")
                static void write(Assembler a) {
                    a.mv(Register.A2, Register.A1);
                    a.mv(Register.A1, Register.A0);
                    a.li(Register.A0, 1);
                    a.li(Register.A7, 64);
                    a.ecall();
                    a.ret();
                }
                @Symbol("linux_write") static native void write(long address, long bytes);
                static void enterRegion() {
                    Region.enter(new Span(PerHart.current().base().plus(4096), 1 << 16));
                }
                static void print(String text) {
                    for (int i = 0; i < text.length(); i++) {
                        print(text.charAt(i));
                    }
                }
                static void print(char c) {
                    Address place = PerHart.current().base().plus(1024);
                    place.putByte(0, (byte) c);
                    write(place.value(), 1);
                }
                static void print(long number) {
                    if (number < 0) {
                        print('-');
                        number = -number;
                    }
                    if (number > 9) {
                        print(number / 10);
                    }
                    print((char) ('0' + number % 10));
                }
            }
            """;

    private LinuxProgram() {}

    /**
     * What a run gave.
     *
     * @param status exit status; 128 plus the signal for a program that was killed
     * @param output what it printed
     */
    record Run(int status, String output) {}

    /** Compiles {@code main}, the class {@code p.Main}, and runs it. */
    static Run run(Path folder, String main) throws IOException, InterruptedException {
        return run(folder, main, _ -> { });
    }

    /** The same; {@code change} may replace class files in the folder that it is given. */
    static Run run(Path folder, String main, Consumer<Path> change)
            throws IOException, InterruptedException {
        Path elf = compile(folder, main, change);
        Process process = new ProcessBuilder("timeout", "20", "qemu-riscv64", elf.toString())
                .redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(),
                StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Run(process.exitValue(), output);
    }

    private static Path compile(Path folder, String main, Consumer<Path> change)
            throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Sources.compile(classes, "Main.java", PRELUDE + main);
        change.accept(classes);
        CompileResult result = Compiler.compile(CompileRequest.builder(List.of(classes))
                .entrySymbol("_start").layout(Layout.exec(0x10000)).verify(true).threads(1)
                .build());
        if (!(result instanceof CompileResult.Compiled compiled)) {
            throw new AssertionError(result);
        }
        Path elf = folder.resolve("program.elf");
        Files.write(elf, compiled.image().elf());
        assertTrue(elf.toFile().setExecutable(true));
        return elf;
    }
}
