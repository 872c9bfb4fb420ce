package k23.codegen.cranelift;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/**
 * What Cranelift made of functions before, in one file: an unchanged function costs a digest. The
 * key is the SHA-256 of the description's words, the target's settings and the library's own
 * content; the symbols' names are not in it, only their order. Absent, foreign and damaged files
 * are empty caches.
 *
 * <p>Lookups may come from any thread. {@link #save} keeps what was used since {@link #open}, so
 * that the file does not outgrow what it is the cache of.
 */
public final class CompilationCache {
    /** "K23CACHE", and a version in the last byte. */
    private static final long MAGIC = 0x4b32_3343_4143_4801L;
    private static final int HEADER_BYTES = 16;

    private final Path file;
    private final Map<String, byte[]> before = new HashMap<>();
    private final Map<String, byte[]> used = new ConcurrentHashMap<>();
    private volatile boolean changed;

    private CompilationCache(Path file) {
        this.file = file;
    }

    /** The cache in a file, which need not exist. */
    public static CompilationCache open(Path file) {
        var cache = new CompilationCache(file);
        try {
            cache.read(ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (IOException | BufferUnderflowException | NegativeArraySizeException _) {
            cache.before.clear();
        }
        return cache;
    }

    /**
     * How many functions were compiled before and have been asked for again, and all others asked
     * for.
     */
    public record Statistics(int found, int compiled) {}

    /** What the cache was good for since it was opened. */
    public Statistics statistics() {
        int found = (int) used.keySet().stream().filter(before::containsKey).count();
        return new Statistics(found, used.size() - found);
    }

    /**
     * Writes the file, whole or not at all; does nothing when it would be as before.
     *
     * @throws IOException when the file cannot be written: the next build is slower, no more
     */
    public void save() throws IOException {
        if (!changed && used.size() == before.size()) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path scratch = Files.createTempFile(folder, file.getFileName().toString(), ".new");
        try {
            Files.write(scratch, bytes());
            Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    /** What a description's compilation came to, or null. */
    byte[] find(String key) {
        byte[] output = before.get(key);
        if (output != null) {
            used.put(key, output);
        }
        return output;
    }

    void put(String key, byte[] output) {
        changed = true;
        used.put(key, output);
    }

    static String key(byte[] target, FunctionDescription description) {
        int[] words = description.words();
        var bytes = ByteBuffer.allocate(words.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words);
        MessageDigest digest = sha256();
        digest.update(target);
        digest.update(bytes);
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** {@code MAGIC}, CRC-32C of the rest in 8 bytes, then key, length and output of each. */
    private byte[] bytes() {
        int size = HEADER_BYTES;
        for (byte[] output : used.values()) {
            size += 32 + 4 + output.length;
        }
        var bytes = ByteBuffer.allocate(size);
        bytes.position(HEADER_BYTES);
        new TreeMap<>(used).forEach((key, output) ->
                bytes.put(HexFormat.of().parseHex(key)).putInt(output.length).put(output));
        bytes.putLong(0, MAGIC).putLong(8, checksum(bytes.array()));
        return bytes.array();
    }

    private void read(ByteBuffer bytes) {
        if (bytes.getLong() != MAGIC || bytes.getLong() != checksum(bytes.array())) {
            return;
        }
        while (bytes.hasRemaining()) {
            var key = new byte[32];
            bytes.get(key);
            var output = new byte[bytes.getInt()];
            bytes.get(output);
            before.put(HexFormat.of().formatHex(key), output);
        }
    }

    private static long checksum(byte[] file) {
        var sum = new CRC32C();
        sum.update(file, HEADER_BYTES, file.length - HEADER_BYTES);
        return sum.getValue();
    }
}
