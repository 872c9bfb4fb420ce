package k23.loader.container;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Writes containers, well-formed or not, with the JDK's SHA-512 and Ed25519. */
final class TestContainer {
    static final int HEADER_FIXED_BYTES = 96;
    /** The record of a section without its digests. */
    static final int RECORD_BYTES = 64;
    /** The record of a section of one chunk. */
    static final int SECTION_BYTES = 128;
    private static final int MIN_CHUNK_BYTES = 32 << 10;
    private static final int CHUNKS = 16;

    /** A key pair and its raw public key. */
    record Key(KeyPair pair, byte[] bytes) {
        static Key generate() throws GeneralSecurityException {
            return of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        }

        /** The same key for the same number. */
        static Key fixed(int number) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
                generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
                    private static final long serialVersionUID = 1;

                    @Override
                    public void nextBytes(byte[] bytes) {
                        Arrays.fill(bytes, (byte) number);
                    }
                });
                return of(generator.generateKeyPair());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Key of(KeyPair pair) {
            byte[] encoded = pair.getPublic().getEncoded();
            return new Key(pair, Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        }

        long id() {
            return ByteBuffer.wrap(sha512(bytes)).order(ByteOrder.LITTLE_ENDIAN).getLong();
        }

        byte[] sign(byte[] message) throws GeneralSecurityException {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(message);
            return signer.sign();
        }
    }

    private record Section(int kind, int compression, byte[] stored, long rawBytes) {
        byte[] digests() {
            return TestContainer.digests(stored, 0, stored.length);
        }
    }

    private final List<Section> sections = new ArrayList<>();
    private long rollbackIndex;
    private Consumer<ByteBuffer> change = _ -> { };

    static byte[] sha512(byte[] bytes) {
        return sha512(bytes, 0, bytes.length);
    }

    private static byte[] sha512(byte[] bytes, int from, int count) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-512");
            sha.update(bytes, from, count);
            return sha.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The digests, one behind the other, of the chunks of a section that is stored there. */
    static byte[] digests(byte[] container, int from, int count) {
        int chunk = MIN_CHUNK_BYTES;
        while (count > (long) chunk * CHUNKS) {
            chunk *= 2;
        }
        var all = new ByteArrayOutputStream();
        int at = 0;
        do {
            int bytes = Math.min(chunk, count - at);
            all.writeBytes(sha512(container, from + at, bytes));
            at += bytes;
        } while (at < count);
        return all.toByteArray();
    }

    /** The loader's table of {@code keys} and the lowest rollback index. */
    static byte[] keyTable(long minimumRollbackIndex, Key... keys) {
        ByteBuffer table = little(new byte[VerifyingKeys.BYTES]);
        table.putInt(keys.length).putInt(0);
        for (Key key : keys) {
            table.put(key.bytes);
        }
        return table.putLong(VerifyingKeys.BYTES - 8, minimumRollbackIndex).array();
    }

    static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    TestContainer section(int kind, int compression, byte[] stored, long rawBytes) {
        sections.add(new Section(kind, compression, stored.clone(), rawBytes));
        return this;
    }

    TestContainer rollbackIndex(long index) {
        rollbackIndex = index;
        return this;
    }

    /** What happens to the header before it is signed. */
    TestContainer change(Consumer<ByteBuffer> what) {
        change = what;
        return this;
    }

    byte[] sign(Key key) throws GeneralSecurityException {
        int headerBytes = HEADER_FIXED_BYTES;
        for (Section section : sections) {
            headerBytes += RECORD_BYTES + section.digests().length;
        }
        ByteBuffer header = little(new byte[headerBytes]);
        var contents = new ByteArrayOutputStream();
        int at = headerBytes + 64;
        header.position(HEADER_FIXED_BYTES);
        for (Section section : sections) {
            contents.writeBytes(new byte[-at & 15]);
            at += -at & 15;
            header.putInt(section.kind).putInt(section.compression).putLong(at)
                    .putLong(section.stored.length).putLong(section.rawBytes);
            header.position(header.position() + 32);
            header.put(section.digests());
            contents.writeBytes(section.stored);
            at += section.stored.length;
        }
        contents.writeBytes(new byte[-at & 15]);
        at += -at & 15;
        header.position(0);
        header.put("K23IMG01".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(2)
                .putInt(headerBytes).putLong(rollbackIndex).putLong(key.id())
                .putInt(sections.size()).putInt(0).putLong(at);
        change.accept(header);
        var out = new ByteArrayOutputStream();
        out.writeBytes(header.array());
        out.writeBytes(key.sign(header.array()));
        out.writeBytes(contents.toByteArray());
        return out.toByteArray();
    }
}
