package k23.image;

/** The bounds of manifests and images, in one place; a message names the bound that is hit. */
public final class Limits {
    private Limits() {}

    /** The largest section, unpacked, in bytes: what the loader accepts. */
    public static final long SECTION_BYTES = 256L << 20;
    /** The most sections of a boot container: one of a kind. */
    public static final int SECTIONS = 2;
    /** The most chunks of a section: the header stays within a page. */
    public static final int CHUNKS = 16;
    /** The most verifying keys that the loader holds. */
    public static final int KEYS = 8;
    /** The least memory, in MiB, that the loader and the kernel run in. */
    public static final int MIN_MEMORY_MIB = 32;
    /** The most memory of a machine, in MiB. */
    public static final int MAX_MEMORY_MIB = 1 << 20;
    /** The most harts of a machine. */
    public static final int HARTS = 64;
    /** The most programs of an image. */
    public static final int PROGRAMS = 64;
    /** The most files that a folder may bring into an image. */
    public static final int FILES = 65536;
    /** The longest boot arguments, in bytes. */
    public static final int BOOT_ARGUMENTS_BYTES = 2048;
    /** The longest manifest, in bytes. */
    public static final int MANIFEST_BYTES = 1 << 20;
    /** The boundary, in bytes, of the container in an image and of an image on a disk. */
    public static final int PAGE_BYTES = 4096;
}
