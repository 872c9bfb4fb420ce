package k23.sdk.trace;

import k23.sdk.Console;
import k23.sdk.NoAllocation;
import k23.sdk.word.Span;

/**
 * Where an instruction comes from.
 *
 * @param type   the class; empty for a WASM function, a symbol, or when nothing is known
 * @param method the method, or the WASM function's name; empty when unknown
 * @param file   the source file's name, or the WASM module's
 * @param line   the line, or the byte offset in the WASM module; 0 when unknown
 */
@NoAllocation
public record SourceLocation(Span type, Span method, Span file, int line) {
    /** Nothing is known. */
    public static final SourceLocation UNKNOWN =
            new SourceLocation(Span.EMPTY, Span.EMPTY, Span.EMPTY, 0);

    /** Whether anything is known. */
    public boolean isKnown() {
        return method.length() != 0;
    }

    /** Writes {@code Class.method} to the console. */
    void printMethod() {
        Console.write(type);
        if (type.length() != 0) {
            Console.write('.');
        }
        Console.write(method);
    }
}
