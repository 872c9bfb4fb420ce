package k23.sdk.trace;

import k23.sdk.word.Span;

/**
 * Where an instruction comes from.
 *
 * @param method    {@code Class.method}, or the WASM function's name; empty when unknown
 * @param file      the source file's name, or the WASM module's
 * @param line      the line, or the byte offset in the WASM module; 0 when unknown
 * @param inlinedAt the index of the location that this one was inlined at, or
 *                  {@link CodeTables#NONE}
 */
public record SourceLocation(Span method, Span file, int line, int inlinedAt) {
    /** Whether anything is known. */
    public boolean isKnown() {
        return method.length() != 0;
    }
}
