package k23.loader.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import k23.loader.machine.SimulatedBoard.Ended;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Sbi;
import k23.sdk.riscv.SbiResult;
import k23.sdk.word.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers of the monitor, as chapters 4 to 12 of the SBI Specification 2.0 have them. */
class ServicesTest {
    private static final long END = SimulatedBoard.MEMORY + SimulatedBoard.MEMORY_BYTES;
    private static final long OWN = SimulatedBoard.OWN;

    private final SimulatedBoard board = new SimulatedBoard(true);

    private static SbiResult value(long value) {
        return new SbiResult(0, value);
    }

    private void assertError(long error, long extension, long function, long... arguments) {
        assertEquals(new SbiResult(error, 0), board.call(extension, function, arguments));
    }

    @Test
    void tellsWhatItIs() {
        assertEquals(value(2 << 24), board.call(Sbi.BASE, 0));
        assertEquals(value(0x6B3233), board.call(Sbi.BASE, 1));
        board.machine.csr(MachineCsr.MARCHID, 77);
        assertEquals(value(77), board.call(Sbi.BASE, 5));
    }

    @ParameterizedTest
    @ValueSource(longs = {Sbi.BASE, Sbi.TIMER, Sbi.IPI, Sbi.REMOTE_FENCE, Sbi.HART_STATE,
        Sbi.SYSTEM_RESET, Sbi.DEBUG_CONSOLE, 0, 1, 2, 8})
    void has(long extension) {
        assertEquals(value(1), board.call(Sbi.BASE, 3, extension));
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 9, 0x11, 0x504D55, -1, Sbi.TIMER | 1L << 32})
    void hasNot(long extension) {
        assertEquals(value(0), board.call(Sbi.BASE, 3, extension));
        assertEquals(SbiError.NOT_SUPPORTED, board.call(extension, 0).error());
    }

    @ParameterizedTest
    @ValueSource(longs = {Sbi.BASE, Sbi.TIMER, Sbi.IPI, Sbi.REMOTE_FENCE, Sbi.HART_STATE,
        Sbi.SYSTEM_RESET, Sbi.DEBUG_CONSOLE})
    void knowsItsFunctions(long extension) {
        assertError(SbiError.NOT_SUPPORTED, extension, 99);
        assertError(SbiError.NOT_SUPPORTED, extension, -1);
        assertError(SbiError.NOT_SUPPORTED, extension, 1L << 32);
    }

    @Test
    void writesAndReads() {
        assertEquals(0, board.call(1, 0, 'h').error());
        Span text = board.text("ello\n");
        assertEquals(value(5), board.call(Sbi.DEBUG_CONSOLE, 0, 5, text.start().value(), 0));
        assertEquals(value(0), board.call(Sbi.DEBUG_CONSOLE, 2, 0x121));
        assertEquals("hello\r\n!", board.output.toString());
        assertEquals(-1, board.call(2, 0).error());
        board.input.addAll(List.of(200, (int) 'a', (int) 'b'));
        assertEquals(200, board.call(2, 0).error());
        assertEquals(value(2), board.call(Sbi.DEBUG_CONSOLE, 1, 5, text.start().value(), 0));
        assertEquals('a', text.getByte(0));
        assertEquals('b', text.getByte(1));
    }

    /** A call that has one result leaves the register of the second as it is. */
    @Test
    void legacyCallsKeepTheSecondArgument() {
        assertEquals(new SbiResult(0, 5), board.call(1, 0, 'x', 5));
    }

    @ParameterizedTest
    @CsvSource({
        OWN + ", 1, 0", (OWN - 7) + ", 8, 0", (OWN + 0x3_ffff) + ", 1, 0",
        (OWN - 8) + ", 999999, 0", (SimulatedBoard.MEMORY - 1) + ", 1, 0", END + ", 1, 0",
        (END - 1) + ", 2, 0", (END - 1) + ", -1, 0", "0, 8, 0", "-8, 16, 0",
        SimulatedBoard.MEMORY + ", 1, 1", SimulatedBoard.MEMORY + ", -2147483648, 0",
    })
    void touchesOnlyOpenMemory(long start, long bytes, long high) {
        assertError(SbiError.INVALID_PARAM, Sbi.DEBUG_CONSOLE, 0, bytes, start, high);
        assertError(SbiError.INVALID_PARAM, Sbi.DEBUG_CONSOLE, 1, bytes, start, high);
        assertEquals("", board.output.toString());
    }

    @Test
    void setsTheTimerOfMachineMode() {
        board.machine.csr(MachineCsr.MIP, Csr.SIE_TIMER);
        assertEquals(value(0), board.call(Sbi.TIMER, 0, 1234));
        assertEquals(0, board.machine.csr(MachineCsr.MIP));
        assertEquals(MachineCsr.TIMER, board.machine.csr(MachineCsr.MIE));
        board.run(3, () -> board.call(0, 0, -1));
        assertEquals(List.of("timer 0 at 1234", "timer 3 at -1"), board.events);
    }

    @Test
    void setsTheTimerOfSupervisorMode() {
        board.services.hasTimer(true);
        assertEquals(value(0), board.call(Sbi.TIMER, 0, 1234));
        assertEquals(1234, board.machine.csr(MachineCsr.STIMECMP));
        assertEquals(List.of(), board.events);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "2, 0, 1", "11, 0, 013", "1, 3, 3", "5, 1, 13", "0, 0, ''",
        "77, -1, 013", "0, 9, ''"})
    void interruptsAndFences(long mask, long base, String harts) {
        assertEquals(value(0), board.call(Sbi.IPI, 0, mask, base));
        assertEquals(harts.chars().mapToObj(h -> "interrupt " + (char) h).toList(),
                board.events);
        board.events.clear();
        for (int function = 0; function <= 2; function++) {
            assertEquals(value(0), board.call(Sbi.REMOTE_FENCE, function, mask, base));
            assertEquals(harts.chars().mapToObj(h -> "fence " + (char) h).toList(),
                    board.events.stream().sorted().toList());
            board.events.clear();
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 0", "1, 2", "16, 0", "3, 3", "1, 64", "1, -2", "-1, 0",
        "-9223372036854775808, 1"})
    void knowsItsHarts(long mask, long base) {
        assertError(SbiError.INVALID_PARAM, Sbi.IPI, 0, mask, base);
        assertError(SbiError.INVALID_PARAM, Sbi.REMOTE_FENCE, 0, mask, base);
        assertEquals(List.of(), board.events);
    }

    @Test
    void leavesStoppedHartsAlone() {
        board.board.hart(1).state(HartState.STOPPED);
        assertEquals(value(0), board.call(Sbi.IPI, 0, 0, -1));
        assertEquals(value(0), board.call(Sbi.REMOTE_FENCE, 0, 2, 0));
        assertEquals(List.of("interrupt 0", "interrupt 3"), board.events);
    }

    @Test
    void startsStoppedHarts() {
        long start = SimulatedBoard.MEMORY;
        HartState hart = board.board.hart(3);
        assertError(SbiError.ALREADY_AVAILABLE, Sbi.HART_STATE, 0, 3, start, 7);
        hart.state(HartState.STOPPED);
        assertEquals(value(1), board.call(Sbi.HART_STATE, 2, 3));
        for (long bad : new long[] {OWN, OWN - 1, END, END - 1, 0, -1}) {
            assertError(SbiError.INVALID_ADDRESS, Sbi.HART_STATE, 0, 3, bad, 7);
        }
        assertEquals(value(0), board.call(Sbi.HART_STATE, 0, 3, start, 7));
        assertEquals(value(2), board.call(Sbi.HART_STATE, 2, 3));
        assertEquals(start, hart.base().getLong(HartState.START_AT));
        assertEquals(7, hart.base().getLong(HartState.OPAQUE_AT));
        assertError(SbiError.ALREADY_AVAILABLE, Sbi.HART_STATE, 0, 3, start, 7);
        for (long none : new long[] {2, 64, -1, 1L << 32}) {
            assertError(SbiError.INVALID_PARAM, Sbi.HART_STATE, 0, none, start, 7);
            assertError(SbiError.INVALID_PARAM, Sbi.HART_STATE, 2, none);
        }
    }

    @Test
    void stopsTheHartThatCalls() {
        board.run(1, () -> board.call(Sbi.HART_STATE, 1));
        assertEquals(List.of("stop 1"), board.events);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 5555", "0, 1, 13333", "1, 0, 7777", "2, 0, 7777", "0, 3758096384, 5555"})
    void endsTheMachine(long type, long reason, String command) {
        assertEquals(command, assertThrows(Ended.class,
                () -> board.call(Sbi.SYSTEM_RESET, 0, type, reason)).getMessage());
    }

    @Test
    void refusesOtherEnds() {
        assertError(SbiError.INVALID_PARAM, Sbi.SYSTEM_RESET, 0, 3);
        assertError(SbiError.INVALID_PARAM, Sbi.SYSTEM_RESET, 0, -1);
        assertEquals("5555",
                assertThrows(Ended.class, () -> board.call(8, 0)).getMessage());
    }

    /** Without a device there is no console, no reset, and no other hart. */
    @Test
    void doesWithoutDevices() {
        SimulatedBoard bare = new SimulatedBoard(false);
        assertEquals(value(0), bare.call(Sbi.BASE, 3, Sbi.DEBUG_CONSOLE));
        assertEquals(value(0), bare.call(Sbi.BASE, 3, Sbi.SYSTEM_RESET));
        assertEquals(SbiError.NOT_SUPPORTED, bare.call(Sbi.SYSTEM_RESET, 0).error());
        assertEquals(0, bare.call(1, 0, 'x').error());
        assertEquals(-1, bare.call(2, 0).error());
        assertEquals(1, bare.board.harts());
    }
}
