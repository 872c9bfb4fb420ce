package k23.codegen.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a request goes into the image: the definitions that the roots reach, entry first.
 *
 * @param kept        definitions in their final order
 * @param places      symbol name to the definition that holds it; looked up, never iterated
 * @param linkerNames referenced symbols that the linker defines itself, sorted
 * @param dropped     how many definitions were left out
 */
record Selection(List<Definition> kept, Map<String, Place> places, Set<String> linkerNames,
        int dropped) {
    /** At most this many referrers of an undefined symbol are named. */
    private static final int MAX_REFERRERS = 8;

    /**
     * Where a symbol is.
     *
     * @param index  of the definition in the request
     * @param offset in bytes from the definition's start
     */
    record Place(int index, long offset) { }

    static Selection of(LinkRequest request, Problems problems) {
        return new Selector(request, problems).select();
    }

    /** Walks the references from the roots. */
    private static final class Selector {
        private final LinkRequest request;
        private final List<Definition> definitions;
        private final Problems problems;
        private final Map<String, Place> places = new HashMap<>();
        private final Set<String> linkerNames = new TreeSet<>();
        private final Map<String, Set<String>> undefined = new LinkedHashMap<>();
        private final BitSet reached = new BitSet();
        private final ArrayDeque<Integer> pending = new ArrayDeque<>();
        private final LinkerSymbols linkerSymbols;

        Selector(LinkRequest request, Problems problems) {
            this.request = request;
            this.definitions = request.definitions();
            this.problems = problems;
            this.linkerSymbols = new LinkerSymbols(definitions);
        }

        Selection select() {
            indexNames();
            problems.throwIfAny();
            reachRoots();
            while (!pending.isEmpty()) {
                Definition d = definitions.get(pending.poll());
                for (Relocation r : d.relocations()) {
                    if (!r.kind().isLow12()) {
                        reach(r.target(), d.name());
                    }
                }
            }
            reportUndefined();
            problems.throwIfAny();
            return new Selection(order(), places, linkerNames,
                    definitions.size() - reached.cardinality());
        }

        private void indexNames() {
            for (int i = 0; i < definitions.size(); i++) {
                Definition d = definitions.get(i);
                define(d.name(), new Place(i, 0));
                for (InnerSymbol inner : d.inner()) {
                    define(inner.name(), new Place(i, inner.offset()));
                }
            }
        }

        private void define(String name, Place place) {
            Place first = places.putIfAbsent(name, place);
            if (first != null) {
                problems.add(Problems.DUPLICATE, "symbol '" + name + "' is defined twice, by "
                        + describe(first) + " and by " + describe(place)
                        + "; rename or remove one of them");
            } else if (linkerSymbols.defines(name)) {
                problems.add(Problems.DUPLICATE, "symbol '" + name + "' is defined by the linker"
                        + " itself; rename " + describe(place));
            }
        }

        private String describe(Place place) {
            Definition d = definitions.get(place.index());
            return "definition " + place.index() + " '" + d.name() + "' in "
                    + d.section().name();
        }

        private void reachRoots() {
            reach(request.entry(), "the entry");
            request.roots().forEach(root -> reach(root, "the list of roots"));
            for (int i = 0; i < definitions.size(); i++) {
                Definition d = definitions.get(i);
                if (d.keep() || d.section().isNamed()) {
                    mark(i);
                }
            }
        }

        private void reach(String name, String referrer) {
            Place place = places.get(name);
            if (place != null) {
                mark(place.index());
            } else if (linkerSymbols.defines(name)) {
                linkerNames.add(name);
            } else {
                undefined.computeIfAbsent(name, _ -> new TreeSet<>()).add(referrer);
            }
        }

        private void mark(int index) {
            if (!reached.get(index)) {
                reached.set(index);
                pending.add(index);
            }
        }

        private void reportUndefined() {
            undefined.forEach((name, referrers) -> {
                String list = String.join(", ",
                        referrers.stream().limit(MAX_REFERRERS).toList());
                int more = referrers.size() - MAX_REFERRERS;
                problems.add(Problems.UNDEFINED, "symbol '" + name + "' is not defined, but "
                        + list + (more > 0 ? " and " + more + " more" : "") + " refer to it;"
                        + " add its definition, or remove the reference");
            });
        }

        private List<Definition> order() {
            var result = new ArrayList<Definition>(reached.cardinality());
            Place entry = places.get(request.entry());
            int first = entry == null ? -1 : entry.index();
            if (first >= 0) {
                result.add(definitions.get(first));
            }
            reached.stream().filter(i -> i != first)
                    .forEach(i -> result.add(definitions.get(i)));
            return result;
        }
    }
}
