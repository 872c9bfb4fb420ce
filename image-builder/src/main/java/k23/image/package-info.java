/**
 * The image builder: from a manifest and ELF files to one signed file that boots.
 *
 * <p>{@code k23.image.manifest} reads {@code k23.yaml}; {@link k23.image.container} writes and
 * checks the signed boot container; {@link k23.image.loader} turns the loader's ELF file into a
 * Linux {@code Image}; {@link k23.image.disk} lays it out on a disk; {@link k23.image.sign} has the
 * keys. {@link k23.image.ImageBuilder} is the table of contents of a build.
 *
 * <p>What a user got wrong is an {@link k23.image.ImageException} of {@link k23.image.Problem}s;
 * any other exception is a bug of ours. The same input gives the same bytes on any machine and day.
 */
package k23.image;
