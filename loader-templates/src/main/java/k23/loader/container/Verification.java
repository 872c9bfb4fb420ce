package k23.loader.container;

import k23.loader.crypto.Sha512;
import k23.loader.work.SharedWork;
import k23.sdk.word.Span;

/**
 * The verification of a container (docs/FORMATS.md, "The container"): bounds, key, signature of the
 * whole header, rollback index, digests. The digests are work that harts share while one of them
 * checks the signature: to compute the digest of bytes that nobody has signed does no harm within
 * bounds that have been checked, and nothing is done with it unless the signature is right.
 */
public final class Verification extends SharedWork {
    private final Sha512[] hashes = new Sha512[WORKERS];
    private final byte[][] digests = new byte[WORKERS][Sha512.DIGEST_BYTES];
    private SignedContainer container = new SignedContainer(Span.EMPTY);
    private ContainerProblem layout = ContainerProblem.BAD_MAGIC;

    /** A verification, of nothing yet. */
    public Verification() {
        for (int i = 0; i < WORKERS; i++) {
            hashes[i] = new Sha512();
        }
    }

    /** Checks the bounds of {@code container} and offers its chunks to the harts. */
    public void begin(SignedContainer container) {
        this.container = container;
        layout = container.checkHeader();
        if (layout == ContainerProblem.NONE) {
            layout = container.checkSections();
        }
        offer(layout == ContainerProblem.NONE ? container.chunks() : 0);
    }

    @Override
    protected boolean perform(int chunk, int worker) {
        return container.hasDigest(chunk, hashes[worker], digests[worker]);
    }

    /**
     * The first thing wrong with the container, or {@link ContainerProblem#NONE}: only then may it
     * be asked for what it holds.
     *
     * @param keys the keys that are trusted
     */
    public ContainerProblem finish(VerifyingKeys keys) {
        ContainerProblem problem = container.checkSignature(keys);
        if (problem != ContainerProblem.NONE) {
            return problem;
        }
        if (layout != ContainerProblem.NONE) {
            return layout;
        }
        if (!complete()) {
            return ContainerProblem.UNFINISHED;
        }
        return isGood() ? ContainerProblem.NONE : ContainerProblem.BAD_DIGEST;
    }
}
