package k23.codegen.link;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * What is to be linked, and how.
 *
 * @param definitions all candidates; their order is the order in the file. Those that cannot be
 *                    reached from the entry, the roots, a {@code keep} or a named section are
 *                    left out
 * @param entry       symbol at which the program starts; the definition that holds it comes
 *                    first in {@code .text}
 * @param roots       further symbols that must be in the image
 * @param layout      addresses
 * @param pageBytes   granularity of the segments, a power of two from 4096
 * @param debug       whether DWARF sections are written
 * @param structures  what the types of the definitions' variables refer to
 */
public record LinkRequest(List<Definition> definitions, String entry, List<String> roots,
        Layout layout, int pageBytes, boolean debug, List<DebugType.Structure> structures) {

    /** Checks the ranges. */
    public LinkRequest {
        definitions = List.copyOf(definitions);
        roots = List.copyOf(roots);
        structures = List.copyOf(structures);
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(layout, "layout");
        if (Integer.bitCount(pageBytes) != 1 || pageBytes < 4096) {
            throw new IllegalArgumentException("page size " + pageBytes);
        }
    }

    /** Starts a request with 4 KiB pages and without debug information. */
    public static Builder builder(String entry, Layout layout) {
        return new Builder(entry, layout);
    }

    /** Collects the parts of a request. */
    public static final class Builder {
        private final List<Definition> definitions = new ArrayList<>();
        private final List<String> roots = new ArrayList<>();
        private final String entry;
        private final Layout layout;
        private int pageBytes = 4096;
        private boolean debug;
        private List<DebugType.Structure> structures = List.of();

        private Builder(String entry, Layout layout) {
            this.entry = entry;
            this.layout = layout;
        }

        /** Adds a definition. */
        public Builder add(Definition definition) {
            definitions.add(definition);
            return this;
        }

        /** Adds definitions. */
        public Builder addAll(Collection<Definition> values) {
            definitions.addAll(values);
            return this;
        }

        /** Adds a symbol that must be in the image. */
        public Builder root(String symbol) {
            roots.add(symbol);
            return this;
        }

        /** Sets the page size, a power of two from 4096. */
        public Builder pageBytes(int value) {
            pageBytes = value;
            return this;
        }

        /** Has DWARF sections written. */
        public Builder debug(boolean value) {
            debug = value;
            return this;
        }

        /** Sets the structures that the types of variables refer to. */
        public Builder structures(List<DebugType.Structure> values) {
            structures = values;
            return this;
        }

        /** Makes the request. */
        public LinkRequest build() {
            return new LinkRequest(definitions, entry, roots, layout, pageBytes, debug,
                    structures);
        }
    }
}
