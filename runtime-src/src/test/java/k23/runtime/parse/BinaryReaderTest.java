package k23.runtime.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.function.ToLongFunction;
import k23.runtime.module.ErrorCode;
import org.junit.jupiter.api.Test;

class BinaryReaderTest {
    private static final long[] EDGES = {0, 1, 63, 64, 127, 128, 8191, 8192, 16383, 16384,
        Integer.MAX_VALUE, 1L << 31, (1L << 32) - 1, 1L << 32, Long.MAX_VALUE};

    @Test
    void readsWhatAnEncoderWrites() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            long value = i < 2 * EDGES.length ? (i & 1) == 0 ? EDGES[i / 2] : -EDGES[i / 2]
                    : random.nextLong() >> random.nextInt(64);
            assertEquals(value, read(signed(value), BinaryReader::s64));
            assertEquals(value, read(unsigned(value), BinaryReader::u64));
            assertEquals((int) value, read(signed((int) value), BinaryReader::s32));
            assertEquals((int) value, (int) read(unsigned(value & 0xffff_ffffL),
                    BinaryReader::u32));
            long narrow = value << 31 >> 31;
            assertEquals(narrow, read(signed(narrow), BinaryReader::s33));
        }
    }

    @Test
    void allowsLeadingZerosUpToTheLongestForm() {
        assertEquals(3, read(bytes(0x83, 0x80, 0x80, 0x80, 0x00), BinaryReader::u32));
        assertEquals(-1, read(bytes(0xff, 0xff, 0xff, 0xff, 0x7f), BinaryReader::s32));
        assertFails(ErrorCode.INTEGER_TOO_LONG, 5, bytes(0x83, 0x80, 0x80, 0x80, 0x80, 0x00),
                BinaryReader::u32);
        assertFails(ErrorCode.INTEGER_TOO_LONG, 10, bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                0xff, 0xff, 0xff, 0xff, 0x7f), BinaryReader::s64);
    }

    @Test
    void refusesBitsThatDoNotFit() {
        assertFails(ErrorCode.INTEGER_TOO_LARGE, 4, bytes(0x80, 0x80, 0x80, 0x80, 0x10),
                BinaryReader::u32);
        assertFails(ErrorCode.INTEGER_TOO_LARGE, 4, bytes(0x80, 0x80, 0x80, 0x80, 0x70),
                BinaryReader::s32);
        assertFails(ErrorCode.INTEGER_TOO_LARGE, 4, bytes(0xff, 0xff, 0xff, 0xff, 0x0f),
                BinaryReader::s32);
        assertFails(ErrorCode.INTEGER_TOO_LARGE, 9, bytes(0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
                0x80, 0x80, 0x80, 0x02), BinaryReader::u64);
    }

    @Test
    void endsAtTheEnd() {
        assertFails(ErrorCode.UNEXPECTED_END, 0, bytes(), BinaryReader::u32);
        assertFails(ErrorCode.UNEXPECTED_END, 2, bytes(0x80, 0x80), BinaryReader::u32);
        assertFails(ErrorCode.UNEXPECTED_END, 3, bytes(1, 2, 3), BinaryReader::i32);
        assertFails(ErrorCode.UNEXPECTED_END, 7, bytes(1, 2, 3, 4, 5, 6, 7), BinaryReader::i64);
    }

    @Test
    void keepsTheFirstFailureAndReadsZerosBehindIt() {
        BinaryReader in = new BinaryReader(bytes(9, 1, 2, 3), 1, 4);
        in.u8();
        in.fail(ErrorCode.ZERO_BYTE, 2);
        in.fail(ErrorCode.MAGIC, 3);
        assertEquals(0, in.u8());
        assertEquals(0, in.u32());
        assertEquals(0, in.i64());
        assertEquals(ErrorCode.ZERO_BYTE, in.failure().code());
        assertEquals(1, in.failure().offset());
    }

    @Test
    void utf8AgreesWithTheJdk() {
        Random random = new Random(2);
        int valid = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(5)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256)
                        : j == 0 ? 0xe0 + random.nextInt(24) : 0x80 + random.nextInt(64));
            }
            boolean expected = isUtf8(bytes);
            valid += expected ? 1 : 0;
            assertEquals(expected, Utf8.isValid(bytes, 0, bytes.length));
        }
        assertTrue(valid > 1000);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            java.nio.charset.StandardCharsets.UTF_8.newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes));
            return true;
        } catch (java.nio.charset.CharacterCodingException e) {
            return false;
        }
    }

    private static long read(byte[] bytes, ToLongFunction<BinaryReader> form) {
        BinaryReader in = new BinaryReader(bytes, 0, bytes.length);
        long value = form.applyAsLong(in);
        assertFalse(in.failed(), () -> in.failure().message());
        assertEquals(0, in.remaining());
        return value;
    }

    private static void assertFails(ErrorCode code, int offset, byte[] bytes,
            ToLongFunction<BinaryReader> form) {
        BinaryReader in = new BinaryReader(bytes, 0, bytes.length);
        form.applyAsLong(in);
        assertEquals(code, in.failure().code());
        assertEquals(offset, in.failure().offset());
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] unsigned(long value) {
        var out = new ByteArrayOutputStream();
        long rest = value;
        for (; Long.compareUnsigned(rest, 0x80) >= 0; rest >>>= 7) {
            out.write((int) (rest & 0x7f | 0x80));
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private static byte[] signed(long value) {
        var out = new ByteArrayOutputStream();
        long rest = value;
        for (; rest < -0x40 || rest > 0x3f; rest >>= 7) {
            out.write((int) (rest & 0x7f | 0x80));
        }
        out.write((int) (rest & 0x7f));
        return out.toByteArray();
    }
}
