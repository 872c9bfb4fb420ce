package k23.loader.container;

import k23.loader.work.SharedWork;
import k23.sdk.word.Span;

/**
 * The unpacking of one section of a container that has been verified. The blocks of an LZ4 section
 * are work that harts share; any other one hart unpacks alone.
 */
public final class Unpacking extends SharedWork {
    private final int kind;
    private SignedContainer container = new SignedContainer(Span.EMPTY);
    private int section = -1;
    private Span target = Span.EMPTY;
    private int blocks;

    /**
     * An unpacking, of nothing yet.
     *
     * @param kind the kind of the section
     */
    public Unpacking(int kind) {
        this.kind = kind;
    }

    /**
     * Offers to unpack the section of {@code container}, if it has one, to exactly all of
     * {@code target}.
     */
    public void begin(SignedContainer container, Span target) {
        this.container = container;
        this.target = target;
        section = container.find(kind);
        blocks = container.blocks(section);
        offer(Math.max(blocks, 0));
    }

    @Override
    protected boolean perform(int block, int worker) {
        return container.unpackBlock(section, block, target);
    }

    /**
     * What is wrong with what was unpacked, or {@link ContainerProblem#NONE}.
     *
     * @param workspace {@link SignedContainer#workspaceBytes} at a multiple of 8; what it holds
     *                  then is of no use
     */
    public ContainerProblem finish(Span workspace) {
        boolean isWhole = blocks > 0 || blocks == 0
                && (section < 0 || container.unpack(section, target, workspace));
        if (!complete()) {
            return ContainerProblem.UNFINISHED;
        }
        return isWhole && isGood() ? ContainerProblem.NONE : ContainerProblem.BAD_COMPRESSION;
    }
}
