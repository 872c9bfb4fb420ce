/**
 * The loader: what firmware starts, and what starts the payload.
 *
 * <p>{@link k23.loader.Loader} is the table of contents of a boot. It trusts nobody: firmware's
 * device tree is checked before it is read, the payload is verified before it is unpacked, and
 * unpacked before it is parsed. Whatever goes wrong has a name, which ends up on the console, and
 * the machine stops with a status other than zero.
 */
package k23.loader;
