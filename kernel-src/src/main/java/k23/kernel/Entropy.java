package k23.kernel;

import k23.sdk.Log;
import k23.sdk.NoAllocation;
import k23.sdk.RawAccessAllowed;
import k23.sdk.boot.BootInfo;
import k23.sdk.riscv.Csr;

/**
 * Random numbers: ChaCha20 keyed by the firmware's seed, with fast key erasure (Bernstein 2017):
 * half of each block becomes the next key, so that what was given out cannot be computed back.
 */
@RawAccessAllowed(reason = "the time counter is stirred into the seed")
public final class Entropy {
    private static final int[] KEY = new int[ChaCha20.KEY_WORDS];
    private static final int[] NONCE = new int[3];
    private static final int[] BLOCK = new int[ChaCha20.BLOCK_WORDS];
    private static int used = ChaCha20.BLOCK_WORDS;

    private Entropy() {}

    /** Takes the seed out of the boot structure: nobody else shall draw the same numbers. */
    public static void start(BootInfo boot) {
        if ((boot.seed0() | boot.seed1() | boot.seed2() | boot.seed3()) == 0) {
            Log.warn("entropy: the firmware gave no seed; random numbers can be guessed");
        }
        key(0, boot.seed0() ^ Csr.read(Csr.TIME));
        key(2, boot.seed1());
        key(4, boot.seed2());
        key(6, boot.seed3());
        boot.seed0(0);
        boot.seed1(0);
        boot.seed2(0);
        boot.seed3(0);
        used = ChaCha20.BLOCK_WORDS;
    }

    private static void key(int index, long word) {
        KEY[index] = (int) word;
        KEY[index + 1] = (int) (word >>> 32);
    }

    /** 64 random bits. */
    @NoAllocation
    public static long next() {
        if (used == ChaCha20.BLOCK_WORDS) {
            refill();
        }
        long result = BLOCK[used] & 0xffffffffL | (long) BLOCK[used + 1] << 32;
        BLOCK[used] = 0;
        BLOCK[used + 1] = 0;
        used += 2;
        return result;
    }

    @NoAllocation
    private static void refill() {
        ChaCha20.block(KEY, 0, NONCE, BLOCK);
        for (int i = 0; i < ChaCha20.KEY_WORDS; i++) {
            KEY[i] = BLOCK[i];
            BLOCK[i] = 0;
        }
        used = ChaCha20.KEY_WORDS;
    }
}
