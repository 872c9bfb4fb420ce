package k23.image.manifest;

import java.nio.file.Path;
import java.util.List;

/**
 * What must hold of every image of a manifest, whoever makes it.
 *
 * @param signers keys, private or public, one of which must sign; empty where any may
 * @param builders URIs, one of which the signed provenance must name as its builder; empty where
 *     there need be no provenance
 */
public record Policy(List<Path> signers, List<String> builders) {
    /** The policy that anything is allowed. */
    public static final Policy NONE = new Policy(List.of(), List.of());

    /** Copies the lists. */
    public Policy {
        signers = List.copyOf(signers);
        builders = List.copyOf(builders);
    }
}
