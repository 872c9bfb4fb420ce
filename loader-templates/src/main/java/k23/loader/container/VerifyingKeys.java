package k23.loader.container;

import k23.loader.crypto.Ed25519;
import k23.loader.crypto.Sha512;
import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.sdk.word.Span;

/**
 * The keys that this loader trusts: a table among its code that the image builder fills in
 * (docs/FORMATS.md, "The loader image").
 *
 * @param bytes the table's 272 bytes
 */
public record VerifyingKeys(Span bytes) {
    /** The most keys that a loader can hold. */
    public static final int CAPACITY = 8;
    /** The size of the table in bytes. */
    public static final int BYTES = 8 + CAPACITY * Ed25519.KEY_BYTES + 8;

    /** The symbol of the table, which the image builder fills in. */
    public static final String SYMBOL = "k23_verifying_keys";

    private static final int KEYS_AT = 8;
    private static final Sha512 HASH = new Sha512();
    private static final byte[] DIGEST = new byte[Sha512.DIGEST_BYTES];

    /** The table as it is linked: empty, which refuses every payload. */
    @Template(SYMBOL)
    static void table(Assembler a) {
        a.align(8);
        a.zero(BYTES);
    }

    /** The number of keys; 0 refuses everything. */
    public int count() {
        return Math.max(0, Math.min(bytes.getInt(0), CAPACITY));
    }

    /** The lowest rollback index that is accepted. */
    public long minimumRollbackIndex() {
        return bytes.getLong(KEYS_AT + CAPACITY * Ed25519.KEY_BYTES);
    }

    /** Copies the key whose id is {@code id} to {@code target}; false when there is none. */
    boolean find(long id, byte[] target) {
        for (int i = 0; i < count(); i++) {
            bytes.get(KEYS_AT + (long) i * Ed25519.KEY_BYTES, target, 0, Ed25519.KEY_BYTES);
            if (id(target) == id) {
                return true;
            }
        }
        return false;
    }

    private static long id(byte[] key) {
        HASH.reset();
        HASH.update(key, 0, Ed25519.KEY_BYTES);
        HASH.digest(DIGEST);
        long id = 0;
        for (int i = 7; i >= 0; i--) {
            id = id << 8 | DIGEST[i] & 0xff;
        }
        return id;
    }
}
