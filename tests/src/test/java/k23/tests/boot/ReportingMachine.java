package k23.tests.boot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import k23.cli.build.JavaPayload;
import k23.image.container.Bundle;
import k23.image.container.Compression;
import k23.tests.support.Command;
import k23.tests.support.Repository;

/**
 * Boots the payload {@code MachineReport} with its {@code .loader_config} changed, and reads what
 * it says.
 *
 * @param qemu the program
 */
record ReportingMachine(String qemu) {
    private static final byte[] PAYLOAD = JavaPayload.ofSource(
            Repository.ROOT.resolve("tests/src/test/payloads/MachineReport.java"));
    private static final int CONFIG_AT = new String(PAYLOAD, StandardCharsets.ISO_8859_1)
            .indexOf("K23CONF1");

    /** Places in {@code .loader_config} (docs/FORMATS.md). */
    static final int PAGING = 12;
    static final int HARTS = 24;
    static final int BOOT_INFO = 28;
    static final int NEEDS = 40;

    /** The payload with the byte at {@code place} of its configuration and those behind changed. */
    static byte[] payload(int place, long value, int bytes) {
        byte[] payload = PAYLOAD.clone();
        byte[] words = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
        System.arraycopy(words, 0, payload, CONFIG_AT + place, bytes);
        return payload;
    }

    /** An image of the payload as it is. */
    static Path image(Path folder) throws IOException {
        return image(folder, PAYLOAD);
    }

    /** A signed image in {@code folder}. */
    static Path image(Path folder, byte[] payload) throws IOException {
        return Files.write(folder.resolve("report.img"), BootImages.of(payload,
                new Bundle(List.of()), Compression.LZ4, 5, 5).bare().sign(BootImages.KEY).bytes());
    }

    /** Boots {@code image} with more options of QEMU's. */
    Report boot(Path image, String... options) {
        Command.Result result = Command.of(qemu, "-display", "none", "-monitor", "none",
                "-serial", "stdio", "-no-reboot", "-nodefaults", "-kernel", image.toString())
                .with(options).run();
        return new Report(result);
    }

    /**
     * What a machine said.
     *
     * @param result its console and status
     */
    record Report(Command.Result result) {
        /** Whether the payload was entered and every hart as it should be. */
        boolean isEntered() {
            return result.text().contains("[k23 info] mode ") && result.status() == 0;
        }

        /** Whether the loader refused it in these words. */
        boolean isRefused(String words) {
            return !isEntered() && result.status() == 1
                    && result.text().contains("[k23 error] loader: " + words);
        }

        /** What follows {@code start} in the line that starts so. */
        String line(String start) {
            return result.text().lines().map(String::strip)
                    .filter(l -> l.startsWith("[k23 info] " + start))
                    .map(l -> l.substring(11 + start.length()))
                    .findFirst().orElseThrow(() -> new AssertionError(start + "\n" + result));
        }

        /** The kinds of the regions that an address lies in: one, or none. */
        List<Integer> kindsOf(long address) {
            return result.text().lines().map(String::strip)
                    .filter(l -> l.startsWith("[k23 info] region 0x"))
                    .map(l -> l.split(" "))
                    .filter(w -> Long.decode(w[3]) <= address && address < Long.decode(w[5]))
                    .map(w -> Integer.valueOf(w[7])).toList();
        }

        @Override
        public String toString() {
            return result.toString();
        }
    }
}
