package k23.loader.compress;

/** Why LZ4 data is refused. */
public enum Lz4Problem {
    /** Nothing is wrong. */
    NONE("no problem"),
    /** Not an LZ4 frame. */
    BAD_MAGIC("not an LZ4 frame"),
    /** A version, reserved bit or dictionary, or dependent blocks. */
    UNSUPPORTED("unsupported LZ4 frame options"),
    /** The input ends early. */
    TRUNCATED("LZ4 data ends early"),
    /** A block is larger than the frame allows. */
    BLOCK_TOO_LARGE("LZ4 block is too large"),
    /** A match reaches before the start of the output. */
    BAD_DISTANCE("LZ4 match reaches before the output"),
    /** The output would exceed the promised size. */
    OUTPUT_TOO_LARGE("more data than the header promises"),
    /** The output is smaller than the promised size. */
    OUTPUT_TOO_SMALL("less data than the header promises"),
    /** There are bytes behind the frame. */
    TRAILING_BYTES("bytes behind the LZ4 frame");

    private final String message;

    Lz4Problem(String message) {
        this.message = message;
    }

    /** What is wrong, in words. */
    public String message() {
        return message;
    }
}
