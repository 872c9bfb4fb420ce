package k23.image.manifest;

import java.util.List;

/** A piece of a YAML document that knows where it is. */
sealed interface Node {
    /** Its line, from 1. */
    int line();

    /** Its column, from 1. */
    int column();

    /** What to call it in a message. */
    String kind();

    /**
     * Keys and values, in order.
     *
     * @param entries the entries; keys may repeat
     */
    record Mapping(int line, int column, List<Entry> entries) implements Node {
        /** The first value of {@code key}, or null. */
        Node value(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return entry.value();
                }
            }
            return null;
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /**
     * One key and its value.
     *
     * @param key the key
     * @param line the key's line
     * @param column the key's column
     * @param value its value
     */
    record Entry(String key, int line, int column, Node value) {}

    /**
     * A list.
     *
     * @param items its items
     */
    record Sequence(int line, int column, List<Node> items) implements Node {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A single value.
     *
     * @param type what YAML takes it for
     * @param text how it is written, quotes and escapes resolved
     */
    record Scalar(int line, int column, Type type, String text) implements Node {
        /** What YAML takes a value for. */
        enum Type {
            TEXT,
            NUMBER,
            BOOLEAN,
            NOTHING
        }

        @Override
        public String kind() {
            return switch (type) {
                case TEXT -> "the text \"" + text + "\"";
                case NUMBER -> "the number " + text;
                case BOOLEAN -> "the truth value " + text;
                case NOTHING -> "nothing";
            };
        }
    }
}
