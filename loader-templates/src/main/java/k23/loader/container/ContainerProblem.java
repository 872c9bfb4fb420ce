package k23.loader.container;

/** Why a container is refused. */
public enum ContainerProblem {
    /** Nothing is wrong. */
    NONE("no problem"),
    /** There is no container behind the loader. */
    BAD_MAGIC("no signed payload"),
    /** A version, flag or reserved field that this loader does not know. */
    UNSUPPORTED("unknown container version or flags"),
    /** Sizes that do not fit together, or a container that is cut off. */
    BAD_BOUNDS("container header is damaged or the container is cut off"),
    /** No verifying key has this id. */
    UNKNOWN_KEY("signed by a key that this loader does not know"),
    /** The header's signature is wrong. */
    BAD_SIGNATURE("signature is wrong"),
    /** The rollback index is lower than this loader accepts. */
    ROLLED_BACK("older than this loader accepts"),
    /** A section's digest is wrong. */
    BAD_DIGEST("section digest is wrong"),
    /** Another hart keeps a part of the work. */
    UNFINISHED("a hart does not finish its part"),
    /** There is no payload, or more than one section of a kind. */
    BAD_SECTIONS("payload section is missing or doubled"),
    /** A section is too large, or its compression is unknown or failed. */
    BAD_COMPRESSION("section does not decompress");

    private final String message;

    ContainerProblem(String message) {
        this.message = message;
    }

    /** What is wrong, in words. */
    public String message() {
        return message;
    }
}
