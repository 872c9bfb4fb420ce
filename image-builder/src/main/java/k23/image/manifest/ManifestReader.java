package k23.image.manifest;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import k23.image.ImageException;
import k23.image.Limits;
import k23.image.container.Compression;
import k23.image.manifest.Manifest.LogLevel;
import k23.image.manifest.Manifest.Payload;
import k23.image.manifest.Manifest.Program;

/** Reads {@code k23.yaml}. */
public final class ManifestReader {
    /** The version that this class reads. */
    public static final int VERSION = 1;

    private static final List<String> KEYS = List.of(
            "version", "payload", "entry", "programs", "files", "memory", "harts", "compression",
            "key", "trust", "rollback", "bootargs", "log", "policy");
    private static final List<String> POLICY_KEYS = List.of("signers", "builders");
    private static final List<String> PROGRAM_KEYS =
            List.of("name", "wasm", "args", "env", "preopens", "sha256");
    private static final String KERNEL = "k23";

    private final Checker checker;

    private ManifestReader(Checker checker) {
        this.checker = checker;
    }

    /**
     * Reads a manifest.
     *
     * @throws ImageException K23-4001 to K23-4015, all of them that apply
     */
    public static Manifest read(Path file) {
        var folder = file.toAbsolutePath().getParent();
        return parse(file.toString(), folder, content(file));
    }

    private static String content(Path file) {
        try {
            if (Files.size(file) > Limits.MANIFEST_BYTES) {
                throw new ImageException(
                        "K23-4001", file.toString(),
                        "a manifest has at most " + Limits.MANIFEST_BYTES + " bytes");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new ImageException("K23-4001", file.toString(), "a manifest is UTF-8 text");
        } catch (IOException e) {
            throw new ImageException(
                    "K23-4001", file.toString(),
                    "the manifest cannot be read; name it with --manifest FILE");
        }
    }

    /** Reads a manifest's text; host paths start from {@code folder}. */
    static Manifest parse(String name, Path folder, String text) {
        var root = YamlTree.read(name, text);
        var checker = new Checker(name, folder);
        var manifest = new ManifestReader(checker).manifest(root);
        if (!checker.problems().isEmpty()) {
            throw new ImageException(checker.problems());
        }
        return manifest;
    }

    private Manifest manifest(Node root) {
        if (!isKnownVersion(root)) {
            return null; // complaints about another version's keys would be noise
        }
        var keys = checker.mapping(root, "a manifest", KEYS, Set.of("version"));
        var payload = payload(keys.get("payload"), keys.get("entry"));
        var programs = programs(keys.get("programs"));
        if (payload instanceof Payload.Kernel && !keys.containsKey("programs")) {
            checker.note(
                    "K23-4013", root, "the kernel needs \"programs\" to run; name at least one");
        }
        return new Manifest(
                payload,
                programs,
                files(keys.get("files")),
                checker.mebibytes(
                        keys.get("memory"), "memory", Limits.MIN_MEMORY_MIB, Limits.MAX_MEMORY_MIB,
                        Manifest.DEFAULT_MEMORY_MIB),
                (int) checker.number(keys.get("harts"), "harts", 1, Limits.HARTS, 1),
                checker.choice(
                        keys.get("compression"), "compression", Compression.class, Compression.LZ4),
                checker.hostFile(keys.get("key"), "key"),
                trusted(keys.get("trust")),
                checker.number(keys.get("rollback"), "rollback", 0, Long.MAX_VALUE, 0),
                bootArguments(keys.get("bootargs")),
                checker.choice(keys.get("log"), "log", LogLevel.class, LogLevel.INFO),
                policy(keys.get("policy")));
    }

    private Policy policy(Node node) {
        if (node == null) {
            return Policy.NONE;
        }
        var keys = checker.mapping(node, "a policy", POLICY_KEYS, Set.of());
        var signers = new ArrayList<Path>();
        for (Node item : checker.list(keys.get("signers"), "signers")) {
            var file = checker.hostFile(item, "an item of signers");
            if (file != null) {
                signers.add(file);
            }
        }
        return new Policy(signers, words(keys.get("builders"), "builders").stream()
                .filter(Objects::nonNull).toList());
    }

    private boolean isKnownVersion(Node root) {
        Node node = root instanceof Node.Mapping mapping ? mapping.value("version") : null;
        if (node == null) {
            return true; // noted elsewhere
        }
        if (checker.number(node, "version", 0, Long.MAX_VALUE, VERSION) == VERSION) {
            return true;
        }
        checker.note(
                "K23-4006", node, "this k23 reads manifests of version " + VERSION
                        + "; a newer manifest needs a newer k23");
        return false;
    }

    private Payload payload(Node node, Node entry) {
        var text = checker.text(node, "payload");
        boolean kernel = text == null || text.equals(KERNEL);
        var path = kernel ? null : checker.hostFileOrFolder(node, "payload");
        if (path != null && (Files.isDirectory(path) || text.endsWith(".jar"))) {
            var name = checker.text(entry, "entry");
            if (entry == null) {
                checker.note("K23-4005", node, "a payload of class files needs the key \"entry\"");
            }
            return new Payload.Classes(path, name);
        }
        if (entry != null && (kernel || path != null)) {
            checker.note(
                    "K23-4017", entry,
                    "\"entry\" goes with a payload of class files: a folder or a jar");
        }
        if (kernel) {
            return new Payload.Kernel();
        }
        return text.endsWith(".java") ? new Payload.Source(path) : new Payload.Elf(path);
    }

    private List<Program> programs(Node node) {
        var programs = new ArrayList<Program>();
        var names = new HashSet<String>();
        var items = checker.list(node, "programs");
        if (node instanceof Node.Sequence && items.isEmpty()) {
            checker.note("K23-4013", node, "\"programs\" is empty; name at least one");
        }
        if (items.size() > Limits.PROGRAMS) {
            checker.note("K23-4007", node, "an image has at most " + Limits.PROGRAMS + " programs");
        }
        for (Node item : items) {
            var program = program(item);
            if (program.name() != null && !names.add(program.name())) {
                checker.note(
                        "K23-4014", item,
                        "two programs are called \"" + program.name() + "\"; give one a \"name\"");
            }
            programs.add(program);
        }
        return List.copyOf(programs);
    }

    private Program program(Node node) {
        var keys = checker.mapping(node, "a program", PROGRAM_KEYS, Set.of("wasm"));
        var wasm = checker.hostFile(keys.get("wasm"), "wasm");
        var name = checker.text(keys.get("name"), "name");
        if (name == null && wasm != null) {
            name = wasm.getFileName().toString().replaceFirst("\\.wasm$", "");
        }
        return new Program(
                name, wasm, words(keys.get("args"), "args"), environment(keys.get("env")),
                preopens(keys.get("preopens")), sha256(keys.get("sha256")), checker.place(node));
    }

    private String sha256(Node node) {
        var text = checker.text(node, "sha256");
        if (text != null && !text.matches("[0-9a-f]{64}")) {
            checker.note("K23-4004", node, "sha256 is 64 hexadecimal digits, as sha256sum prints");
        }
        return text;
    }

    private List<String> words(Node node, String what) {
        var words = new ArrayList<String>();
        for (Node item : checker.list(node, what)) {
            words.add(checker.word(item, "an item of " + what));
        }
        return Collections.unmodifiableList(words);
    }

    private List<String> environment(Node node) {
        var variables = new ArrayList<String>();
        checker.freeMapping(node, "env").forEach((name, value) -> {
            if (name.isEmpty() || name.contains("=") || name.contains("\0")) {
                checker.note(
                        "K23-4015", value, "\"" + name + "\" cannot be the name of a variable:"
                                + " it is empty, or has \"=\" or NUL in it");
            }
            variables.add(name + "=" + checker.word(value, "a value of env"));
        });
        return List.copyOf(variables);
    }

    private List<String> preopens(Node node) {
        var preopens = new ArrayList<String>();
        for (Node item : checker.list(node, "preopens")) {
            preopens.add(checker.guestPath(
                    item, checker.text(item, "an item of preopens"), "an item of preopens"));
        }
        return Collections.unmodifiableList(preopens);
    }

    private SequencedMap<String, Path> files(Node node) {
        var files = new TreeMap<String, Path>();
        var values = checker.freeMapping(node, "files");
        values.keySet().stream().sorted(Comparator.naturalOrder()).forEach(guest -> {
            var value = values.get(guest);
            checker.guestPath(value, guest, "a key of files");
            var host = checker.hostFileOrFolder(value, "the file for " + guest);
            if (host != null && Files.isDirectory(host)) {
                HostFolder.files(guest, host).forEach(files::putIfAbsent);
            } else {
                files.put(guest, host);
            }
        });
        return Collections.unmodifiableSequencedMap(files);
    }

    private List<Path> trusted(Node node) {
        var keys = new ArrayList<Path>();
        for (Node item : checker.list(node, "trust")) {
            keys.add(checker.hostFile(item, "an item of trust"));
        }
        if (keys.size() >= Limits.KEYS) {
            checker.note(
                    "K23-4007", node,
                    "a loader holds " + Limits.KEYS + " keys, the one that signs included");
        }
        return Collections.unmodifiableList(keys);
    }

    private String bootArguments(Node node) {
        var text = checker.text(node, "bootargs");
        if (text == null) {
            return "";
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            checker.note("K23-4015", node, "bootargs is one line of printable text");
            return "";
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > Limits.BOOT_ARGUMENTS_BYTES) {
            checker.note(
                    "K23-4007", node,
                    "bootargs has at most " + Limits.BOOT_ARGUMENTS_BYTES + " bytes");
        }
        return text;
    }
}
