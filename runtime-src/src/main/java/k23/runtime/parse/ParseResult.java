package k23.runtime.parse;

import k23.runtime.module.Failure;
import k23.runtime.module.Module;

/**
 * What came out of reading a module.
 *
 * @param module  the module; only as far as it was read when it failed
 * @param failure what is wrong, or {@link Failure#NONE}
 */
public record ParseResult(Module module, Failure failure) {}
