package k23.cli.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import k23.cli.machine.QemuMachine;
import k23.codegen.cranelift.Cranelift;
import k23.codegen.cranelift.CraneliftException;

/**
 * One thing that the host should have.
 *
 * @param name what it is
 * @param purpose what it is for
 * @param required whether nothing runs without it
 * @param remedy the command that installs it
 * @param find looks for it: its version or place, or nothing
 */
public record HostCheck(
        String name, String purpose, boolean required, String remedy,
        Supplier<Optional<String>> find) {
    private static final int JDK = 25;
    private static final String INSTALL = "apt-get install --no-install-recommends ";

    /** All of them, the necessary ones first. */
    public static List<HostCheck> all() {
        return List.of(
                new HostCheck(
                        "JDK " + JDK, "everything", true,
                        "install Temurin " + JDK + " and set JAVA_HOME to it", HostCheck::jdk),
                new HostCheck(
                        "QEMU", "run", true, INSTALL + QemuMachine.PACKAGES,
                        () -> version(QemuMachine.PROGRAM)),
                new HostCheck(
                        "OpenSBI", "run", true, INSTALL + "opensbi", HostCheck::firmware),
                new HostCheck(
                        "Cranelift library", "compile", true, "make native", HostCheck::cranelift),
                program("clang-14", "compiling the examples in C", "clang lld wasi-libc"
                        + " libclang-rt-14-dev-wasm32"),
                program("wasm-ld-14", "linking the examples in C", "lld"),
                program("riscv64-linux-gnu-gcc", "make bench", "gcc-riscv64-linux-gnu"),
                program("gdb-multiarch", "debug", "gdb-multiarch"),
                program("mcopy", "the tests of disk images", "mtools"),
                new HostCheck(
                        "U-Boot", "the tests of disk images", false, INSTALL + "u-boot-qemu",
                        () -> existing("/usr/lib/u-boot/qemu-riscv64_smode/uboot.elf")));
    }

    private static HostCheck program(String name, String purpose, String packages) {
        return new HostCheck(
                name, purpose, false, INSTALL + packages,
                () -> HostProgram.find(name).map(Path::toString));
    }

    private static Optional<String> version(String program) {
        return HostProgram.find(program)
                .flatMap(path -> HostProgram.firstLine(List.of(path.toString(), "--version")));
    }

    private static Optional<String> jdk() {
        var version = Runtime.version();
        return version.feature() >= JDK && javax.tools.ToolProvider.getSystemJavaCompiler() != null
                ? Optional.of(version + ", " + System.getProperty("java.home"))
                : Optional.empty();
    }

    private static Optional<String> firmware() {
        return existing("/usr/share/qemu/opensbi-riscv64-generic-fw_dynamic.bin")
                .or(() -> existing("/usr/lib/riscv64-linux-gnu/opensbi/generic/fw_dynamic.bin"));
    }

    private static Optional<String> existing(String file) {
        return Files.exists(Path.of(file)) ? Optional.of(file) : Optional.empty();
    }

    private static Optional<String> cranelift() {
        try {
            var library = Cranelift.load();
            return Optional.of("Cranelift " + library.version() + ", " + library.path());
        } catch (CraneliftException e) {
            return Optional.empty();
        }
    }
}
