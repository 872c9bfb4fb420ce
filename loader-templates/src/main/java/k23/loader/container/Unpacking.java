package k23.loader.container;

import k23.loader.work.SharedWork;
import k23.sdk.word.Span;

/**
 * The unpacking of a container that has been verified. The blocks of its LZ4 sections are work that
 * harts share; other sections one hart unpacks alone.
 */
public final class Unpacking extends SharedWork {
    private SignedContainer container = new SignedContainer(Span.EMPTY);
    private Span payload = Span.EMPTY;
    private Span bundle = Span.EMPTY;
    private int payloadBlocks;
    private int bundleBlocks;

    /** An unpacking, of nothing yet. */
    public Unpacking() {}

    /**
     * Offers to unpack the sections of {@code container} to exactly all of the memory that is
     * given for them; {@code bundle} is empty when there is none.
     */
    public void begin(SignedContainer container, Span payload, Span bundle) {
        this.container = container;
        this.payload = payload;
        this.bundle = bundle;
        payloadBlocks = container.blocks(container.find(SignedContainer.PAYLOAD));
        bundleBlocks = container.blocks(container.find(SignedContainer.BUNDLE));
        offer(Math.max(payloadBlocks, 0) + Math.max(bundleBlocks, 0));
    }

    @Override
    protected boolean perform(int block, int worker) {
        return block < payloadBlocks
                ? container.unpackBlock(container.find(SignedContainer.PAYLOAD), block, payload)
                : container.unpackBlock(container.find(SignedContainer.BUNDLE),
                        block - Math.max(payloadBlocks, 0), bundle);
    }

    /**
     * What is wrong with what was unpacked, or {@link ContainerProblem#NONE}.
     *
     * @param workspace {@link SignedContainer#workspaceBytes} at a multiple of 8; what it holds
     *                  then is of no use
     */
    public ContainerProblem finish(Span workspace) {
        boolean isWhole = payloadBlocks >= 0 && bundleBlocks >= 0
                && (payloadBlocks > 0 || alone(SignedContainer.PAYLOAD, payload, workspace))
                && (bundleBlocks > 0 || alone(SignedContainer.BUNDLE, bundle, workspace));
        if (!complete()) {
            return ContainerProblem.UNFINISHED;
        }
        return isWhole && isGood() ? ContainerProblem.NONE : ContainerProblem.BAD_COMPRESSION;
    }

    private boolean alone(int kind, Span target, Span workspace) {
        int section = container.find(kind);
        return section < 0 || container.unpack(section, target, workspace);
    }
}
