package k23.cli.machine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The guest's console on its way to standard error, the firmware's banner left out.
 *
 * <p>OpenSBI prints a version, a drawing, and a table of {@code Name : value} lines before it
 * starts anything: all lines like that are held back until the first that is not. From then on
 * bytes pass as they come, so that a line without its end is seen, too.
 */
final class ConsoleLog implements Runnable {
    private static final Pattern BANNER = Pattern.compile(
            "|OpenSBI v.*|[ _/\\\\|,.'()<>`-]+|"
                    + "(Platform|Firmware|Runtime|Domain\\d+|Boot HART|Standard) .*: ?.*");
    private static final String QEMU_COMPLAINS = QemuMachine.PROGRAM + ":";
    private static final int CHUNK_BYTES = 8192;

    private final InputStream from;
    private final PrintStream to;
    private final StringBuffer complaint = new StringBuffer();
    private boolean inBanner;
    private volatile boolean silent;
    private volatile boolean muted;

    ConsoleLog(InputStream from, PrintStream to, boolean verbose) {
        this.from = from;
        this.to = to;
        this.inBanner = !verbose;
        this.silent = !verbose;
    }

    /** Lets nothing pass from now on. */
    void mute() {
        muted = true;
    }

    /** Whether nothing came but the firmware's banner and QEMU's own words. */
    boolean isSilent() {
        return silent;
    }

    /** What QEMU said about itself, to be appended to a message. */
    String complaint() {
        return complaint.toString();
    }

    @Override
    public void run() {
        var line = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
                int at = 0;
                while (inBanner && at < n) {
                    byte b = chunk[at++];
                    line.write(b);
                    if (b == '\n') {
                        bannerLine(line);
                    }
                }
                if (!muted) {
                    to.write(chunk, at, n - at);
                    to.flush();
                }
            }
        } catch (IOException e) {
            // QEMU was killed: what came is what there is
        }
        if (inBanner && line.size() > 0) {
            bannerLine(line);
        }
    }

    private void bannerLine(ByteArrayOutputStream line) {
        var text = line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        if (text.startsWith(QEMU_COMPLAINS)) {
            complaint.append("; ").append(text);
        } else if (!BANNER.matcher(text).matches()) {
            inBanner = false;
            silent = false;
            to.writeBytes(line.toByteArray());
        }
        line.reset();
    }
}
