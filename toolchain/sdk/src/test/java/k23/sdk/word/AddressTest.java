package k23.sdk.word;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import k23.sdk.sim.Machine;
import k23.sdk.sim.MachineFault;
import org.junit.jupiter.api.Test;

class AddressTest {
    @Test
    void comparisonsAreUnsigned() {
        Address low = Address.of(1);
        Address high = Address.of(-1);
        assertTrue(low.isBelow(high));
        assertFalse(high.isBelow(low));
        assertTrue(high.isAtLeast(low));
        assertTrue(high.isAtLeast(high));
    }

    @Test
    void alignmentRoundsTheWayItsNameSays() {
        Address odd = Address.of(0xffff_ffc0_0000_1001L);
        assertEquals(0xffff_ffc0_0000_2000L, odd.alignUp(4096).value());
        assertEquals(0xffff_ffc0_0000_1000L, odd.alignDown(4096).value());
        assertFalse(odd.isAligned(2));
        assertEquals(odd.alignDown(4096), odd.alignDown(4096).alignUp(4096));
    }

    @Test
    void nullPageMisalignedAndUnmappedAccessesFault() {
        Machine.reset();
        assertThrows(MachineFault.class, () -> Address.NULL.getInt(8));
        Address start = Machine.current().allocate(16).start();
        assertThrows(MachineFault.class, () -> start.getInt(2));
        assertThrows(MachineFault.class, () -> start.getLong(1 << 20));
        start.putLong(8, -2);
        assertEquals(-2, start.getLong(8));
        assertEquals(0xfe, start.getUnsignedByte(8));
        assertEquals(-2, start.getShort(8));
    }
}
