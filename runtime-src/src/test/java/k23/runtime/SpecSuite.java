package k23.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The official test suite, {@code wasm-spec/spec.zip} beside the repository. */
public final class SpecSuite implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final ZipFile zip;

    private SpecSuite(ZipFile zip) {
        this.zip = zip;
    }

    /**
     * A command that concerns a module.
     *
     * @param file  the suite's file, for example {@code core-2.0/block}
     * @param line  its line in the text
     * @param type  {@code module}, {@code assert_invalid}, ...
     * @param text  the message that an assertion expects, or ""
     * @param isText whether the module exists as text only
     * @param bytes the module
     */
    public record Command(String file, int line, String type, String text, boolean isText,
            byte[] bytes) {
        @Override
        public String toString() {
            return file + ":" + line + " " + type + " \"" + text + "\"";
        }
    }

    /** Opens the suite; says what is missing when it is not there. */
    public static SpecSuite open() {
        String named = System.getenv("K23_SHARED");
        Path path = (named != null ? Path.of(named) : besideCheckout())
                .resolve("wasm-spec/spec.zip");
        if (!Files.isRegularFile(path)) {
            throw new AssertionError("the WebAssembly test suite is not at " + path
                    + "; set K23_SHARED to the folder that holds wasm-spec/spec.zip");
        }
        try {
            return new SpecSuite(new ZipFile(path.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code shared} beside the checkout, from whichever of its folders the tests run in. */
    private static Path besideCheckout() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("runtime-src"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new AssertionError("the tests do not run inside a checkout");
            }
        }
        return folder.resolveSibling("shared");
    }

    /** The files of a group and of its folders, sorted: {@code core-2.0/block}, ... */
    public List<String> files(String group) {
        return zip.stream().map(e -> e.getName().replaceFirst("^bundle/", ""))
                .filter(n -> n.startsWith(group + "/") && n.endsWith(".json"))
                .map(n -> n.substring(0, n.length() - ".json".length())).sorted().toList();
    }

    /** The commands of a file that have a module. */
    public List<Command> modules(String file) {
        byte[] all = entry(file + ".mods");
        List<Command> commands = new ArrayList<>();
        for (JsonNode node : JSON.readTree(entry(file + ".json")).get("commands")) {
            JsonNode range = node.get("mod");
            if (range != null) {
                int start = range.get(0).asInt();
                commands.add(new Command(file, node.get("line").asInt(),
                        node.get("type").asString(),
                        node.has("text") ? node.get("text").asString() : "",
                        node.has("text_format"),
                        Arrays.copyOfRange(all, start, start + range.get(1).asInt())));
            }
        }
        return commands;
    }

    private byte[] entry(String name) {
        try (InputStream in = zip.getInputStream(zip.getEntry("bundle/" + name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
