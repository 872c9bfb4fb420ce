package k23.cli.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import k23.cli.CommandException;
import k23.cli.ExitStatus;

/**
 * Which key of which token: {@code pkcs11:token=T;object=LABEL?module-path=FILE} (RFC 7512).
 *
 * @param module the PKCS#11 library that speaks to the token
 * @param token the token's label
 * @param object the key's label, or null
 * @param id the key's id, or null; one of the two is there
 * @param pinSource a file with the PIN, or null
 */
record Pkcs11Uri(Path module, String token, String object, byte[] id, Path pinSource) {
    private static final String SCHEME = "pkcs11:";

    /**
     * Reads a URI.
     *
     * @throws CommandException K23-5001 for one that does not name a key
     */
    static Pkcs11Uri parse(String text) {
        if (!text.startsWith(SCHEME)) {
            throw wrong(text, "it starts with " + SCHEME);
        }
        String[] parts = text.substring(SCHEME.length()).split("\\?", 2);
        Map<String, byte[]> path = attributes(text, parts[0], ";");
        Map<String, byte[]> query = attributes(text, parts.length == 1 ? "" : parts[1], "&");
        if (!query.containsKey("module-path")) {
            throw wrong(text, "it needs ?module-path=FILE, the token's PKCS#11 library");
        }
        if (!path.containsKey("token") || !path.containsKey("object") && !path.containsKey("id")) {
            throw wrong(text, "it needs token=, and object= or id= of the key");
        }
        if (query.containsKey("pin-value")) {
            throw wrong(text, "others can see a PIN there: use pin-source=FILE,"
                    + " or the variable " + Pkcs11Token.PIN);
        }
        String pin = string(query.get("pin-source"));
        return new Pkcs11Uri(Path.of(string(query.get("module-path"))), string(path.get("token")),
                string(path.get("object")),
                path.get("id"),
                pin == null ? null : Path.of(pin.startsWith("file:") ? pin.substring(5) : pin));
    }

    private static Map<String, byte[]> attributes(String text, String list, String separator) {
        var result = new TreeMap<String, byte[]>();
        for (String attribute : list.split(separator)) {
            int equals = attribute.indexOf('=');
            if (equals > 0) {
                result.put(attribute.substring(0, equals),
                        decode(text, attribute.substring(equals + 1)));
            } else if (!attribute.isEmpty()) {
                throw wrong(text, "\"" + attribute + "\" is no NAME=VALUE");
            }
        }
        return result;
    }

    private static byte[] decode(String text, String value) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) != '%') {
                out.writeBytes(value.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            } else if (value.length() >= i + 3
                    && value.substring(i + 1, i + 3).matches("[0-9a-fA-F]{2}")) {
                out.write(Integer.parseInt(value, i + 1, i + 3, 16));
                i += 2;
            } else {
                throw wrong(text, "% stands before two hexadecimal digits");
            }
        }
        return out.toByteArray();
    }

    private static String string(byte[] value) {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    private static CommandException wrong(String text, String why) {
        return new CommandException(ExitStatus.USAGE, "K23-5001",
                text + " does not name a key of a token: " + why);
    }
}
