package k23.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import k23.sdk.boot.BootInfo;
import k23.sdk.sim.Machine;
import org.junit.jupiter.api.Test;

class ChaCha20Test {
    private static int[] words(byte[] bytes) {
        int[] words = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        return words;
    }

    /** RFC 8439, section 2.3.2. */
    @Test
    void testVectorOfTheRfc() {
        byte[] key = HexFormat.of().parseHex(
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        byte[] nonce = HexFormat.of().parseHex("000000090000004a00000000");
        int[] block = new int[16];
        ChaCha20.block(words(key), 1, words(nonce), block);
        assertArrayEquals(words(HexFormat.of().parseHex(
                "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e"
                + "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e")), block);
    }

    @Test
    void agreesWithTheJdk() throws Exception {
        var random = new Random(8439);
        for (int i = 0; i < 200; i++) {
            byte[] key = new byte[32];
            byte[] nonce = new byte[12];
            random.nextBytes(key);
            random.nextBytes(nonce);
            int counter = random.nextInt();
            Cipher cipher = Cipher.getInstance("ChaCha20");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"),
                    new ChaCha20ParameterSpec(nonce, counter));
            int[] block = new int[16];
            ChaCha20.block(words(key), counter, words(nonce), block);
            assertArrayEquals(words(cipher.doFinal(new byte[64])), block);
        }
    }

    @Test
    void theSeedDecidesAndIsUsedUp() {
        Machine machine = SimulatedBoot.start();
        BootInfo boot = SimulatedBoot.boot(machine);
        boot.seed2(5);
        Entropy.start(boot);
        assertEquals(0, boot.seed2());
        long first = Entropy.next();
        long second = Entropy.next();
        assertNotEquals(first, second);
        boot.seed2(5);
        Entropy.start(boot);
        assertEquals(first, Entropy.next());
        boot.seed2(6);
        Entropy.start(boot);
        assertNotEquals(first, Entropy.next());
    }
}
