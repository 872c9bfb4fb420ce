package k23.sdk.devicetree;

/** Why a device tree cannot be read. */
public enum DeviceTreeProblem {
    /** Nothing is wrong. */
    NONE("no problem"),
    /** The pointer is null or misaligned, or there is no device tree where it points. */
    BAD_MAGIC("there is no device tree"),
    /** The version is older than 16 or the size absurd. */
    UNSUPPORTED("unsupported device tree version or size"),
    /** A block lies outside of the tree. */
    BAD_BOUNDS("device tree blocks are out of bounds"),
    /** A token, name or property that is malformed or cut off. */
    BAD_STRUCTURE("device tree structure is malformed"),
    /** Nodes nested deeper than {@link DeviceTree#MAX_DEPTH}. */
    TOO_DEEP("device tree is nested too deeply");

    private final String message;

    DeviceTreeProblem(String message) {
        this.message = message;
    }

    /** What is wrong, in words. */
    public String message() {
        return message;
    }
}
