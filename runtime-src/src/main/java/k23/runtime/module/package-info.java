/**
 * What a WebAssembly binary says: types, index spaces, segments, and where the code lies.
 *
 * <p>A {@link k23.runtime.module.Module} comes out of {@link k23.runtime.parse.ModuleParser} and
 * is only known to be well-formed; {@link k23.runtime.validate.Validator} says whether it is valid.
 * Index spaces hold the imports first, as in the specification (Core 2.0, section 2.5). Names and
 * code are ranges of the binary, which is never copied: positions are indices into
 * {@link k23.runtime.module.Module#bytes}.
 *
 * <p>All of it is in the dialect and runs on the device and on the JVM alike.
 */
package k23.runtime.module;
