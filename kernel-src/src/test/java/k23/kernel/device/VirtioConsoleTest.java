package k23.kernel.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import k23.kernel.SimulatedBoot;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.SbiResult;
import k23.sdk.sim.Machine;
import k23.sdk.word.Mmio;
import k23.sdk.word.Span;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VirtioConsoleTest {
    private static final long REGISTERS = 0x1000_1000L;

    private Machine machine;
    private ConsoleModel model;
    private VirtioConsole console;

    @BeforeEach
    void start() {
        machine = SimulatedBoot.start();
        model = new ConsoleModel(Map.of(1, "k23.stdin", 2, "k23.stdout"));
        machine.attach(REGISTERS, 0x200, model);
        VirtioDevice device = new VirtioDevice(new Mmio(REGISTERS));
        assertTrue(device.isPresent());
        console = VirtioConsole.open(device);
        assertNotNull(console);
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    @Test
    void portsAreFoundByName() {
        assertNotNull(console.port(ConsolePort.STDIN));
        assertNotNull(console.port(ConsolePort.STDOUT));
        assertFalse(console.port(ConsolePort.STDIN).has(ConsolePort.STDOUT));
        assertTrue(console.port(ConsolePort.STDOUT).isHostOpen());
    }

    @Test
    void outputArrivesByteByByte() {
        byte[] bytes = random(300_001);
        assertTrue(console.port(ConsolePort.STDOUT).write(machine.allocate(bytes)));
        assertTrue(console.port(ConsolePort.STDOUT).write(Span.EMPTY));
        assertArrayEquals(bytes, model.received(2));
    }

    @Test
    void inputArrivesWhateverTheReadersBufferAndEndsAfterTheLastByte() {
        byte[] bytes = random(200_000);
        for (int at = 0; at < bytes.length; at += 1000) {
            model.send(1, Arrays.copyOfRange(bytes, at, at + 1000));
        }
        model.close(1);
        ConsolePort port = console.port(ConsolePort.STDIN);
        Span buffer = machine.allocate(777);
        byte[] all = new byte[bytes.length];
        int total = 0;
        int count = port.read(buffer);
        while (count > 0) {
            System.arraycopy(machine.bytes(buffer), 0, all, total, count);
            total += count;
            count = port.read(buffer);
        }
        assertEquals(bytes.length, total);
        assertArrayEquals(bytes, all);
        assertEquals(0, port.read(buffer));
        assertEquals(0, port.read(Span.EMPTY));
    }

    @Test
    void outputToAClosedPortIsRefused() {
        model.close(2);
        assertFalse(console.port(ConsolePort.STDOUT).write(machine.allocate(random(10))));
        assertEquals(0, model.received(2).length);
    }

    @Test
    void aMachineWithoutNamedPortsHasNoStreams() {
        Machine other = SimulatedBoot.start();
        other.attach(REGISTERS, 0x200, new ConsoleModel(Map.of()));
        // Time stands still on the simulated machine unless someone moves it.
        other.firmware((_, _, time, _, _) -> {
            other.csr(Csr.TIME, Math.max(time, other.csr(Csr.TIME)));
            return new SbiResult(0, 0);
        });
        VirtioConsole none = VirtioConsole.open(new VirtioDevice(new Mmio(REGISTERS)));
        assertNull(none.port(ConsolePort.STDIN));
    }
}
