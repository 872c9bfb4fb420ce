package k23.loader.crypto;

import k23.sdk.riscv.IsaExtensions;
import k23.sdk.word.Address;
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
    private IsaExtensions extensions = IsaExtensions.NONE;
    private int filled;
    private long total;

    /** Says what every hart has that computes digests with this: nothing is known at first. */
    public void use(IsaExtensions hart) {
        extensions = hart;
    }

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
        total += data.length();
        long at = 0;
        while (at < data.length()) {
            Address next = data.start().plus(at);
            long blocks = (data.length() - at) / BLOCK_BYTES;
            if (filled == 0 && blocks > 0 && next.isAligned(8)) {
                compression.add(next, blocks, state, extensions);
                at += blocks * BLOCK_BYTES;
            } else {
                append(next.getByte(0));
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

    private void append(int next) {
        compression.put(filled++, next);
        if (filled == BLOCK_BYTES) {
            addBlock();
        }
    }

    /** Ends the digest and writes its 64 bytes to {@code out}. */
    public void digest(byte[] out) {
        append(0x80);
        while (filled != LENGTH_AT) {
            append(0);
        }
        // Lengths have 128 bits; the upper half is the three bits that the shift loses.
        compression.putWord(LENGTH_AT >> 3, total >>> 61);
        compression.putWord((LENGTH_AT >> 3) + 1, total << 3);
        addBlock();
        for (int i = 0; i < DIGEST_BYTES; i++) {
            out[i] = (byte) (state[i >> 3] >>> (~i << 3));
        }
    }

    private void addBlock() {
        filled = 0;
        compression.addBlock(state, extensions);
    }
}
