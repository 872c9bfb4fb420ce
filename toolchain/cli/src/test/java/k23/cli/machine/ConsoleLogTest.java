package k23.cli.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The firmware's banner goes, everything else stays. */
final class ConsoleLogTest {
    private static final String BANNER = """
            \r
            OpenSBI v1.1\r
               ____                    _____ ____ _____\r
              / __ \\                  / ____|  _ \\_   _|\r
            Platform Name             : riscv-virtio,qemu\r
            Domain0 Region00          : 0x0000000002000000-0x000000000200ffff (I)\r
            Boot HART MEDELEG         : 0x0000000000f0b509\r
            """;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private ConsoleLog show(String text, boolean verbose) {
        var log = new ConsoleLog(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(shown, true, StandardCharsets.UTF_8), verbose);
        log.run();
        return log;
    }

    @Test
    void hidesTheBannerAlone() {
        var guest = "[k23 info] loader: here\nPlatform Name : mine\n\nno end";
        assertFalse(show(BANNER + guest, false).isSilent());
        assertEquals(guest, shown.toString(StandardCharsets.UTF_8));
    }

    @Test
    void showsAllWhenAsked() {
        show(BANNER + "x", true);
        assertEquals(BANNER + "x", shown.toString(StandardCharsets.UTF_8));
    }

    @Test
    void keepsBytesAsTheyAre() {
        show("\u00FCber\r\n\0\u0001", false);
        assertEquals("\u00FCber\r\n\0\u0001", shown.toString(StandardCharsets.UTF_8));
    }

    @Test
    void knowsQemusOwnWords() {
        var log = show("qemu-system-riscv64: cannot do that\n", false);
        assertTrue(log.isSilent());
        assertTrue(log.complaint().contains("cannot do that"));
        assertEquals("", shown.toString(StandardCharsets.UTF_8));
    }
}
