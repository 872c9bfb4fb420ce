package k23.runtime.wasi;

/** The {@code errno} values of WASI preview 1 that calls here give. */
public final class Errno {
    /** No error. */
    public static final int SUCCESS = 0;
    /** Not a descriptor. */
    public static final int BADF = 8;
    /** The file exists. */
    public static final int EXIST = 20;
    /** A pointer leads outside of the memory. */
    public static final int FAULT = 21;
    /** An argument that makes no sense. */
    public static final int INVAL = 28;
    /** Input or output failed. */
    public static final int IO = 29;
    /** A directory where a file is wanted. */
    public static final int ISDIR = 31;
    /** A name is too long. */
    public static final int NAMETOOLONG = 37;
    /** Too many open files. */
    public static final int MFILE = 33;
    /** No such file. */
    public static final int NOENT = 44;
    /** There is no such function. */
    public static final int NOSYS = 52;
    /** A file where a directory is wanted. */
    public static final int NOTDIR = 54;
    /** Not a socket. */
    public static final int NOTSOCK = 57;
    /** Not supported on this kind of descriptor. */
    public static final int NOTSUP = 58;
    /** The file system is read-only. */
    public static final int ROFS = 69;
    /** A pipe cannot seek. */
    public static final int SPIPE = 70;
    /** The descriptor does not carry the right. */
    public static final int NOTCAPABLE = 76;

    private Errno() {}
}
