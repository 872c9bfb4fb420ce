package k23.sdk.asm;

/** Data and places. Values are little endian, at any alignment. */
public interface DataDirectives {
    /** Bytes. */
    void bytes(byte... values);

    /** A 16-bit value. */
    void half(int value);

    /** A 32-bit value. */
    void word(int value);

    /** A 64-bit value. */
    void dword(long value);

    /** The text's bytes, without a zero; characters up to 127. */
    void ascii(String text);

    /** Zero bytes. */
    void zero(int count);

    /** Zero bytes up to the next multiple of a power of two; the symbol gets that alignment. */
    void align(int bytes);

    /** Zero bytes up to an offset from the symbol's start. */
    void padTo(int offset);

    /** The 64-bit address of a symbol plus {@code addend}. */
    void addressOf(String symbol, long addend);

    /** The distance in bytes from one label to another, 64 bits. */
    void distance(Label from, Label to);

    /** The distance in bytes from one label to another, 32 bits. */
    void distance32(Label from, Label to);

    /** The distance from this place to a symbol, 32 bits. */
    void distance32(String symbol);

    /** Bytes emitted up to here. */
    int size();

    /**
     * Tells debuggers that from here on the interrupted registers lie at sp, register x<i>n</i> at
     * {@code registersOffset + 8n} and the interrupted pc at {@code pcOffset}.
     */
    void trapFrame(int registersOffset, int pcOffset);

    /** Tells debuggers that the trap frame is left here: just before sp changes back. */
    void trapFrameEnd();

    /** Makes another global symbol for this place. */
    void symbol(String name);
}
