package k23.codegen.link;

import java.util.Objects;

/**
 * Where an instruction comes from. Equal locations are stored once.
 *
 * @param method    what a backtrace shows, for example {@code Console.write}; for WASM the
 *                  function's name
 * @param file      source file name without folders; for WASM the module's name
 * @param line      line from 1, 0 when unknown; for WASM the byte offset in the module
 * @param inlinedAt the call that {@code method} was inlined at, or null
 */
public record Location(String method, String file, int line, Location inlinedAt) {

    /** Checks that the names are there. */
    public Location {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(file, "file");
    }

    /** A location that is not part of an inlined call. */
    public static Location of(String method, String file, int line) {
        return new Location(method, file, line, null);
    }

    /** The call, or instruction, in the function itself: this location without what is inlined. */
    Location outermost() {
        Location result = this;
        while (result.inlinedAt() != null) {
            result = result.inlinedAt();
        }
        return result;
    }
}
