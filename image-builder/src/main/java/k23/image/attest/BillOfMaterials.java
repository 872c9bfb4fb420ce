package k23.image.attest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A software bill of materials in CycloneDX 1.6: what is in an image, each part with its digest,
 * and what built it. It says nothing of the signature, so that it is the same before and after
 * signing; and no time, so that the same build gives the same bytes.
 *
 * @param image the image's name
 * @param materials what it was made of
 * @param tools what made it
 */
public record BillOfMaterials(String image, List<Material> materials, List<Tool> tools) {
    private static final String IMAGE = "image";

    /** The JSON text. */
    public byte[] bytes() {
        ObjectNode root = Json.object();
        root.put("bomFormat", "CycloneDX").put("specVersion", "1.6")
                .put("serialNumber", "urn:uuid:" + serialNumber()).put("version", 1);
        ObjectNode metadata = root.putObject("metadata");
        ArrayNode toolComponents = metadata.putObject("tools").putArray("components");
        for (Tool tool : tools) {
            toolComponents.addObject().put("type", "application").put("name", tool.name())
                    .put("version", tool.version()).put("purl", tool.purl());
        }
        metadata.putObject("component").put("type", "firmware").put("bom-ref", IMAGE)
                .put("name", image);
        ArrayNode components = root.putArray("components");
        for (int i = 0; i < materials.size(); i++) {
            component(components.addObject(), i);
        }
        ArrayNode dependsOn = root.putArray("dependencies").addObject().put("ref", IMAGE)
                .putArray("dependsOn");
        for (int i = 0; i < materials.size(); i++) {
            dependsOn.add(reference(i));
        }
        return Json.bytes(root);
    }

    private void component(ObjectNode node, int index) {
        Material material = materials.get(index);
        node.put("type", material.kind().componentType()).put("bom-ref", reference(index))
                .put("name", material.name());
        ArrayNode hashes = node.putArray("hashes");
        for (String algorithm : List.of("SHA-256", "SHA-512")) {
            hashes.addObject().put("alg", algorithm).put("content", material.digest(algorithm));
        }
        node.putArray("properties").addObject().put("name", "k23:source")
                .put("value", material.source());
    }

    private String reference(int index) {
        return materials.get(index).kind().name().toLowerCase(Locale.ROOT) + "-" + index;
    }

    /** A UUID of version 8 (RFC 9562, section 5.8) from a digest of everything else. */
    private UUID serialNumber() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Material material : materials) {
                sha.update((material.kind() + "\n" + material.name() + "\n"
                        + material.digest("SHA-256") + "\n").getBytes(StandardCharsets.UTF_8));
            }
            for (Tool tool : tools) {
                sha.update((tool.purl() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            ByteBuffer digest = ByteBuffer.wrap(sha.digest());
            return new UUID(digest.getLong() & ~0xf000L | 0x8000L,
                    digest.getLong() & ~(3L << 62) | 2L << 62);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
