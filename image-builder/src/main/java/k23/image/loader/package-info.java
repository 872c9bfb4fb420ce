/**
 * The loader as a flat Linux {@code Image}: its ELF file's segments at their addresses, the keys
 * that it trusts patched in, its variables packed, the signed container behind it.
 *
 * <p>The Linux header's reserved words carry offsets of ours, so that {@code k23 verify} looks
 * at the very bytes that the loader will look at: {@code res1} where the keys are, {@code res2}
 * where the container is and what moves at the start. Firmware ignores them.
 */
package k23.image.loader;
