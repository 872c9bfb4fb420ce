package k23.cli.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
    /** The Debian package that has it. */
    public static final String PACKAGES = "qemu-system-misc opensbi";

    private static final long GRACE_SECONDS = 2;
    private static final int CHUNK_BYTES = 64 << 10;

    /** QEMU: what {@code K23_QEMU} names, or else what the search path has. */
    public static Optional<Path> program() {
        var named = System.getenv("K23_QEMU");
        return named == null || named.isBlank() ? HostProgram.find(PROGRAM)
                : Optional.of(Path.of(named)).filter(Files::isExecutable);
    }

    /**
     * Runs {@code image} to its end.
     *
     * @return the exit status of the guest
     * @throws CommandException K23-5002 without QEMU, K23-5003 if QEMU itself fails, K23-5004 after
     *     the time limit
     */
    public int run(Path image) {
        var qemu = program().orElseThrow(() -> new CommandException(
                ExitStatus.UNAVAILABLE, "K23-5002",
                PROGRAM + " is not installed: apt-get install --no-install-recommends "
                        + PACKAGES));
        var input = StandardInput.ofProcess();
        var builder = new ProcessBuilder(command(qemu, image))
                .redirectInput(input.redirect())
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .redirectError(ProcessBuilder.Redirect.PIPE);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.UNAVAILABLE, "K23-5003", qemu + " cannot be started: "
                            + e.getMessage());
        }
        // Whatever ends this process, Ctrl-C included, ends the machine.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "stop QEMU"));
        input.pump(process);
        var log = new ConsoleLog(process.getErrorStream(), System.err, verbose);
        var readers = List.of(
                Thread.ofPlatform().daemon().name("console").start(log),
                Thread.ofPlatform().daemon().name("standard output").start(() -> print(process)));
        return await(process, readers, log);
    }

    /** Passes the program's output on; when nobody takes it, the machine's work is done. */
    private static void print(Process process) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (var from = process.getInputStream()) {
            for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
                System.out.write(chunk, 0, n);
                if (System.out.checkError()) {
                    process.destroy();
                    return;
                }
            }
        } catch (IOException e) {
            process.destroy();
        }
    }

    private int await(Process process, List<Thread> readers, ConsoleLog log) {
        try {
            boolean ended = true;
            if (timeout.isZero()) {
                process.waitFor();
            } else {
                ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (!ended) {
                log.mute(); // QEMU would tell who stopped it
                stop(process);
            }
            for (Thread reader : readers) {
                reader.join();
            }
            if (!ended) {
                throw new CommandException(
                        ExitStatus.TIMEOUT, "K23-5004",
                        "no end within " + timeout.toSeconds() + " s: the machine was stopped");
            }
        } catch (InterruptedException e) {
            stop(process);
            Thread.currentThread().interrupt();
        }
        if (process.exitValue() != 0 && log.isSilent()) {
            throw new CommandException(
                    ExitStatus.UNAVAILABLE, "K23-5003",
                    PROGRAM + " ended with " + process.exitValue()
                            + " before the guest said anything" + log.complaint());
        }
        return process.exitValue();
    }

    /** Ends QEMU, politely first so that it puts a terminal back as it was. */
    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** QEMU's command line. */
    List<String> command(Path qemu, Path image) {
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
