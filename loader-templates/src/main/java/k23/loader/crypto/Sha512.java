package k23.loader.crypto;

import k23.sdk.word.Span;

/**
 * SHA-512 (FIPS 180-4) over raw memory and byte arrays, in as many pieces as one likes:
 * {@link #reset}, any number of {@code update}, {@link #digest}. Objects share nothing: each hart
 * may have one.
 */
public final class Sha512 {
    /** The size of a digest in bytes. */
    public static final int DIGEST_BYTES = 64;

    private static final int BLOCK_BYTES = 128;
    private static final int LENGTH_AT = 112;

    private static final long[] INITIAL = {
        0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L,
        0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L,
    };

    private final Compression compression = new Compression();
    private final long[] state = new long[8];
    private final byte[] block = new byte[BLOCK_BYTES];
    private int filled;
    private long total;

    /** Starts a new digest. */
    public void reset() {
        for (int i = 0; i < 8; i++) {
            state[i] = INITIAL[i];
        }
        filled = 0;
        total = 0;
    }

    /** Adds the bytes of {@code data}. */
    public void update(Span data) {
        long at = 0;
        total += data.length();
        while (at < data.length()) {
            if (filled == 0 && data.length() - at >= BLOCK_BYTES) {
                compression.load(data.start().plus(at));
                compression.run(state);
                at += BLOCK_BYTES;
            } else {
                append(data.start().getByte(at));
                at++;
            }
        }
    }

    /** Adds {@code count} bytes of {@code data} from {@code from} on. */
    public void update(byte[] data, int from, int count) {
        total += count;
        for (int i = 0; i < count; i++) {
            append(data[from + i]);
        }
    }

    private void append(byte next) {
        block[filled++] = next;
        if (filled == BLOCK_BYTES) {
            compressBlock();
        }
    }

    /** Ends the digest and writes its 64 bytes to {@code out}. */
    public void digest(byte[] out) {
        long bits = total << 3;
        append((byte) 0x80);
        while (filled != LENGTH_AT) {
            append((byte) 0);
        }
        // Lengths have 128 bits; the upper half is the three bits that the shift lost.
        putBigEndian(block, LENGTH_AT, total >>> 61);
        putBigEndian(block, LENGTH_AT + 8, bits);
        compressBlock();
        for (int i = 0; i < 8; i++) {
            putBigEndian(out, 8 * i, state[i]);
        }
    }

    private static void putBigEndian(byte[] target, int at, long value) {
        for (int i = 0; i < 8; i++) {
            target[at + i] = (byte) (value >>> 56 - 8 * i);
        }
    }

    private void compressBlock() {
        filled = 0;
        compression.load(block);
        compression.run(state);
    }
}
