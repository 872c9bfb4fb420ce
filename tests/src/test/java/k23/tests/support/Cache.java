package k23.tests.support;

import java.nio.file.Path;

/** The folder in which {@code make setup} keeps what it fetched and built. */
final class Cache {
    private Cache() {}

    static Path folder() {
        String cache = System.getenv("K23_CACHE");
        return cache != null && !cache.isBlank() ? Path.of(cache)
                : Path.of(System.getenv("HOME"), ".cache", "k23");
    }
}
