package k23.loader.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519Test {
    private static final BigInteger ORDER = BigInteger.TWO.pow(252)
            .add(new BigInteger("27742317777372353535851937790883648493"));

    /** RFC 8032, section 7.1: tests 1, 2, 3 and "SHA(abc)". */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a || \
            e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155\
            5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b
            3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c | 72 | \
            92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
            085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
            fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025 | af82 | \
            6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac\
            18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a
            ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf | \
            ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
            2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f | \
            dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589\
            09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704
            """)
    void acceptsTheVectorsOfTheRfc(String key, String message, String signature) {
        assertTrue(verify(hex(key), hex(signature), hex(message == null ? "" : message)));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.strip());
    }

    private static boolean verify(byte[] key, byte[] signature, byte[] message) {
        Span span = Machine.reset().allocate(message);
        return Ed25519.verify(key, 0, signature, span, new Sha512());
    }

    private record Signed(byte[] key, byte[] signature, byte[] message) {
        static Signed random(Random random) throws Exception {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] message = new byte[random.nextInt(300)];
            random.nextBytes(message);
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(message);
            byte[] encoded = pair.getPublic().getEncoded();
            return new Signed(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length),
                    signer.sign(), message);
        }
    }

    @Test
    void acceptsWhatTheJdkSignsAndRefusesEveryFlippedBit() throws Exception {
        Random random = new Random(3);
        for (int round = 0; round < 1000; round++) {
            Signed s = Signed.random(random);
            assertTrue(verify(s.key, s.signature, s.message), "round " + round);
            for (int flips = round % 4; flips < 2; flips++) {
                assertFalse(verify(flip(s.key, random), s.signature, s.message));
                assertFalse(verify(s.key, flip(s.signature, random), s.message));
                if (s.message.length > 0) {
                    assertFalse(verify(s.key, s.signature, flip(s.message, random)));
                }
            }
        }
    }

    private static byte[] flip(byte[] bytes, Random random) {
        byte[] result = bytes.clone();
        result[random.nextInt(result.length)] ^= (byte) (1 << random.nextInt(8));
        return result;
    }

    @Test
    void refusesANonCanonicalS() throws Exception {
        Signed s = Signed.random(new Random(4));
        BigInteger number = littleEndian(s.signature, 32).add(ORDER);
        byte[] forged = s.signature.clone();
        for (int i = 0; i < 32; i++) {
            forged[32 + i] = number.shiftRight(8 * i).byteValue();
        }
        assertEquals(number, littleEndian(forged, 32));
        assertFalse(verify(s.key, forged, s.message));
    }

    private static BigInteger littleEndian(byte[] bytes, int at) {
        byte[] big = new byte[32];
        for (int i = 0; i < 32; i++) {
            big[31 - i] = bytes[at + i];
        }
        return new BigInteger(1, big);
    }

    /** The eight points of small order, and two encodings of theirs that are not canonical. */
    @ParameterizedTest
    @ValueSource(strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0100000000000000000000000000000000000000000000000000000000000080",
    })
    void refusesKeysOfSmallOrder(String point) {
        byte[] signature = new byte[64];
        // R neutral and S zero: any message "verifies" under a neutral key without the check.
        signature[0] = 1;
        assertFalse(verify(hex(point), signature, new byte[] {1, 2, 3}));
        System.arraycopy(hex(point), 0, signature, 0, 32);
        assertFalse(verify(hex(point), signature, new byte[] {1, 2, 3}));
    }

    /** Under a key of order n, every n-th message or so is "signed" by S and R = [S]B. */
    @ParameterizedTest
    @ValueSource(strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    })
    void refusesKeysOfSmallOrderWhateverR(String point) throws Exception {
        var pair = (EdECPrivateKey) KeyPairGenerator.getInstance("Ed25519").generateKeyPair()
                .getPrivate();
        byte[] secret = MessageDigest.getInstance("SHA-512").digest(pair.getBytes().orElseThrow());
        secret[0] &= (byte) 0xf8;
        secret[31] = (byte) (secret[31] & 0x3f | 0x40);
        BigInteger s = littleEndian(secret, 0).mod(ORDER);
        byte[] seed = pair.getBytes().orElseThrow();
        KeyPairGenerator same = KeyPairGenerator.getInstance("Ed25519");
        same.initialize(NamedParameterSpec.ED25519, new FixedRandom(seed));
        byte[] encoded = same.generateKeyPair().getPublic().getEncoded();
        byte[] signature = new byte[64];
        System.arraycopy(encoded, encoded.length - 32, signature, 0, 32);
        for (int i = 0; i < 32; i++) {
            signature[32 + i] = s.shiftRight(8 * i).byteValue();
        }
        for (byte i = 0; i < 64; i++) {
            assertFalse(verify(hex(point), signature, new byte[] {i}));
        }
    }

    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final byte[] bytes;

        FixedRandom(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, target.length);
        }
    }
}
