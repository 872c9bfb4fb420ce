package k23.cli.debug;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import k23.cli.CommandException;
import k23.cli.ExitStatus;
import k23.cli.host.HostFiles;
import k23.cli.host.HostProgram;
import k23.cli.machine.QemuMachine;
import k23.cli.machine.RunningMachine;
import k23.cli.machine.StandardInput;

/**
 * A machine that waits for gdb, and gdb.
 *
 * @param machine the machine
 * @param image what it boots
 * @param subject what is debugged
 * @param port the loopback port that gdb comes to; 0 for a socket in the folder
 * @param folder for the script and the socket
 */
public record Debugger(
        QemuMachine machine, Path image, Subject subject, int port, Path folder) {
    /** The debugger. */
    public static final String PROGRAM = "gdb-multiarch";

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration POLL = Duration.ofMillis(2);
    /** Any: what counts is that both machines have the same. */
    private static final List<String> SEED = List.of("-seed", "1");

    /**
     * What is debugged.
     *
     * @param elf the payload's ELF file, with DWARF
     * @param sources folders with its sources
     */
    public record Subject(Path elf, List<Path> sources) {}

    /**
     * Runs gdb until it ends, and then ends the machine.
     *
     * @return the guest's exit status if it came to its end, else 0
     * @throws CommandException K23-5016 without gdb, K23-5017 if the port is taken, K23-5018 if the
     *     payload is not reached
     */
    public int run() {
        var gdb = HostProgram.find(PROGRAM).orElseThrow(() -> new CommandException(
                ExitStatus.UNAVAILABLE, "K23-5016",
                PROGRAM + " is not installed: apt-get install --no-install-recommends " + PROGRAM
                        + "; or attach another debugger: --no-gdb"));
        var command = new ArrayList<>(script(gdb));
        // In a session of its own: Ctrl-C is for gdb, not for QEMU.
        var running = start(List.of("setsid"), StandardInput.NONE);
        try {
            Interrupts.ignore();
            awaitSocket(running);
            var process = new ProcessBuilder(command).inheritIO().start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop gdb"));
            process.waitFor();
            return running.end();
        } catch (IOException e) {
            running.end();
            throw new CommandException(
                    ExitStatus.UNAVAILABLE, "K23-5016",
                    gdb + " cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return running.end();
        }
    }

    /**
     * Says how to attach gdb, and waits until the machine ends.
     *
     * @return the guest's exit status
     * @throws CommandException as {@link #run} does, but for gdb
     */
    public int await() {
        var command = script(Path.of(PROGRAM));
        var running = start(List.of(), StandardInput.ofProcess());
        System.err.println("k23: the machine waits for: " + String.join(" ", command));
        return running.await(Duration.ZERO);
    }

    /** Writes the script; returns the command that makes gdb read it. */
    private List<String> script(Path gdb) {
        requirePort();
        var command = new ArrayList<>(machine.command(image));
        command.addAll(SEED);
        long entry = EntryAddress.of(command);
        var symbols = PayloadSymbols.of(subject.elf);
        var script = new GdbScript(
                subject.elf, entry - symbols.entry(), subject.sources,
                symbols.main().orElse("*0x" + Long.toHexString(entry)),
                port == 0 ? socket().toString() : LOOPBACK + ":" + port);
        var file = folder.resolve("commands.gdb");
        HostFiles.write(file, (String.join("\n", script.lines()) + "\n")
                .getBytes(StandardCharsets.UTF_8));
        return List.of(gdb.toString(), "-q", "-x", file.toString());
    }

    private RunningMachine start(List<String> before, StandardInput input) {
        var command = new ArrayList<>(before);
        command.addAll(machine.command(image));
        command.addAll(SEED);
        command.addAll(List.of("-S", "-gdb", port == 0
                ? "unix:" + socket() + ",server=on,wait=off" : "tcp:" + LOOPBACK + ":" + port));
        return machine.start(command, input);
    }

    /** gdb tries a port again, but not a socket's file that is not there yet. */
    private void awaitSocket(RunningMachine running) throws InterruptedException {
        while (port == 0 && running.isAlive() && !Files.exists(socket())) {
            Thread.sleep(POLL);
        }
    }

    private Path socket() {
        return folder.resolve("gdb.socket");
    }

    /** QEMU would say it in its own words, when everything else has been done. */
    private void requirePort() {
        if (port != 0) {
            try (var probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(LOOPBACK, port));
            } catch (IOException e) {
                throw new CommandException(
                        ExitStatus.UNAVAILABLE, "K23-5017",
                        "port " + port + " of " + LOOPBACK + " cannot be used: " + e.getMessage()
                                + "; name another with --port, or none");
            }
        }
    }
}
