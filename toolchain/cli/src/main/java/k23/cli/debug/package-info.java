/**
 * {@code k23 debug}: gdb at the Java of a payload.
 *
 * <p>The loader puts a payload at a random address, which comes from the machine's seed. So the
 * machine boots twice with the same one: {@link k23.cli.debug.EntryAddress} lets the first say
 * where the payload lies, {@link k23.cli.debug.Debugger} tells gdb and starts the second.
 */
package k23.cli.debug;
