package k23.codegen.compiler.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The numbers that tell objects' classes at run time: the first word of every object. Classes are
 * numbered from 1 in preorder of the class hierarchy, so that the subclasses of a class are one
 * range; what implements an interface is a few ranges.
 */
public final class TypeIds {
    /**
     * Consecutive ids.
     *
     * @param first the first
     * @param last  the last
     */
    public record Range(int first, int last) {}

    private final ClassRepository repository;
    private final Map<String, Integer> ids = new LinkedHashMap<>();

    TypeIds(ClassRepository repository, Set<String> instantiated) {
        this.repository = repository;
        TreeMap<String, TreeSet<String>> children = new TreeMap<>();
        TreeSet<String> arrays = new TreeSet<>();
        for (String type : instantiated) {
            if (type.startsWith("[")) {
                arrays.add(type);
                continue;
            }
            String child = type;
            while (!child.equals("java/lang/Object")) {
                String parent = repository.get(child).superName();
                if (!children.computeIfAbsent(parent, _ -> new TreeSet<>()).add(child)) {
                    break;
                }
                child = parent;
            }
        }
        number("java/lang/Object", children, instantiated);
        arrays.forEach(array -> ids.put(array, ids.size() + 1));
    }

    private void number(String type, Map<String, TreeSet<String>> children,
            Set<String> instantiated) {
        if (instantiated.contains(type)) {
            ids.put(type, ids.size() + 1);
        }
        children.getOrDefault(type, new TreeSet<>())
                .forEach(child -> number(child, children, instantiated));
    }

    /** The id of objects of exactly {@code type}; 0 when there are none. */
    public int id(String type) {
        return ids.getOrDefault(type, 0);
    }

    /** All numbered types, by ascending id. */
    public Map<String, Integer> all() {
        return ids;
    }

    /** The ids of everything that is an instance of {@code type}, ascending. */
    public List<Range> instancesOf(String type) {
        List<Range> ranges = new ArrayList<>();
        ids.forEach((name, id) -> {
            if (repository.isSubclass(name, type)) {
                if (!ranges.isEmpty() && ranges.getLast().last == id - 1) {
                    ranges.add(new Range(ranges.removeLast().first, id));
                } else {
                    ranges.add(new Range(id, id));
                }
            }
        });
        return ranges;
    }
}
