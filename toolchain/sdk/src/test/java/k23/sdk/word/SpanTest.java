package k23.sdk.word;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import k23.sdk.memory.RawMemory;
import k23.sdk.sim.Machine;
import k23.sdk.sim.MachineFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpanTest {
    private Machine machine;
    private byte[] bytes;
    private Span span;

    @BeforeEach
    void fillSpan() {
        machine = Machine.reset();
        bytes = new byte[4200];
        new Random(2).nextBytes(bytes);
        span = machine.allocate(bytes);
    }

    @Test
    void readsAtAnyAlignmentAgreeWithByteBuffer() {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 4080; at < 4112; at++) {
            assertEquals(bytes[at] & 0xff, span.getUnsignedByte(at));
            assertEquals(buffer.getShort(at) & 0xffff, span.getUnsignedShort(at));
            assertEquals(buffer.getInt(at), span.getInt(at));
            assertEquals(Integer.reverseBytes(buffer.getInt(at)), span.getBigEndianInt(at));
            assertEquals(buffer.getLong(at), span.getLong(at));
        }
    }

    @Test
    void everythingOutsidePanics() {
        long[] outside = {-1, 4200, 4197, Long.MAX_VALUE, Long.MIN_VALUE};
        for (long at : outside) {
            assertThrows(IndexOutOfBoundsException.class, () -> span.getInt(at));
            assertThrows(IndexOutOfBoundsException.class, () -> span.slice(at, 5));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> span.slice(0, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> span.slice(8, Long.MAX_VALUE));
        assertTrue(span.contains(4200, 0));
        assertFalse(span.contains(4200, 1));
        assertThrows(MachineFault.class, () -> span.end().getByte(4096));
    }

    @Test
    void bytesAreComparedToTheLast() {
        for (int count = 0; count < 20; count++) {
            byte[] copy = Arrays.copyOf(bytes, count);
            Span other = machine.allocate(copy);
            assertTrue(span.slice(0, count).hasBytes(other));
            assertFalse(span.slice(0, count + 1).hasBytes(other));
            if (count > 0) {
                other.putByte(count - 1, (byte) ~copy[count - 1]);
                assertFalse(span.slice(0, count).hasBytes(other));
            }
        }
    }

    @Test
    void overlappingCopiesAreMoves() {
        for (int from : new int[] {0, 8, 13}) {
            for (int to : new int[] {0, 8, 16, 21}) {
                fillSpan();
                byte[] expected = bytes.clone();
                System.arraycopy(bytes, from, expected, to, 100);
                span.put(to, span.slice(from, 100));
                assertArrayEquals(expected, machine.bytes(span), from + " to " + to);
            }
        }
    }

    @Test
    void fillTouchesNothingElse() {
        for (int start = 0; start < 10; start++) {
            for (int count = 0; count < 20; count++) {
                fillSpan();
                byte[] expected = bytes.clone();
                Arrays.fill(expected, start, start + count, (byte) 0x5a);
                RawMemory.fill(span.start().value() + start, count, (byte) 0x5a);
                assertArrayEquals(expected, machine.bytes(span));
            }
        }
    }
}
