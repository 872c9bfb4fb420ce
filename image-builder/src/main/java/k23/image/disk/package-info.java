/**
 * A raw disk that boots in two ways: U-Boot finds {@code extlinux/extlinux.conf} and {@code Image}
 * in the FAT file system of its GPT partition; and because the disk's first sector is also a Linux
 * image header that jumps to that same {@code Image}, QEMU's {@code -kernel} takes the disk as it
 * is.
 *
 * <p>{@link k23.image.disk.DiskImage} puts {@link k23.image.disk.Gpt} and
 * {@link k23.image.disk.FatVolume} together. Identifiers derive from the content, dates are the
 * project's epoch: the same content gives the same disk.
 */
package k23.image.disk;
