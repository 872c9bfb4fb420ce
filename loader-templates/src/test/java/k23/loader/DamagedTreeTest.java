package k23.loader;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import k23.loader.memory.MemoryMap;
import k23.sdk.riscv.IsaExtensions;
import k23.sdk.sim.Machine;
import k23.sdk.word.Address;
import k23.sdk.word.Span;
import org.junit.jupiter.api.Test;

/** A damaged device tree is read to some end, or refused by name; nothing outside is touched. */
class DamagedTreeTest {
    private static final int ROUNDS = 20_000;

    /** How a refusal leaves this test: the simulated firmware does not power off. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static TestTree tree() {
        TestTree tree = TestTree.root().reserve(0x8000_0000L, 0x20_0000)
                .open("chosen").with("rng-seed", 1, 2, 3, 4, 5, 6, 7, 8)
                .with("bootargs", "a=b c").close()
                .memory(0x8000_0000, 0x800_0000)
                .open("reserved-memory").with("#address-cells", 2).with("#size-cells", 2)
                .with("ranges")
                .open("a@80000000").with("reg", 0, 0x8000_0000, 0, 0x8_0000).with("no-map")
                .close()
                .open("b").with("size", 0, 0x10_0000).with("alignment", 0, 0x2_0000)
                .with("alloc-ranges", 0, 0x8400_0000, 0, 0x100_0000).close().close()
                .open("cpus").with("#address-cells", 1).with("#size-cells", 0)
                .with("timebase-frequency", 10_000_000);
        for (int i = 0; i < 3; i++) {
            tree.cpu(i).with("status", "okay").with("mmu-type", "riscv,sv48")
                    .with("riscv,isa", "rv64imafdch_zicsr_zifencei_zba2p0_sstc")
                    .with("riscv,isa-base", "rv64i")
                    .with(i == 0 ? "riscv,isa-extensions" : "other", "i\0m\0zicsr\0svadu")
                    .close();
        }
        return tree.close();
    }

    private static void read(long address) {
        Firmware firmware = Firmware.at(address);
        Stop.learnFrom(firmware.tree());
        var map = new MemoryMap();
        var reservations = new Reservations();
        firmware.describeMemory(map, reservations);
        reservations.place(firmware.tree(), map);
        new Processors().read(firmware.cpus(), 1, 48);
        firmware.consumeSeed(new long[5], IsaExtensions.NONE);
        firmware.bootArguments();
        firmware.timebaseHertz();
        long limit = map.end().value();
        long from = reservations.nextMapped(0, limit);
        while (from < limit) {
            from = reservations.nextMapped(reservations.nextUnmapped(from, limit), limit);
        }
    }

    /** Any other exception fails the test: a fault of the simulated machine, a bad index. */
    @Test
    void endsOrIsRefused() {
        Span good = tree().boot().tree().bytes();
        byte[] bytes = Machine.current().bytes(good);
        int stopped = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(round);
            byte[] bad = bytes.clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                int at = random.nextInt(bad.length);
                bad[at] = (byte) (random.nextBoolean() ? random.nextInt()
                        : bad[at] ^ 1 << random.nextInt(8));
            }
            Machine machine = Machine.reset();
            machine.firmware((extension, function, a, b, c) -> {
                if (extension != 1) {
                    throw new Stopped();
                }
                return new k23.sdk.riscv.SbiResult(0, 0);
            });
            Address start = machine.allocate(bad).start();
            try {
                read(start.value());
            } catch (Stopped e) {
                stopped++;
            } catch (RuntimeException e) {
                throw new AssertionError("round " + round, e);
            }
        }
        assertTrue(stopped > ROUNDS / 20 && stopped < ROUNDS, stopped + " were refused");
    }
}
