package k23.loader.container;

import k23.loader.crypto.Sha512;
import k23.loader.work.SharedWork;
import k23.sdk.riscv.IsaExtensions;
import k23.sdk.word.Span;

/**
 * The verification of a container (docs/FORMATS.md, "The container"): bounds, key, signature of the
 * whole header, rollback index, digests. Signature and digests are work that harts share: to
 * compute the digest of bytes that nobody has signed does no harm within bounds that have been
 * checked, and nothing is done with it unless the signature is right.
 */
public final class Verification extends SharedWork {
    /** What one hart has digested before this one has read what the firmware told. */
    private static final long HELPER_BYTES = 512 << 10;

    private final Sha512[] hashes = new Sha512[WORKERS];
    private final byte[][] digests = new byte[WORKERS][Sha512.DIGEST_BYTES];
    private SignedContainer container = new SignedContainer(Span.EMPTY);
    private VerifyingKeys keys = new VerifyingKeys(Span.EMPTY);
    private ContainerProblem header = ContainerProblem.BAD_MAGIC;
    private ContainerProblem sections = ContainerProblem.BAD_MAGIC;
    /** What is wrong with the signature, once piece 0 is finished. */
    private ContainerProblem signature = ContainerProblem.BAD_SIGNATURE;

    /** A verification, of nothing yet. */
    public Verification() {
        for (int i = 0; i < WORKERS; i++) {
            hashes[i] = new Sha512();
        }
    }

    /**
     * Checks the bounds of {@code container} and offers the rest to the harts.
     *
     * @param keys the keys that are trusted
     */
    public void begin(SignedContainer container, VerifyingKeys keys) {
        this.container = container;
        this.keys = keys;
        header = container.checkHeader();
        if (header != ContainerProblem.NONE) {
            return;
        }
        sections = container.checkSections();
        offer(1 + (sections == ContainerProblem.NONE ? container.chunks() : 0));
    }

    /** How many harts beside this one there is enough to do for. */
    public int helpers() {
        return sections != ContainerProblem.NONE ? 0
                : (int) (container.length() / HELPER_BYTES) + 1;
    }

    @Override
    public void learn(int worker, IsaExtensions hart) {
        hashes[worker].use(hart);
    }

    @Override
    protected boolean perform(int piece, int worker) {
        if (piece == 0) {
            signature = container.checkSignature(keys, hashes[worker]);
            return true;
        }
        return container.hasDigest(piece - 1, hashes[worker], digests[worker]);
    }

    /**
     * The first thing wrong with the container, or {@link ContainerProblem#NONE}: only then may it
     * be asked for what it holds.
     */
    public ContainerProblem finish() {
        if (header != ContainerProblem.NONE) {
            return header;
        }
        if (!complete()) {
            return ContainerProblem.UNFINISHED;
        }
        if (signature != ContainerProblem.NONE) {
            return signature;
        }
        if (sections != ContainerProblem.NONE) {
            return sections;
        }
        return isGood() ? ContainerProblem.NONE : ContainerProblem.BAD_DIGEST;
    }
}
