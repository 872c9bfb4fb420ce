package k23.tests.bare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import k23.codegen.compiler.CompileRequest;
import k23.codegen.compiler.CompileResult;
import k23.codegen.compiler.Compiler;
import k23.codegen.link.Layout;
import k23.tests.support.Command;
import k23.tests.support.Repository;

/** Compiles a bare payload from the test classes and runs it in QEMU under OpenSBI. */
public final class BarePayload {
    /** The class path of bare payloads: the test classes and the SDK. */
    public static final List<Path> CLASSES = List.of(
            Repository.ROOT.resolve("tests/target/test-classes"),
            Repository.ROOT.resolve("toolchain/sdk/target/classes"));
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private BarePayload() {}

    /** The ELF file of the payload that starts at {@code start}; {@code more} class folders. */
    public static byte[] compile(String start, boolean verify, Path... more) {
        List<Path> classPath = new ArrayList<>(List.of(more));
        classPath.addAll(CLASSES);
        return compile(CompileRequest.builder(classPath).entrySymbol(start).verify(verify));
    }

    /** The ELF file of the payload for a processor with this instruction set. */
    public static byte[] compileFor(String isa, String start) {
        return compile(CompileRequest.builder(CLASSES).entrySymbol(start).isa(isa).verify(true));
    }

    /** The ELF file of the payload that starts at {@code start}, with debug information. */
    public static byte[] compileForDebuggers(String start) {
        return compile(CompileRequest.builder(CLASSES).entrySymbol(start).debug(true)
                .verify(true));
    }

    private static byte[] compile(CompileRequest.Builder builder) {
        CompileRequest request = builder.layout(Layout.exec(BareMachine.BASE)).build();
        return switch (Compiler.compile(request)) {
            case CompileResult.Compiled compiled -> compiled.image().elf();
            case CompileResult.Refused refused -> throw new AssertionError(refused);
        };
    }

    /** What the payload {@code elf} wrote to the serial port until it powered the machine off. */
    public static String run(byte[] elf, String... moreQemuArguments) {
        try {
            Path file = Files.createTempFile("k23-bare", ".elf");
            try {
                Files.write(file, elf);
                return boot(file, moreQemuArguments);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the machine wrote to the serial port that booted {@code kernel}. */
    public static String boot(Path kernel, String... moreQemuArguments) {
        Command.Result result = Command.of("qemu-system-riscv64", "-machine", "virt", "-m", "256",
                "-smp", "1", "-display", "none", "-serial", "stdio", "-monitor", "none",
                "-no-reboot", "-kernel", kernel.toString())
                .with(moreQemuArguments).limit(LIMIT).run();
        if (result.status() != 0) {
            throw new AssertionError(result);
        }
        return new String(result.output(), StandardCharsets.ISO_8859_1);
    }
}
