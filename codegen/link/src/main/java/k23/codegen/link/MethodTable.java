package k23.codegen.link;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The methods that code comes from, numbered: those that are named most often first, since small
 * numbers are short. A type and its file are stored once for all of its methods.
 */
final class MethodTable {
    /** Methods whose numbers take one byte. */
    private static final int SHORT_NUMBERS = 128;
    private static final int BLOCK_ENTRIES = 64;
    private static final String JAVA = ".java";
    private static final int TYPE_OF_FILE = 0;
    private static final int NO_TYPE = 1;
    private static final int OWN_TYPE = 2;

    /** What a location says of the function: its name, and the file that it is in. */
    record Method(String name, String file) {
        /** The name up to its last dot; empty when there is none to split at. */
        private String type() {
            return name.substring(0, Math.max(0, name.lastIndexOf('.')));
        }

        private String simpleName() {
            return type().isEmpty() ? name : name.substring(type().length() + 1);
        }
    }

    private record Type(String file, String name) {
        static Type of(Method method) {
            return new Type(method.file, method.type());
        }
    }

    /** How often a method is named, and the first of its lines where it is. */
    private static final class Use {
        private int count;
        private int firstLine = Integer.MAX_VALUE;
        private int number;
    }

    private final Map<Method, Use> uses = new LinkedHashMap<>();
    private final BlockTable methods = new BlockTable(BLOCK_ENTRIES);
    private final BlockTable types = new BlockTable(BLOCK_ENTRIES);

    /** Counts a call of {@code method}. */
    void count(Method method, int line) {
        Use use = uses.computeIfAbsent(method, m -> new Use());
        use.count++;
        use.firstLine = Math.min(use.firstLine, line);
    }

    /** Gives numbers and makes the tables, when all is counted. */
    void number() {
        var order = Comparator.<Method, String>comparing(Method::file)
                .thenComparing(Method::type)
                .thenComparingInt(this::firstLine)
                .thenComparing(Method::name);
        List<Method> byUse = new ArrayList<>(uses.keySet());
        byUse.sort(Comparator.<Method>comparingInt(m -> -uses.get(m).count)
                .thenComparing(order));
        int often = Math.min(SHORT_NUMBERS, byUse.size());
        byUse.subList(0, often).sort(order);
        byUse.subList(often, byUse.size()).sort(order);
        Map<Type, Integer> typeNumbers = writeTypes();
        var texts = new HashMap<String, Integer>();
        int type = 0;
        int line = 0;
        for (int i = 0; i < byUse.size(); i++) {
            Method method = byUse.get(i);
            Use use = uses.get(method);
            use.number = i;
            if (methods.entry(i)) {
                type = 0;
                line = 0;
            }
            int nextType = typeNumbers.get(Type.of(method));
            methods.signed(nextType - type).signed(use.firstLine - line);
            type = nextType;
            line = use.firstLine;
            writeText(methods, texts, method.simpleName());
        }
    }

    private Map<Type, Integer> writeTypes() {
        var sorted = new TreeSet<>(Comparator.comparing(Type::file).thenComparing(Type::name));
        uses.keySet().forEach(m -> sorted.add(Type.of(m)));
        var numbers = new HashMap<Type, Integer>();
        for (Type type : sorted) {
            types.entry(numbers.size());
            numbers.put(type, numbers.size());
            types.text(utf8(type.file));
            if (type.file.equals(type.name + JAVA)) {
                types.unsigned(TYPE_OF_FILE);
            } else if (type.name.isEmpty()) {
                types.unsigned(NO_TYPE);
            } else {
                types.unsigned(OWN_TYPE).text(utf8(type.name));
            }
        }
        return numbers;
    }

    /** Writes a text, or how far back, from the number itself, it already stands. */
    private static void writeText(BlockTable table, Map<String, Integer> known, String text) {
        Integer at = known.get(text);
        if (at == null) {
            known.put(text, table.offset());
            table.text(utf8(text));
        } else {
            table.unsigned(2 * (table.offset() - at) + 1);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    int number(Method method) {
        return uses.get(method).number;
    }

    int firstLine(Method method) {
        return uses.get(method).firstLine;
    }

    /** {@code .k23.methods}. */
    byte[] methods() {
        return methods.toBytes();
    }

    /** {@code .k23.types}. */
    byte[] types() {
        return types.toBytes();
    }
}
