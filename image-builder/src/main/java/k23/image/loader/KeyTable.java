package k23.image.loader;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import k23.image.ImageException;
import k23.image.Limits;
import k23.image.sign.VerifyingKey;

/**
 * Whom the loader trusts: {@code u32} count, {@code u32} zero, eight keys of 32 bytes (those behind
 * the count zero), {@code u64} least rollback index.
 *
 * @param keys the verifying keys; none refuses every image
 * @param minimumRollbackIndex the least index that is accepted, unsigned
 */
public record KeyTable(List<VerifyingKey> keys, long minimumRollbackIndex) {
    /** The size of the table in bytes. */
    public static final int BYTES = 8 + Limits.KEYS * VerifyingKey.BYTES + 8;
    /** The symbol of the table in the loader. */
    public static final String SYMBOL = "k23_verifying_keys";

    /** A table; K23-4203 for more keys than fit. */
    public KeyTable {
        if (keys.size() > Limits.KEYS) {
            throw new ImageException(
                    "K23-4203", "keys",
                    "the loader holds " + Limits.KEYS + " keys, not " + keys.size());
        }
        keys = List.copyOf(keys);
    }

    /** The table at {@code offset} of an image. */
    static KeyTable read(byte[] image, int offset) {
        if (offset < LinuxHeader.BYTES || offset > image.length - BYTES) {
            throw new ImageException(
                    "K23-4102", "loader", "malformed image: the key table lies outside of it");
        }
        var in = ByteBuffer.wrap(image, offset, BYTES).slice().order(ByteOrder.LITTLE_ENDIAN);
        int count = in.getInt();
        if (count < 0 || count > Limits.KEYS || in.getInt() != 0) {
            throw new ImageException("K23-4102", "loader", "malformed key table");
        }
        var keys = new ArrayList<VerifyingKey>();
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[VerifyingKey.BYTES];
            in.get(key);
            keys.add(VerifyingKey.of(key));
        }
        return new KeyTable(keys, in.getLong(BYTES - 8));
    }

    void write(byte[] image, int offset) {
        var out = ByteBuffer.wrap(image, offset, BYTES).slice().order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[BYTES]).rewind();
        out.putInt(keys.size()).putInt(0);
        for (VerifyingKey key : keys) {
            out.put(key.bytes());
        }
        out.putLong(BYTES - 8, minimumRollbackIndex);
    }
}
