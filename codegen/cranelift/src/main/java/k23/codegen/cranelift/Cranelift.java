package k23.codegen.cranelift;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The native library, loaded. It is found, in this order, by the system property {@value
 * #LIBRARY_PROPERTY}, by the environment variable {@value #LIBRARY_VARIABLE}, and in the cache
 * that set-up fills: {@code $K23_CACHE} or else {@code ~/.cache/k23}, where {@code
 * cranelift/current-3} holds the path of the library whose interface has version 3.
 */
public final class Cranelift {
    /** Names the library's file. */
    public static final String LIBRARY_PROPERTY = "k23.cranelift.library";
    /** Names the library's file, after the property. */
    public static final String LIBRARY_VARIABLE = "K23_CRANELIFT_LIBRARY";
    private static final String CACHE_VARIABLE = "K23_CACHE";
    private static final String HOW = """

              Build it with:   make native
              (or make setup, which also installs what it needs), or name one that is built:
                -D%s=FILE   or   %s=FILE""".formatted(LIBRARY_PROPERTY, LIBRARY_VARIABLE);

    private static Cranelift loaded;

    private final Path path;
    private final NativeLibrary library;
    private final List<String> description;
    private byte[] digest;

    private Cranelift(Path path, NativeLibrary library) {
        this.path = path;
        this.library = library;
        try (var worker = new NativeWorker(library, () -> 0)) {
            description = worker.describe().lines().toList();
        }
    }

    /**
     * The library, loaded at the first call.
     *
     * @throws CraneliftException K23-5901 when there is none, K23-5902 when it does not load,
     *     K23-5903 when it is of another version than these bindings
     */
    public static synchronized Cranelift load() {
        if (loaded == null) {
            loaded = open(locate());
        }
        return loaded;
    }

    /**
     * Loads a library of this path; see {@link #load} for the errors.
     *
     * @param path an absolute path
     */
    static Cranelift open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new CraneliftException("K23-5901: the Cranelift library is not at " + path + HOW);
        }
        NativeLibrary library;
        try {
            library = new NativeLibrary(path);
        } catch (IllegalArgumentException e) {
            throw new CraneliftException("K23-5902: " + path + " does not load as the Cranelift "
                    + "library: " + e.getMessage() + HOW, e);
        }
        int version = library.abiVersion();
        if (version != NativeLibrary.ABI_VERSION) {
            throw new CraneliftException("K23-5903: the Cranelift library at " + path
                    + " has interface version " + version + ", not " + NativeLibrary.ABI_VERSION
                    + HOW);
        }
        return new Cranelift(path, library);
    }

    /** Where the library should be, by the rules above. */
    public static Path locate() {
        for (String named : new String[] {System.getProperty(LIBRARY_PROPERTY),
            System.getenv(LIBRARY_VARIABLE)}) {
            if (named != null && !named.isBlank()) {
                return Path.of(named).toAbsolutePath();
            }
        }
        Path record = cache().resolve("cranelift/current-" + NativeLibrary.ABI_VERSION);
        try {
            return record.resolveSibling(Files.readString(record).strip()).toAbsolutePath();
        } catch (IOException e) {
            throw new CraneliftException("K23-5901: the Cranelift library has not been built: "
                    + "there is no " + record + HOW, e);
        }
    }

    private static Path cache() {
        String named = System.getenv(CACHE_VARIABLE);
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        String home = System.getenv("HOME");
        return Path.of(home != null ? home : System.getProperty("user.home"), ".cache", "k23");
    }

    /** The library's file. */
    public Path path() {
        return path;
    }

    /** Cranelift's version, such as {@code 0.123.13}. */
    public String version() {
        return values("cranelift").getFirst();
    }

    /** The names of the settings that an {@link Isa} may have. */
    public List<String> settings() {
        return values("setting");
    }

    /** CLIF names of opcodes that this version of Cranelift does not have. */
    List<String> lacking() {
        return values("lacks");
    }

    /** Of the library's file: another build may compile otherwise. */
    synchronized byte[] digest() {
        if (digest == null) {
            try {
                digest = CompilationCache.sha256().digest(Files.readAllBytes(path));
            } catch (IOException e) {
                throw new UncheckedIOException("the loaded library cannot be read: " + path, e);
            }
        }
        return digest;
    }

    private List<String> values(String key) {
        return description.stream().filter(l -> l.startsWith(key + " "))
                .map(l -> l.substring(key.length() + 1)).toList();
    }

    /**
     * A target with these settings.
     *
     * @throws CraneliftException for a setting or a value that does not exist
     */
    public Isa isa(IsaSettings settings) {
        try (var worker = new NativeWorker(library, () -> 0)) {
            return new Isa(this, library, settings, worker.isaNew(settings.text()));
        }
    }
}
