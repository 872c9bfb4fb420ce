package k23.image.manifest;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import k23.image.Problem;

/**
 * Takes typed values out of a document and notes what is wrong with them. After a problem a caller
 * gets a stand-in (null, or nothing) and goes on, so that one reading finds all problems.
 */
final class Checker {
    private final String file;
    private final Path folder;
    private final List<Noted> problems = new ArrayList<>();

    /** A problem and what sorts it. */
    private record Noted(int line, int column, Problem problem) {}

    Checker(String file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /** What was wrong so far, in order of place. */
    List<Problem> problems() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Noted::line).thenComparingInt(Noted::column))
                .map(Noted::problem)
                .toList();
    }

    String place(Node node) {
        return place(node.line(), node.column());
    }

    private String place(int line, int column) {
        return file + ":" + line + ":" + column;
    }

    void note(String code, Node at, String message) {
        note(code, at.line(), at.column(), message);
    }

    private void note(String code, int line, int column, String message) {
        var problem = new Problem(code, place(line, column), message);
        problems.add(new Noted(line, column, problem));
    }

    /** The values of a mapping with keys of {@code allowed}, all {@code required} among them. */
    SequencedMap<String, Node> mapping(
            Node node, String what, Collection<String> allowed, Set<String> required) {
        var values = new LinkedHashMap<String, Node>();
        if (!(node instanceof Node.Mapping mapping)) {
            note("K23-4004", node, what + " is a mapping of keys to values, not " + node.kind());
            return values;
        }
        for (Node.Entry entry : mapping.entries()) {
            if (!allowed.contains(entry.key())) {
                note(
                        "K23-4003", entry.line(), entry.column(),
                        "unknown key \"" + entry.key() + "\" in " + what
                                + Suggestion.forWord(entry.key(), allowed)
                                + "; allowed are " + String.join(", ", new TreeSet<>(allowed)));
            } else {
                putOnce(values, entry);
            }
        }
        for (String key : new TreeSet<>(required)) {
            if (!values.containsKey(key)) {
                note("K23-4005", node, what + " needs the key \"" + key + "\"");
            }
        }
        return values;
    }

    /** The values of a mapping whose keys are the user's. */
    SequencedMap<String, Node> freeMapping(Node node, String what) {
        var values = new LinkedHashMap<String, Node>();
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach(entry -> putOnce(values, entry));
        } else if (node != null) {
            note("K23-4004", node, what + " is a mapping, not " + node.kind());
        }
        return values;
    }

    private void putOnce(SequencedMap<String, Node> values, Node.Entry entry) {
        if (values.putIfAbsent(entry.key(), entry.value()) != null) {
            note(
                    "K23-4009", entry.line(), entry.column(),
                    "the key \"" + entry.key() + "\" is here a second time; remove one");
        }
    }

    /** The items of a list; none for null. */
    List<Node> list(Node node, String what) {
        if (node == null) {
            return List.of();
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        note("K23-4004", node, what + " is a list, not " + node.kind());
        return List.of();
    }

    /** A text; null for null or a problem. */
    String text(Node node, String what) {
        if (node == null) {
            return null;
        }
        if (node instanceof Node.Scalar scalar && scalar.type() == Node.Scalar.Type.TEXT) {
            return scalar.text();
        }
        note("K23-4004", node, what + " is a text, not " + node.kind());
        return null;
    }

    /** Any single value as it is written, such as the argument {@code -1}; null after a problem. */
    String word(Node node, String what) {
        if (node instanceof Node.Scalar scalar && scalar.type() != Node.Scalar.Type.NOTHING) {
            if (scalar.text().indexOf('\0') >= 0) {
                note("K23-4015", node, what + " cannot contain the character NUL");
                return null;
            }
            return scalar.text();
        }
        note("K23-4004", node, what + " is a text, not " + node.kind());
        return null;
    }

    /** A whole number in a range; {@code absent} for null or a problem. */
    long number(Node node, String what, long low, long high, long absent) {
        if (node == null) {
            return absent;
        }
        if (!(node instanceof Node.Scalar scalar) || !scalar.text().matches("-?[0-9]{1,18}")
                || scalar.type() != Node.Scalar.Type.NUMBER) {
            note("K23-4004", node, what + " is a whole number, not " + node.kind());
            return absent;
        }
        long value = Long.parseLong(scalar.text());
        if (value < low || value > high) {
            note("K23-4007", node, what + " is " + low + " to " + high + ", not " + value);
            return absent;
        }
        return value;
    }

    /** A size such as {@code 256M}, in MiB. */
    int mebibytes(Node node, String what, int low, int high, int absent) {
        if (node == null) {
            return absent;
        }
        var text = node instanceof Node.Scalar scalar ? scalar.text() : "";
        if (!text.matches("[0-9]{1,8}[MG]")) {
            note("K23-4004", node, what + " is a size like 256M or 1G, not " + node.kind());
            return absent;
        }
        long value = Long.parseLong(text.substring(0, text.length() - 1))
                * (text.endsWith("G") ? 1024 : 1);
        if (value < low || value > high) {
            note("K23-4007", node, what + " is " + low + "M to " + high + "M, not " + text);
            return absent;
        }
        return (int) value;
    }

    /** One of the words of {@code type}, in lower case; {@code absent} for null or a problem. */
    <E extends Enum<E>> E choice(Node node, String what, Class<E> type, E absent) {
        var text = text(node, what);
        if (text == null) {
            return absent;
        }
        var words = new ArrayList<String>();
        for (E constant : type.getEnumConstants()) {
            var word = constant.name().toLowerCase(Locale.ROOT);
            if (word.equals(text)) {
                return constant;
            }
            words.add(word);
        }
        note(
                "K23-4008", node,
                what + " cannot be \"" + text + "\"" + Suggestion.forWord(text, words)
                        + "; allowed are " + String.join(", ", words));
        return absent;
    }

    /** A file of the host that exists; null for null or a problem. */
    Path hostFile(Node node, String what) {
        return host(node, what, false);
    }

    /** A file or a folder of the host that exists; null for null or a problem. */
    Path hostFileOrFolder(Node node, String what) {
        return host(node, what, true);
    }

    private Path host(Node node, String what, boolean folderToo) {
        var text = text(node, what);
        if (text == null) {
            return null;
        }
        try {
            var path = folder.resolve(text).normalize();
            boolean rightKind = Files.isRegularFile(path) || folderToo && Files.isDirectory(path);
            if (rightKind && Files.isReadable(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            // falls through: such a file cannot exist either
        }
        note(
                "K23-4010", node,
                what + " \"" + text
                        + "\" is no readable file; paths start from the manifest's folder");
        return null;
    }

    /** An absolute path of the guest, without empty, {@code .} or {@code ..} parts; null if not. */
    String guestPath(Node at, String path, String what) {
        boolean good = path != null && GuestPath.isValid(path);
        if (path != null && !good) {
            note(
                    "K23-4011", at,
                    what + " is an absolute path like /data/file, without \".\", \"..\" or"
                            + " \"//\", not \"" + path + "\"");
        }
        return good ? path : null;
    }
}
