package k23.codegen.compiler.type;

/** The type of a variable. */
public sealed interface JavaType permits Scalar, ReferenceType, RecordType {
    /** Size in memory in bytes, padded to a multiple of {@link #alignment()}. */
    int bytes();

    /** Alignment in memory in bytes. */
    int alignment();

    /** The field descriptor (JVMS 4.3.2). */
    String descriptor();
}
