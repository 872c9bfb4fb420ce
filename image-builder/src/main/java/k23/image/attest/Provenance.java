package k23.image.attest;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an image was built: an in-toto statement (v1) whose predicate is SLSA's provenance (v1). It
 * holds no time and no name of a machine, so that the same build gives the same bytes.
 */
public final class Provenance {
    /** What in-toto calls its statements. */
    public static final String STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
    /** What SLSA calls its provenance. */
    public static final String PREDICATE_TYPE = "https://slsa.dev/provenance/v1";
    /** How {@code k23 image} builds. */
    public static final String BUILD_TYPE = "urn:k23:build:image:1";

    private static final String SUBJECT = "subject";

    private final ObjectNode statement;

    private Provenance(ObjectNode statement) {
        this.statement = statement;
    }

    /**
     * How and of what an image was built.
     *
     * @param builder a URI of who ran the build
     * @param parameters what the user decided, by name
     * @param sources repositories that the build came from: a URI, and the commit
     * @param materials what went in
     * @param tools what ran
     */
    public record Build(String builder, SequencedMap<String, String> parameters,
            SequencedMap<String, String> sources, List<Material> materials, List<Tool> tools) {}

    /** The provenance of the image {@code name}, whose content is {@code image}. */
    public static Provenance of(Build build, String name, byte[] image) {
        ObjectNode root = Json.object().put("_type", STATEMENT_TYPE);
        root.putArray(SUBJECT);
        root.put("predicateType", PREDICATE_TYPE);
        ObjectNode predicate = root.putObject("predicate");
        ObjectNode definition = predicate.putObject("buildDefinition")
                .put("buildType", BUILD_TYPE);
        ObjectNode external = definition.putObject("externalParameters");
        build.parameters.forEach(external::put);
        ObjectNode internal = definition.putObject("internalParameters");
        build.tools.forEach(tool -> internal.put(tool.name(), tool.purl()));
        ArrayNode dependencies = definition.putArray("resolvedDependencies");
        build.sources.forEach((uri, commit) -> dependencies.addObject().put("uri", uri)
                .putObject("digest").put("gitCommit", commit));
        for (Material material : build.materials) {
            ObjectNode node = dependencies.addObject().put("name", material.name())
                    .put("uri", "file:" + material.source());
            node.putObject("digest").put("sha256", material.digest("SHA-256"))
                    .put("sha512", material.digest("SHA-512"));
        }
        predicate.putObject("runDetails").putObject("builder").put("id", build.builder);
        return new Provenance(root).of(name, image);
    }

    /** The same build, whose result is called {@code name} and has this content: signed, say. */
    public Provenance of(String name, byte[] image) {
        ObjectNode changed = statement.deepCopy();
        ArrayNode subject = changed.withArray(SUBJECT);
        subject.removeAll();
        ObjectNode node = subject.addObject().put("name", name);
        digests(image).forEach(node.putObject("digest")::put);
        return new Provenance(changed);
    }

    private static Map<String, String> digests(byte[] image) {
        var result = new TreeMap<String, String>();
        result.put("sha256", Material.hexadecimal("SHA-256", image));
        result.put("sha512", Material.hexadecimal("SHA-512", image));
        return result;
    }

    /** Reads a statement; null when it is none of ours. */
    static Provenance parse(byte[] text) {
        ObjectNode root = Json.parse(text);
        return root != null && root.path("_type").asString("").equals(STATEMENT_TYPE)
                && root.path("predicateType").asString("").equals(PREDICATE_TYPE)
                && root.path(SUBJECT).isArray() ? new Provenance(root) : null;
    }

    /** Whether it is of an image with this content. */
    public boolean isOf(byte[] image) {
        Map<String, String> wanted = digests(image);
        return statement.path(SUBJECT).valueStream().anyMatch(subject ->
                wanted.entrySet().stream().allMatch(digest -> subject.path("digest")
                        .path(digest.getKey()).asString("").equals(digest.getValue())));
    }

    /** Who built it. */
    public String builder() {
        return statement.path("predicate").path("runDetails").path("builder").path("id")
                .asString("");
    }

    /** The JSON text. */
    public byte[] bytes() {
        return Json.bytes(statement);
    }
}
