package k23.codegen.wasm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON, as far as the suite's files use it, into maps, lists, strings and longs. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object parse(String text) {
        return new Json(text).value();
    }

    private Object value() {
        char c = next();
        return switch (c) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> string();
            case 't', 'f', 'n' -> {
                int start = at - 1;
                while (Character.isLetter(text.charAt(at))) {
                    at++;
                }
                yield text.substring(start, at);
            }
            default -> {
                int start = at - 1;
                while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
                    at++;
                }
                yield Long.valueOf(text.substring(start, at));
            }
        };
    }

    private Map<String, Object> object() {
        var map = new LinkedHashMap<String, Object>();
        char c = next();
        while (c != '}') {
            String key = string();
            next();
            map.put(key, value());
            c = next();
            if (c == ',') {
                c = next();
            }
        }
        return map;
    }

    private List<Object> list() {
        var list = new ArrayList<Object>();
        char c = next();
        while (c != ']') {
            at--;
            list.add(value());
            c = next();
            if (c == ',') {
                c = next();
            }
        }
        return list;
    }

    private String string() {
        var out = new StringBuilder();
        for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char e = text.charAt(at++);
            switch (e) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'u' -> {
                    out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                    at += 4;
                }
                default -> out.append(e);
            }
        }
        return out.toString();
    }

    private char next() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at++);
    }
}
