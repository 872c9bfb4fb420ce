package k23.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import k23.cli.build.SystemFiles;
import k23.codegen.compiler.CompileRequest;
import k23.codegen.compiler.CompileResult;
import k23.codegen.compiler.Compiler;
import k23.image.ImageBuilder;
import k23.image.container.Bundle;
import k23.image.container.Compression;
import k23.image.loader.KeyTable;
import k23.image.sign.SigningKey;
import k23.kernel.Kernel;
import k23.tests.support.Command;

/**
 * {@link KernelPayload} in an image of its own, and the machine to boot it.
 *
 * @param payload the payload's ELF file
 * @param image   the signed image with it
 */
record KernelVm(Path payload, Path image) {
    /** Compiles the payload, with debug information if wanted, and puts all into a folder. */
    static KernelVm build(Path folder, boolean debug) throws IOException, URISyntaxException {
        CompileRequest request = CompileRequest.builder(
                List.of(classPath(KernelPayload.class), classPath(Kernel.class)))
                .entryClass(KernelPayload.class.getName()).debug(debug).build();
        var compiled = assertInstanceOf(CompileResult.Compiled.class, Compiler.compile(request));
        byte[] elf = compiled.image().elf();
        SigningKey key = SigningKey.ofSeed(new byte[32]);
        var builder = new ImageBuilder(SystemFiles.LOADER.bytes(), elf, new Bundle(List.of()),
                Compression.LZ4, new KeyTable(List.of(key.verifyingKey()), 0), key.verifyingKey(),
                0, "");
        return new KernelVm(Files.write(folder.resolve("payload.elf"), elf),
                Files.write(folder.resolve("kernel.img"), builder.bare().sign(key).bytes()));
    }

    private static Path classPath(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** QEMU with this image and no devices but the machine's own; the log goes to stderr. */
    List<String> machine(String bootArguments) {
        return List.of("qemu-system-riscv64", "-machine", "virt", "-m", "128M", "-nodefaults",
                "-display", "none", "-no-reboot",
                "-chardev", "file,id=console,path=/dev/stderr,append=on",
                "-serial", "chardev:console", "-kernel", image.toString(),
                "-append", bootArguments);
    }

    /** A boot whose standard streams are the command's. */
    Command boot(String bootArguments) {
        var words = new ArrayList<>(machine(bootArguments));
        words.addAll(List.of(
                "-global", "virtio-mmio.force-legacy=false", "-device", "virtio-serial-device",
                "-chardev", "stdio,id=in,mux=off,signal=on",
                "-device", "virtserialport,nr=1,chardev=in,name=k23.stdin",
                "-chardev", "file,id=out,path=/dev/stdout,append=on",
                "-device", "virtserialport,nr=2,chardev=out,name=k23.stdout"));
        return Command.of(words.toArray(String[]::new));
    }
}
