package k23.codegen.link;

/**
 * Tells debuggers that code runs on a trap frame: from {@code start} to {@code end} the registers
 * of the interrupted code lie at sp, register x<i>n</i> at {@code registersOffset + 8n}.
 *
 * @param start           first offset where all is saved, in bytes from the definition's start
 * @param end             first offset where that no longer holds
 * @param registersOffset where x0 would be, in bytes from sp, a multiple of 8
 * @param pcOffset        where the interrupted pc is, in bytes from sp, a multiple of 8
 */
public record TrapFrame(int start, int end, int registersOffset, int pcOffset) {

    /** Checks the ranges. */
    public TrapFrame {
        if (start < 0 || end < start || registersOffset % 8 != 0 || pcOffset % 8 != 0) {
            throw new IllegalArgumentException("trap frame " + start + " " + end + " "
                    + registersOffset + " " + pcOffset);
        }
    }
}
