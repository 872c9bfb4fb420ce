package k23.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import k23.kernel.SimulatedBoot;
import k23.kernel.memory.AddressSpace.Fault;
import k23.kernel.trap.Cause;
import k23.sdk.riscv.Csr;
import k23.sdk.sim.Machine;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddressSpaceTest {
    private static final long MEMORY = 1L << 33;
    private static final long WRITE_BIT = 1 << 2;
    private static final long EXECUTE_BIT = 1 << 3;
    private static final long USER_BIT = 1 << 4;

    private Machine machine;
    private long free;
    private AddressSpace space;

    @BeforeEach
    void start() {
        machine = SimulatedBoot.start();
        free = Frames.free();
        space = AddressSpace.create();
    }

    /** The leaf that the hart's own walk (Privileged Specification, 4.3.2) finds, 0 for none. */
    private static long walk(long virtual) {
        long table = Csr.read(Csr.SATP) << 12 & (1L << 56) - 1;
        for (int level = 2; level >= 0; level--) {
            long index = virtual >>> 12 + 9 * level & 511;
            long entry = PhysicalMap.at(new PhysAddress(table)).getLong(8 * index);
            if ((entry & 0xe) != 0 || entry == 0) {
                return entry;
            }
            table = entry >>> 10 << 12;
        }
        throw new AssertionError("no leaf at the last level");
    }

    private Span bytes(int count) {
        byte[] contents = new byte[count];
        new Random(count).nextBytes(contents);
        return machine.allocate(contents);
    }

    @Test
    void segmentsAreLoadedWithTheirRightsAndZerosBehind() {
        Span code = bytes(5000);
        assertTrue(space.load(0x10123, code, 9000, Protection.READ_EXECUTE));
        space.activate();
        assertEquals(8L << 60, Csr.read(Csr.SATP) & 15L << 60);
        long entry = walk(0x11000);
        assertEquals(EXECUTE_BIT | USER_BIT, entry & (EXECUTE_BIT | USER_BIT | WRITE_BIT));
        Span back = machine.allocate(9000);
        assertTrue(space.copyIn(0x10123, back));
        byte[] expected = java.util.Arrays.copyOf(machine.bytes(code), 9000);
        assertArrayEquals(expected, machine.bytes(back));
        assertFalse(space.copyOut(code, 0x10123));
        space.destroy();
        assertEquals(free, Frames.free());
    }

    @Test
    void noProtectionIsWritableAndExecutable() {
        for (Protection protection : Protection.values()) {
            long both = WRITE_BIT | EXECUTE_BIT;
            assertTrue((protection.flags() & both) != both);
        }
    }

    @Test
    void theKernelsHalfIsSharedAndNullIsNeverMapped() {
        space.activate();
        assertEquals(SimulatedBoot.KERNEL_ENTRY, PhysicalMap.at(new PhysAddress(
                Csr.read(Csr.SATP) << 12 & (1L << 56) - 1)).getLong(8 * 300));
        assertThrows(IllegalArgumentException.class,
                () -> space.allocate(0, 4096, Protection.READ));
        assertThrows(IllegalArgumentException.class,
                () -> space.allocate(1L << 38, 4096, Protection.READ));
        assertThrows(IllegalArgumentException.class,
                () -> space.allocate(-4096, 4096, Protection.READ));
    }

    @Test
    void reservedPagesComeWhenTouchedAndOnlyAsFarAsCommitted() {
        Reservation memory = space.reserve(MEMORY, 8L << 30, Protection.READ_WRITE);
        assertEquals(Fault.REFUSED, space.handleFault(MEMORY, Cause.LOAD_PAGE_FAULT));
        assertTrue(memory.commit(3 << 16));
        long page = MEMORY + (1 << 16) + 5000;
        assertEquals(Fault.BACKED, space.handleFault(page, Cause.STORE_PAGE_FAULT));
        assertEquals(Fault.REFUSED, space.handleFault(page, Cause.STORE_PAGE_FAULT));
        assertEquals(Fault.REFUSED, space.handleFault(MEMORY, Cause.FETCH_PAGE_FAULT));
        assertEquals(Fault.REFUSED,
                space.handleFault(MEMORY + (3 << 16), Cause.LOAD_PAGE_FAULT));
        space.activate();
        assertTrue(walk(page) != 0);
        assertEquals(0, walk(MEMORY));
        Span data = bytes(70_000);
        assertTrue(space.copyOut(data, MEMORY + 100));
        assertFalse(space.copyOut(data, MEMORY + (3 << 16) - 69_999));
        Span back = machine.allocate(70_000);
        assertTrue(space.copyIn(MEMORY + 100, back));
        assertArrayEquals(machine.bytes(data), machine.bytes(back));
        space.destroy();
        assertEquals(free, Frames.free());
    }

    @Test
    void commitmentsAreKeptWhateverElseIsAllocated() {
        Reservation memory = space.reserve(MEMORY, 8L << 30, Protection.READ_WRITE);
        assertFalse(memory.commit(SimulatedBoot.BYTES));
        assertEquals(0, memory.committedBytes());
        long bytes = 8 << 20;
        assertTrue(memory.commit(bytes));
        while (!Frames.isNone(Frames.allocate(0))) {
            assertTrue(Frames.free() >= 0);
        }
        for (long at = 0; at < bytes; at += 4096) {
            Fault fault = space.handleFault(MEMORY + at, Cause.STORE_PAGE_FAULT);
            assertTrue(fault == Fault.BACKED || at % (64 << 10) != 0 && fault == Fault.REFUSED);
        }
    }

    @Test
    void protectingAndUnmapping() {
        long start = 2L << 20;
        assertTrue(space.allocate(start, 3 * 4096, Protection.READ_WRITE));
        space.activate();
        space.protect(start + 4096, 4096, Protection.READ_EXECUTE);
        assertEquals(WRITE_BIT, walk(start) & (WRITE_BIT | EXECUTE_BIT));
        assertEquals(EXECUTE_BIT, walk(start + 4096) & (WRITE_BIT | EXECUTE_BIT));
        long before = Frames.free();
        space.unmap(start, 3 * 4096);
        assertEquals(before + 3, Frames.free());
        assertEquals(0, walk(start));
        assertTrue(space.allocate(start, 4096, Protection.READ));
    }

    @Test
    void sharedMemoryUsesLargePagesAndIsNotFreed() {
        PhysAddress block = Frames.allocate(10);
        long start = 1L << 30;
        assertTrue(space.share(start, block, 4 << 20, Protection.READ));
        assertTrue(space.share(start + (8 << 20) + 4096, block, 8192, Protection.READ));
        space.activate();
        assertEquals(block.value(), walk(start + 4096) >>> 10 << 12);
        assertEquals(block.value() + 4096, walk(start + (8 << 20) + 8192) >>> 10 << 12);
        PhysicalMap.at(block).putLong(0x123458, 77);
        Span back = machine.allocate(8);
        assertTrue(space.copyIn(start + 0x123458, back));
        assertEquals(77, back.getLong(0));
        space.destroy();
        Frames.free(block, 10);
        assertEquals(free, Frames.free());
    }

    @Test
    void hostileAddressesOnlyFail() {
        Span buffer = machine.allocate(64);
        long[] addresses = {0, 1, 4095, -1, -64, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 38,
            (1L << 38) - 63, SimulatedBoot.OFFSET + SimulatedBoot.MEMORY, 0x5000};
        for (long address : addresses) {
            assertFalse(space.copyIn(address, buffer), Long.toHexString(address));
            assertFalse(space.copyOut(buffer, address), Long.toHexString(address));
        }
        assertTrue(space.copyIn(0x5000, Span.EMPTY));
    }

    @Test
    void theKernelBacksPagesOnlyWhileItMayTouchThem() {
        space.reserve(MEMORY, 1 << 20, Protection.READ_WRITE).commit(1 << 20);
        space.activate();
        assertFalse(AddressSpace.backForKernel(MEMORY, Cause.LOAD_PAGE_FAULT));
        try (AddressSpace.Access _ = AddressSpace.access()) {
            assertTrue(AddressSpace.backForKernel(MEMORY, Cause.LOAD_PAGE_FAULT));
            assertFalse(AddressSpace.backForKernel(8, Cause.LOAD_PAGE_FAULT));
        }
        assertFalse(AddressSpace.backForKernel(MEMORY + (1 << 18), Cause.LOAD_PAGE_FAULT));
    }

    @Test
    void reservationsDoNotOverlap() {
        space.reserve(MEMORY, 1 << 20, Protection.READ_WRITE);
        assertThrows(IllegalArgumentException.class,
                () -> space.reserve(MEMORY + (1 << 19), 1 << 20, Protection.READ));
        assertEquals(Address.of(MEMORY + (1 << 20)).value(),
                space.reserve(MEMORY + (1 << 20), 4096, Protection.READ).start());
    }
}
