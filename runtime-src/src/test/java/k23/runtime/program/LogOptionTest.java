package k23.runtime.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import k23.sdk.Log;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogOptionTest {
    /** A bundle of one option (docs/FORMATS.md, "The bundle"). */
    private static Span bundle(String name, String value) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + 8 + 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(Bundle.OPTION).putInt(name.length()).putLong(value.length());
        bytes.put(name.getBytes(StandardCharsets.UTF_8)).position(24);
        bytes.put(value.getBytes(StandardCharsets.UTF_8));
        return Machine.reset().allocate(bytes.array());
    }

    @AfterEach
    void everything() {
        Log.least("debug");
    }

    @ParameterizedTest
    @CsvSource({"debug, 3", "info, 3", "warn, 2", "error, 1"})
    void theOptionIsTheLeastLevelWritten(String level, int lines) {
        Programs.limitLog(bundle("log", level));
        Log.info("one");
        Log.warn("two");
        Log.error("three");
        assertEquals(lines, Machine.current().console().lines().count());
    }

    @Test
    void otherOptionsAndDamagedBundlesChangeNothing() {
        Programs.limitLog(bundle("lag", "error"));
        Programs.limitLog(bundle("log", "error").slice(0, 20));
        Log.info("one");
        assertEquals("[k23 info] one\n", Machine.current().console());
    }
}
