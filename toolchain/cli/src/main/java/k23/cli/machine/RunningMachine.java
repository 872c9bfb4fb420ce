package k23.cli.machine;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import k23.cli.CommandException;
import k23.cli.ExitStatus;

/** A machine that runs; its console and its program's output are passed on meanwhile. */
public final class RunningMachine {
    private static final long GRACE_SECONDS = 2;
    private static final int CHUNK_BYTES = 64 << 10;

    private final Process process;
    private final ConsoleLog log;
    private final List<Thread> readers;

    RunningMachine(Process process, boolean verbose) {
        this.process = process;
        // Whatever ends this process, Ctrl-C included, ends the machine.
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop QEMU"));
        log = new ConsoleLog(process.getErrorStream(), System.err, verbose);
        readers = List.of(
                Thread.ofPlatform().daemon().name("console").start(log),
                Thread.ofPlatform().daemon().name("standard output").start(this::print));
    }

    /** Passes the program's output on; when nobody takes it, the machine's work is done. */
    private void print() {
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

    /**
     * Waits until the machine ends.
     *
     * @param timeout after which it is stopped; zero for never
     * @return the exit status of the guest
     * @throws CommandException K23-5003 if QEMU itself fails, K23-5004 after the time limit
     */
    public int await(Duration timeout) {
        try {
            boolean ended = true;
            if (timeout.isZero()) {
                process.waitFor();
            } else {
                ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (!ended) {
                log.mute(); // QEMU would tell who stopped it
                stop();
            }
            for (Thread reader : readers) {
                reader.join();
            }
            if (!ended) {
                throw new CommandException(
                        ExitStatus.TIMEOUT, "K23-5004",
                        "no end within " + timeout.toMillis() / 1000.0
                                + " s: the machine was stopped");
            }
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
        }
        if (process.exitValue() != 0 && log.isSilent()) {
            throw new CommandException(
                    ExitStatus.UNAVAILABLE, "K23-5003",
                    QemuMachine.PROGRAM + " ended with " + process.exitValue()
                            + " before the guest said anything" + log.complaint());
        }
        return process.exitValue();
    }

    /**
     * Ends the machine because nobody needs it any more.
     *
     * @return the guest's exit status if it had ended by itself, else 0
     */
    public int end() {
        if (process.isAlive()) {
            log.mute();
            stop();
            return 0;
        }
        return await(Duration.ZERO);
    }

    /** Whether it has not ended yet. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends QEMU, politely first so that it puts a terminal back as it was. */
    private void stop() {
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
}
