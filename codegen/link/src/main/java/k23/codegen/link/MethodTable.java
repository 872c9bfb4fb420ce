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
    record Method(String name, String file) {}

    private record Type(String file, String name) {}

    /** How often a method is named, and the first of its lines where it is. */
    private static final class Use {
        private static final Comparator<Use> ORDER = Comparator.<Use, String>comparing(
                        use -> use.type.file)
                .thenComparing(use -> use.type.name)
                .thenComparingInt(use -> use.firstLine)
                .thenComparing(use -> use.method.name);

        private final Method method;
        /** Its name is the method's up to the last dot; empty when there is none to split at. */
        private final Type type;
        private int count;
        private int firstLine = Integer.MAX_VALUE;
        private int number;

        Use(Method method) {
            this.method = method;
            type = new Type(method.file,
                    method.name.substring(0, Math.max(0, method.name.lastIndexOf('.'))));
        }

        String simpleName() {
            return type.name.isEmpty() ? method.name
                    : method.name.substring(type.name.length() + 1);
        }
    }

    private final Map<Method, Use> uses = new LinkedHashMap<>();
    private final BlockTable methods = new BlockTable(BLOCK_ENTRIES);
    private final BlockTable types = new BlockTable(BLOCK_ENTRIES);

    /** Counts a call of {@code method}. */
    void count(Method method, int line) {
        Use use = uses.computeIfAbsent(method, Use::new);
        use.count++;
        use.firstLine = Math.min(use.firstLine, line);
    }

    /** Gives numbers and makes the tables, when all is counted. */
    void number() {
        List<Use> byUse = new ArrayList<>(uses.values());
        byUse.sort(Comparator.<Use>comparingInt(use -> -use.count).thenComparing(Use.ORDER));
        int often = Math.min(SHORT_NUMBERS, byUse.size());
        byUse.subList(0, often).sort(Use.ORDER);
        byUse.subList(often, byUse.size()).sort(Use.ORDER);
        Map<Type, Integer> typeNumbers = writeTypes();
        var texts = new HashMap<String, Integer>();
        int type = 0;
        int line = 0;
        for (int i = 0; i < byUse.size(); i++) {
            Use use = byUse.get(i);
            use.number = i;
            if (methods.entry(i)) {
                type = 0;
                line = 0;
            }
            int nextType = typeNumbers.get(use.type);
            methods.signed(nextType - type).signed(use.firstLine - line);
            type = nextType;
            line = use.firstLine;
            writeText(methods, texts, use.simpleName());
        }
    }

    private Map<Type, Integer> writeTypes() {
        var sorted = new TreeSet<>(Comparator.comparing(Type::file).thenComparing(Type::name));
        uses.values().forEach(use -> sorted.add(use.type));
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
