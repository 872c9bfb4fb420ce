package k23.junit;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import k23.cli.CommandException;
import k23.cli.ExitStatus;
import k23.cli.machine.QemuMachine;

/**
 * One machine for one test.
 *
 * @param harts     how many harts it has
 * @param memoryMib its memory
 * @param timeout   when it is stopped
 */
record VirtualMachine(int harts, int memoryMib, Duration timeout) {
    private static final String FIRST_LINE = "[k23 ";

    /**
     * What a machine left behind.
     *
     * @param status  its exit status; -1 when the time was up
     * @param console what the guest wrote, without the firmware's banner
     * @param timeout the time that was up, null when it was not
     */
    record Outcome(int status, String console, Duration timeout) {}

    /**
     * Boots an image.
     *
     * @throws CommandException K23-5920 if the host has no QEMU
     */
    Outcome run(Path image, String bootArguments) throws InterruptedException {
        Path qemu = QemuMachine.program().orElseThrow(() -> new CommandException(
                ExitStatus.UNAVAILABLE, "K23-5920",
                QemuMachine.PROGRAM + " is not installed; `make setup` installs it"));
        try {
            Process process = new ProcessBuilder(qemu.toString(), "-machine", "virt",
                    "-smp", Integer.toString(harts), "-m", memoryMib + "M",
                    "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
                    "-monitor", "none", "-serial", "stdio",
                    "-kernel", image.toString(), "-append", bootArguments)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null"))).start();
            return watch(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome watch(Process process) throws InterruptedException {
        var console = new ByteArrayOutputStream();
        var reader = Thread.ofPlatform().daemon().name("console")
                .start(() -> drain(process.getInputStream(), console));
        boolean ended = false;
        try {
            ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            if (!ended) {
                process.destroyForcibly();
            }
        }
        reader.join();
        String text = withoutBanner(
                console.toString(StandardCharsets.UTF_8).replace("\r", ""));
        return ended ? new Outcome(process.exitValue(), text, null)
                : new Outcome(-1, text, timeout);
    }

    private static void drain(InputStream from, ByteArrayOutputStream to) {
        try (from) {
            from.transferTo(to);
        } catch (IOException e) {
            return; // a machine that was stopped closes its console; what came is kept
        }
    }

    /** What comes from the first line of ours on; everything when there is none. */
    private static String withoutBanner(String text) {
        return text.substring(Math.max(text.indexOf(FIRST_LINE), 0)).stripTrailing();
    }
}
