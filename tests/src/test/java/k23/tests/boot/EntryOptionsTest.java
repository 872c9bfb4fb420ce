package k23.tests.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import k23.cli.build.JavaPayload;
import k23.codegen.compiler.CompileRequest;
import k23.codegen.compiler.CompileResult;
import k23.codegen.compiler.Compiler;
import k23.loader.elf.ElfFile;
import k23.loader.elf.ElfProblem;
import k23.loader.elf.LoaderConfig;
import k23.sdk.riscv.IsaExtension;
import k23.sdk.riscv.IsaExtensions;
import k23.sdk.sim.Machine;
import k23.tests.support.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code @Entry} says is what the loader reads in the compiled payload. */
class EntryOptionsTest {
    @TempDir
    private Path folder;

    private Path source(String options) throws IOException {
        return Files.writeString(folder.resolve("Payload.java"), """
                import static k23.sdk.Paging.*;
                import static k23.sdk.riscv.IsaExtension.*;
                final class Payload {
                    @k23.sdk.Entry%s
                    static void main(int hart, k23.sdk.boot.BootInfo boot) { }
                }
                """.formatted(options));
    }

    private LoaderConfig config(String options) throws IOException {
        return config(JavaPayload.ofSource(source(options)));
    }

    private static LoaderConfig config(byte[] payload) {
        var elf = new ElfFile(Machine.reset().allocate(payload));
        assertEquals(ElfProblem.NONE, elf.check());
        var config = new LoaderConfig(elf.section(LoaderConfig.SECTION));
        assertEquals(ElfProblem.NONE, config.check());
        return config;
    }

    @Test
    void defaults() throws IOException {
        LoaderConfig config = config("");
        assertEquals(39, config.pagingBits(57));
        assertEquals(64 << 10, config.stackBytes());
        assertEquals(1, config.harts());
        assertTrue(config.needs().isEmpty());
    }

    @Test
    void everything() throws IOException {
        LoaderConfig config = config(
                "(paging = {SV57, SV39}, needs = {ZBA, V}, harts = 0, stackBytes = 4097)");
        assertEquals(57, config.pagingBits(57));
        assertEquals(39, config.pagingBits(48));
        assertEquals(0, config.pagingBits(0));
        assertEquals(8192, config.stackBytes());
        assertEquals(0, config.harts());
        assertEquals(IsaExtensions.NONE.with(IsaExtension.ZBA).with(IsaExtension.V),
                config.needs());
    }

    @Test
    void oneModeAlone() throws IOException {
        assertEquals(0, config("(paging = SV48)").pagingBits(39));
    }

    /** Whoever compiles for more than RV64GC makes a payload that says so. */
    @Test
    void instructionSetsAreNeeds() throws IOException {
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none",
                "-cp", Repository.ROOT.resolve("toolchain/sdk/target/classes").toString(),
                "-d", folder.toString(), source("(needs = SSTC)").toString());
        assertEquals(0, status, "javac");
        var result = (CompileResult.Compiled) Compiler.compile(
                CompileRequest.builder(List.of(folder)).entryClass("Payload")
                        .isa("rv64gc_zba_zicond").build());
        assertEquals(IsaExtensions.NONE.with(IsaExtension.SSTC).with(IsaExtension.ZBA)
                .with(IsaExtension.ZICOND), config(result.image().elf()).needs());
    }
}
