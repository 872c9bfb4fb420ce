package k23.image.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.UUID;
import k23.image.ImageException;
import k23.image.Limits;
import k23.image.loader.LinuxHeader;

/** A whole disk with one bootable {@code Image}. */
public final class DiskImage {
    /** What the image, which starts the data area, is aligned to. */
    private static final int PAGE_SECTORS = Limits.PAGE_BYTES / Gpt.SECTOR_BYTES;
    /** Up to this size, which FAT12 reaches, a cluster is one sector: folders take less. */
    private static final int SMALL_BYTES = 1 << 20;
    /**
     * The partition's first sector, right behind the partition table. On small disks the six
     * sectors in front of its data end just at a page.
     */
    private static final int PARTITION_SECTOR = Gpt.FIRST_USABLE;
    /** Where UEFI looks on a removable medium (2.10, section 3.5.1.1); U-Boot is told so. */
    private static final String IMAGE = "EFI/BOOT/BOOTRISCV64.EFI";
    private static final String CONFIGURATION = "extlinux/extlinux.conf";

    private final byte[] bytes;
    private final int imageAt;

    private DiskImage(byte[] bytes, int imageAt) {
        this.bytes = bytes;
        this.imageAt = imageAt;
    }

    /**
     * Lays out a disk.
     *
     * @param image the Linux image
     * @param bootArguments what U-Boot passes to it, one line
     * @param identity what the identifiers derive from; it leaves out a signature, so that signing
     *     afterwards changes the signature alone
     */
    public static DiskImage layOut(byte[] image, String bootArguments, byte[] identity) {
        var files = new LinkedHashMap<String, byte[]>();
        files.put(IMAGE, image);
        files.put(CONFIGURATION, configuration(bootArguments));
        int volumeId = (int) id(identity, "volume").getMostSignificantBits();
        var volume = new FatVolume(
                files, image.length < SMALL_BYTES ? 1 : PAGE_SECTORS, PAGE_SECTORS, volumeId,
                PARTITION_SECTOR);
        long volumeSectors = volume.geometry().sectors();
        long sectors = PARTITION_SECTOR + volumeSectors + Gpt.TAIL_SECTORS;
        byte[] bytes = new byte[Math.toIntExact(sectors * Gpt.SECTOR_BYTES)];
        int volumeAt = PARTITION_SECTOR * Gpt.SECTOR_BYTES;
        var slice = ByteBuffer.wrap(bytes)
                .slice(volumeAt, Math.toIntExact(volumeSectors * Gpt.SECTOR_BYTES));
        int imageAt = volumeAt + volume.write(slice).get(IMAGE).intValue();
        new Gpt(id(identity, "disk"), id(identity, "partition"), PARTITION_SECTOR, volumeSectors)
                .write(ByteBuffer.wrap(bytes));
        var header = LinuxHeader.of(bytes);
        header.jumpTo(imageAt);
        // The image needs what it needs of memory also when the whole disk is loaded.
        header.describe(Math.max(bytes.length, imageAt + memoryBytes(image)));
        header.contentAt(imageAt);
        return new DiskImage(bytes, imageAt);
    }

    /** The memory that {@code image} asks for in front of its scratch. */
    private static long memoryBytes(byte[] image) {
        return !LinuxHeader.of(image).isPresent() ? 0
                : LinuxHeader.of(image).imageBytes() - LinuxHeader.SCRATCH_BYTES;
    }

    private static byte[] configuration(String bootArguments) {
        if (bootArguments.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("boot arguments are one line");
        }
        var append = bootArguments.isEmpty() ? "" : "  append " + bootArguments + "\n";
        var text = "default k23\nprompt 0\ntimeout 0\nlabel k23\n  kernel /" + IMAGE + "\n"
                + append;
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** An identifier derived from {@code identity}: RFC 9562's version 8. */
    private static UUID id(byte[] identity, String purpose) {
        try {
            var sha = MessageDigest.getInstance("SHA-512");
            sha.update(purpose.getBytes(StandardCharsets.US_ASCII));
            var digest = ByteBuffer.wrap(sha.digest(identity)).order(ByteOrder.BIG_ENDIAN);
            long high = digest.getLong() & ~0xF000L | 0x8000L;
            long low = digest.getLong() & ~(3L << 62) | 2L << 62;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether {@code bytes} start like a disk of ours. */
    public static boolean isDisk(byte[] bytes) {
        return bytes.length > 2 * Gpt.SECTOR_BYTES
                && LinuxHeader.of(bytes).isPresent()
                && "EFI PART".equals(new String(
                        bytes, Gpt.SECTOR_BYTES, 8, StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads a disk.
     *
     * @throws ImageException K23-4101 if it names no image
     */
    public static DiskImage parse(String place, byte[] bytes) {
        long imageAt = isDisk(bytes) ? LinuxHeader.of(bytes).contentAt() : 0;
        if (imageAt < PARTITION_SECTOR * Gpt.SECTOR_BYTES
                || imageAt > bytes.length - LinuxHeader.BYTES
                || imageAt % Limits.PAGE_BYTES != 0) {
            throw new ImageException("K23-4101", place, "not a k23 disk: it names no image");
        }
        return new DiskImage(bytes.clone(), (int) imageAt);
    }

    /** The image on the disk, and what lies behind it. */
    public byte[] image() {
        return Arrays.copyOfRange(bytes, imageAt, bytes.length);
    }

    /** This disk with {@code image} in place of the one on it; the sizes must agree. */
    public DiskImage with(byte[] image) {
        byte[] copy = bytes.clone();
        System.arraycopy(image, 0, copy, imageAt, image.length);
        return new DiskImage(copy, imageAt);
    }

    /** Where the image starts on the disk. */
    public int imageAt() {
        return imageAt;
    }

    /** The disk. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
