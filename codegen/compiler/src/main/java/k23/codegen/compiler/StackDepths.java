package k23.codegen.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import k23.codegen.link.Definition;
import k23.codegen.link.Relocation;

/** The deepest stack of each entry, over the calls that the linker sees. */
final class StackDepths {
    private record Depth(long bytes, String next, boolean isRecursive) {}

    private final Map<String, Definition> functions = new HashMap<>();
    private final Map<String, Integer> frames;
    private final Map<String, Depth> known = new HashMap<>();
    private final Set<String> active = new LinkedHashSet<>();
    /** Each once, by whichever way it was met. */
    private final Set<List<String>> recursions = new LinkedHashSet<>();

    /** Frames by symbol; what has none there, such as a template, counts as 0 bytes. */
    StackDepths(List<Definition> definitions, Map<String, Integer> frames) {
        this.frames = frames;
        for (Definition definition : definitions) {
            if (definition.kind() == Definition.Kind.FUNCTION) {
                functions.put(definition.name(), definition);
                definition.inner().forEach(i -> functions.put(i.name(), definition));
            }
        }
    }

    /** The deepest stack below {@code entry}. */
    CompileReport.StackDepth of(String entry) {
        Depth depth = measure(entry);
        List<String> path = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String at = entry; at != null && seen.add(at); at = known.get(at).next) {
            path.add(at);
        }
        return new CompileReport.StackDepth(entry, depth.bytes, depth.isRecursive, path);
    }

    /** The cycles of calls that were met on the way, each from the function that is first met. */
    List<List<String>> recursions() {
        return List.copyOf(recursions);
    }

    private Depth measure(String symbol) {
        Depth done = known.get(symbol);
        if (done != null) {
            return done;
        }
        if (!active.add(symbol)) {
            List<String> cycle = new ArrayList<>(active);
            recursions.add(List.copyOf(cycle.subList(cycle.indexOf(symbol), cycle.size())));
            return new Depth(0, null, true);
        }
        Depth deepest = new Depth(0, null, false);
        boolean isRecursive = false;
        Definition function = functions.get(symbol);
        List<Relocation> calls = function == null ? List.of() : function.relocations();
        for (Relocation call : calls) {
            if (functions.containsKey(call.target())) {
                Depth below = measure(call.target());
                isRecursive |= below.isRecursive;
                if (below.bytes > deepest.bytes || deepest.next == null) {
                    deepest = new Depth(below.bytes, call.target(), false);
                }
            }
        }
        active.remove(symbol);
        Depth result = new Depth(deepest.bytes + frames.getOrDefault(symbol, 0), deepest.next,
                isRecursive);
        known.put(symbol, result);
        return result;
    }
}
