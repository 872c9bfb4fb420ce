package k23.cli.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import k23.cli.CommandException;
import k23.cli.ExitStatus;
import k23.cli.host.HostProgram;

/**
 * A machine to run one image in.
 *
 * @param memoryMib its memory in MiB
 * @param harts its harts
 * @param firmware what starts the image
 * @param bootArguments what the payload finds in the device tree
 * @param timeout after which it is stopped; zero for never
 * @param verbose whether the firmware's lines are shown
 */
public record QemuMachine(
        int memoryMib, int harts, Firmware firmware, String bootArguments, Duration timeout,
        boolean verbose) {
    /** QEMU's system emulator. */
    public static final String PROGRAM = "qemu-system-riscv64";
    /** The environment variable that names another. */
    private static final String VARIABLE = "K23_QEMU";
    /** The Debian package that has it. */
    public static final String PACKAGES = "qemu-system-misc opensbi";

    /** QEMU: what {@code K23_QEMU} names, or else what the search path has. */
    public static Optional<Path> program() {
        return isNamed() ? Optional.of(Path.of(System.getenv(VARIABLE)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                : HostProgram.find(PROGRAM);
    }

    private static boolean isNamed() {
        var named = System.getenv(VARIABLE);
        return named != null && !named.isBlank();
    }

    /**
     * Runs {@code image} to its end.
     *
     * @return the exit status of the guest
     * @throws CommandException K23-5002 without QEMU, K23-5003 if QEMU itself fails, K23-5004 after
     *     the time limit
     */
    public int run(Path image) {
        return start(command(image), StandardInput.ofProcess()).await(timeout);
    }

    /**
     * Starts a machine.
     *
     * @param command QEMU's command line, {@link #command} or with more behind or before it
     * @param input what the guest reads
     * @throws CommandException K23-5003 if it cannot be started
     */
    public RunningMachine start(List<String> command, StandardInput input) {
        var builder = new ProcessBuilder(command)
                .redirectInput(input.redirect())
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .redirectError(ProcessBuilder.Redirect.PIPE);
        try {
            var process = builder.start();
            input.pump(process);
            return new RunningMachine(process, verbose);
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.UNAVAILABLE, "K23-5003", command.getFirst()
                            + " cannot be started: " + e.getMessage());
        }
    }

    /**
     * QEMU's command line.
     *
     * @throws CommandException K23-5002 without QEMU
     */
    public List<String> command(Path image) {
        return command(program().orElseThrow(() -> new CommandException(
                ExitStatus.UNAVAILABLE, "K23-5002", isNamed()
                        ? VARIABLE + " is no program: " + System.getenv(VARIABLE)
                        : PROGRAM + " is not installed: apt-get install --no-install-recommends "
                                + PACKAGES)), image);
    }

    private List<String> command(Path qemu, Path image) {
        var command = new ArrayList<String>(List.of(
                qemu.toString(),
                "-machine", "virt", "-cpu", "rv64",
                "-smp", Integer.toString(harts),
                "-m", memoryMib + "M",
                "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"));
        // The console: QEMU's standard error, a pipe of ours that may be opened a second time.
        command.addAll(List.of(
                "-chardev", "file,id=console,path=/proc/self/fd/2",
                "-serial", "chardev:console"));
        // The program: ports, not consoles, because QEMU drops what a console has no room for; and
        // two of them, because it drops a port's output when its input has ended.
        command.addAll(List.of(
                "-global", "virtio-mmio.force-legacy=false",
                "-device", "virtio-serial-device",
                "-chardev", "stdio,id=input,mux=off,signal=on",
                "-device", "virtserialport,nr=1,chardev=input,name=k23.stdin",
                "-chardev", "file,id=output,path=/proc/self/fd/1",
                "-device", "virtserialport,nr=2,chardev=output,name=k23.stdout"));
        command.addAll(firmware.options());
        command.addAll(List.of("-kernel", image.toString()));
        if (!bootArguments.isEmpty()) {
            command.addAll(List.of("-append", bootArguments));
        }
        return command;
    }
}
