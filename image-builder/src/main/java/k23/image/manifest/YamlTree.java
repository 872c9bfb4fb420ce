package k23.image.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import k23.image.ImageException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads one YAML document into {@link Node}s. Anchors, aliases and tags are refused. */
final class YamlTree {
    private static final int MAX_DEPTH = 16;

    private final String file;
    private final JsonParser parser;

    private YamlTree(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * The document of {@code text}.
     *
     * @throws ImageException K23-4002 if it is not YAML, K23-4012 if it uses more of it than
     *     manifests may
     */
    static Node read(String file, String text) {
        try (var parser = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            var tree = new YamlTree(file, parser);
            if (parser.nextToken() == null) {
                return new Node.Mapping(1, 1, List.of());
            }
            Node root = tree.node(0);
            if (parser.nextToken() != null) {
                throw tree.unsupported("a second document");
            }
            return root;
        } catch (JacksonException e) {
            throw syntax(file, e);
        }
    }

    private Node node(int depth) {
        if (depth > MAX_DEPTH) {
            throw unsupported("nesting deeper than " + MAX_DEPTH);
        }
        if (((YAMLParser) parser).isCurrentAlias()) {
            throw unsupported("an alias (*name)");
        }
        if (parser.getObjectId() != null) {
            throw unsupported("an anchor (&name)");
        }
        if (parser.getTypeId() != null) {
            throw unsupported("a tag (!type)");
        }
        var at = parser.currentTokenLocation();
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(at, depth);
            case START_ARRAY -> sequence(at, depth);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(at, Node.Scalar.Type.NUMBER);
            case VALUE_TRUE, VALUE_FALSE -> scalar(at, Node.Scalar.Type.BOOLEAN);
            case VALUE_NULL -> scalar(at, Node.Scalar.Type.NOTHING);
            default -> scalar(at, Node.Scalar.Type.TEXT);
        };
    }

    private Node scalar(TokenStreamLocation at, Node.Scalar.Type type) {
        return new Node.Scalar(at.getLineNr(), at.getColumnNr(), type, parser.getString());
    }

    private Node mapping(TokenStreamLocation at, int depth) {
        var entries = new ArrayList<Node.Entry>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = parser.currentName();
            var keyAt = parser.currentTokenLocation();
            parser.nextToken();
            var value = node(depth + 1);
            entries.add(new Node.Entry(key, keyAt.getLineNr(), keyAt.getColumnNr(), value));
        }
        return new Node.Mapping(at.getLineNr(), at.getColumnNr(), List.copyOf(entries));
    }

    private Node sequence(TokenStreamLocation at, int depth) {
        var items = new ArrayList<Node>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(depth + 1));
        }
        return new Node.Sequence(at.getLineNr(), at.getColumnNr(), List.copyOf(items));
    }

    private ImageException unsupported(String what) {
        return new ImageException(
                "K23-4012", place(file, parser.currentTokenLocation()),
                "a manifest is one plain YAML document; it cannot have " + what
                        + ", write the value out instead");
    }

    private static ImageException syntax(String file, JacksonException e) {
        // Context and problem are lines of their own; indented ones repeat the place and the text.
        var message = e.getOriginalMessage().lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(", "));
        return new ImageException(
                "K23-4002", place(file, e.getLocation()), "not well-formed YAML: " + message);
    }

    private static String place(String file, TokenStreamLocation at) {
        return at == null ? file : file + ":" + at.getLineNr() + ":" + at.getColumnNr();
    }
}
