package k23.loader.compress;

/** Why Zstandard data is refused. */
public enum ZstdProblem {
    /** Nothing is wrong. */
    NONE("no problem"),
    /** Neither a Zstandard frame nor a skippable one. */
    BAD_MAGIC("not a Zstandard frame"),
    /** A reserved bit or a window that no decoder has. */
    UNSUPPORTED("unsupported Zstandard frame options"),
    /** The frame needs a dictionary; there are none. */
    DICTIONARY("Zstandard frame needs a dictionary"),
    /** The input ends early. */
    TRUNCATED("Zstandard data ends early"),
    /** A block of the reserved type. */
    BAD_BLOCK("unknown type of Zstandard block"),
    /** A block is larger than the frame's window allows, packed or unpacked. */
    BLOCK_TOO_LARGE("Zstandard block is too large"),
    /** The header or the streams of a block's literals contradict themselves. */
    BAD_LITERALS("Zstandard literals are malformed"),
    /** The description of a Huffman code is none. */
    BAD_HUFFMAN("Huffman code is malformed"),
    /** The description of a table of finite state entropy is none. */
    BAD_TABLE("entropy table is malformed"),
    /** A block refers to a table of a block before it, and there is none. */
    NO_TABLE("block repeats a table that there is not"),
    /** The header or the stream of a block's sequences contradict themselves. */
    BAD_SEQUENCES("Zstandard sequences are malformed"),
    /** A match reaches before the start of the frame or of its window. */
    BAD_DISTANCE("Zstandard match reaches before the window"),
    /** The frame's content has another size than its header says. */
    BAD_CONTENT_SIZE("Zstandard frame has another size than its header says"),
    /** The frame's content has another checksum. */
    BAD_CHECKSUM("Zstandard checksum is wrong"),
    /** The output would exceed the promised size. */
    OUTPUT_TOO_LARGE("more data than the header promises"),
    /** The output is smaller than the promised size. */
    OUTPUT_TOO_SMALL("less data than the header promises");

    private final String message;

    ZstdProblem(String message) {
        this.message = message;
    }

    /** What is wrong, in words. */
    public String message() {
        return message;
    }
}
