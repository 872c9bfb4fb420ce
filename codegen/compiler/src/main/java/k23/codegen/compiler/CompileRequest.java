package k23.codegen.compiler;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import k23.codegen.link.Layout;
import k23.sdk.riscv.IsaExtension;
import k23.sdk.riscv.IsaExtensions;

/**
 * What is to be compiled, and how.
 *
 * @param classPath   folders and jars; the SDK comes with the compiler
 * @param entryClass  binary name of the class whose {@code @Entry} method is the entry, or null
 * @param entrySymbol symbol at which the program starts when there is no entry class
 * @param roots       further symbols that must be in the image: of templates, or
 *                    {@code package.Class.method} of methods, which become symbols of that name
 * @param everything  whether every method of the class path is compiled, reachable or not
 * @param extensions  settings of the instruction set besides RV64GC, as {@code has_zba=true}
 * @param layout      addresses
 * @param verify      whether Cranelift checks every function before it compiles it
 * @param debug       whether DWARF sections are written
 * @param compact     whether the code is to be small, rather than fast: less is inlined
 * @param cache       file that keeps compiled functions from one build to the next, or null
 * @param threads     how many functions are compiled at a time, at least 1
 * @param clock       the processor time of the thread that asks, in nanoseconds, for
 *                    {@link CompileReport#times}; it may stand still
 */
public record CompileRequest(List<Path> classPath, String entryClass, String entrySymbol,
        List<String> roots, boolean everything, Map<String, String> extensions, Layout layout,
        boolean verify, boolean debug, boolean compact, Path cache, int threads,
        LongSupplier clock) {
    /** The symbol at which a program with an entry class starts. */
    public static final String ENTRY_SYMBOL = "k23_entry";

    /** The extensions that Cranelift makes use of. */
    private static final List<String> EXTENSIONS = List.of("zba", "zbb", "zbs", "zbc", "zbkb",
            "zicond");

    /** Copies the collections. */
    public CompileRequest {
        classPath = List.copyOf(classPath);
        roots = List.copyOf(roots);
        extensions = new TreeMap<>(extensions);
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads);
        }
    }

    /** The extensions that code can be compiled for, besides RV64GC. */
    public static IsaExtensions features() {
        IsaExtensions all = IsaExtensions.NONE;
        for (String name : EXTENSIONS) {
            all = all.with(IsaExtension.valueOf(name.toUpperCase(Locale.ROOT)));
        }
        return all;
    }

    /** The extensions of the instruction set that the code makes use of, besides RV64GC. */
    IsaExtensions instructionSet() {
        IsaExtensions used = IsaExtensions.NONE;
        for (IsaExtension extension : IsaExtension.values()) {
            if ("true".equals(extensions.get("has_" + extension.specName()))) {
                used = used.with(extension);
            }
        }
        return used;
    }

    /** Starts a position-independent request over {@code classPath}. */
    public static Builder builder(List<Path> classPath) {
        return new Builder(classPath);
    }

    /** Collects the parts of a request. */
    public static final class Builder {
        private final List<Path> classPath;
        private final List<String> roots = new ArrayList<>();
        private final Map<String, String> extensions = new TreeMap<>();
        private boolean everything;
        private String entryClass;
        private String entrySymbol = ENTRY_SYMBOL;
        private Layout layout = Layout.pie();
        private boolean verify;
        private boolean debug;
        private boolean compact;
        private Path cache;
        private int threads = Runtime.getRuntime().availableProcessors();
        private LongSupplier clock = () -> 0;

        private Builder(List<Path> classPath) {
            this.classPath = classPath;
        }

        /** Starts at the {@code @Entry} method of this class. */
        public Builder entryClass(String value) {
            entryClass = value;
            return this;
        }

        /** Starts at this symbol; a template defines it. */
        public Builder entrySymbol(String value) {
            entrySymbol = value;
            return this;
        }

        /** Adds a symbol that must be in the image. */
        public Builder root(String value) {
            roots.add(value);
            return this;
        }

        /** Compiles every method of the class path, to see what is not in the dialect. */
        public Builder everything(boolean value) {
            everything = value;
            return this;
        }

        /** Sets an option of the instruction set. */
        public Builder extension(String name, String value) {
            extensions.put(name, value);
            return this;
        }

        /**
         * Compiles for a processor with more than RV64GC, such as {@code rv64gc_zba_zbb_zbs}; what
         * comes out runs on no other.
         *
         * @throws IllegalArgumentException when it is not RV64GC with extensions that Cranelift
         *         makes use of
         */
        public Builder isa(String value) {
            List<String> parts = List.of(value.split("_"));
            if (!parts.getFirst().equals("rv64gc") || !EXTENSIONS.containsAll(
                    parts.subList(1, parts.size()))) {
                throw new IllegalArgumentException("instruction set " + value + ": give rv64gc, "
                        + "and of these what the processor has: _" + String.join(" _", EXTENSIONS));
            }
            parts.stream().skip(1).forEach(part -> extension("has_" + part, "true"));
            return this;
        }

        /** Sets the addresses. */
        public Builder layout(Layout value) {
            layout = value;
            return this;
        }

        /** Has Cranelift check every function. */
        public Builder verify(boolean value) {
            verify = value;
            return this;
        }

        /** Has DWARF sections written. */
        public Builder debug(boolean value) {
            debug = value;
            return this;
        }

        /** Has the code small, rather than fast. */
        public Builder compact(boolean value) {
            compact = value;
            return this;
        }

        /** Keeps compiled functions in this file from one build to the next. */
        public Builder cache(Path value) {
            cache = value;
            return this;
        }

        /** Sets how many functions are compiled at a time. */
        public Builder threads(int value) {
            threads = value;
            return this;
        }

        /** Measures the processor time with this clock of the thread that asks. */
        public Builder clock(LongSupplier value) {
            clock = value;
            return this;
        }

        /** Makes the request. */
        public CompileRequest build() {
            return new CompileRequest(classPath, entryClass, entrySymbol, roots, everything,
                    extensions, layout, verify, debug, compact, cache, threads, clock);
        }
    }
}
