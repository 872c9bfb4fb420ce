package k23.image.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * A GUID partition table with one partition (UEFI specification 2.10, chapter 5): protective MBR,
 * header and entries at the start of the disk, their copies at its end.
 *
 * @param diskId the disk's identifier
 * @param partitionId the partition's identifier
 * @param firstSector the partition's first sector
 * @param sectors its number of sectors
 */
record Gpt(UUID diskId, UUID partitionId, long firstSector, long sectors) {
    static final int SECTOR_BYTES = 512;
    /** Sectors of the entries, 128 of 128 bytes each as the specification asks at least. */
    static final int ENTRY_SECTORS = 32;
    /** The first sector that a partition may use. */
    static final int FIRST_USABLE = 2 + ENTRY_SECTORS;
    /** Sectors behind the last usable one: the copies of entries and header. */
    static final int TAIL_SECTORS = ENTRY_SECTORS + 1;

    private static final int ENTRIES = 128;
    private static final int ENTRY_BYTES = 128;
    private static final int HEADER_BYTES = 92;
    private static final int REVISION = 0x00010000;
    private static final long SIGNATURE = 0x5452415020494645L; // "EFI PART"
    private static final UUID EFI_SYSTEM = UUID.fromString("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");
    /** Attribute 2, "legacy BIOS bootable": U-Boot looks for extlinux on such partitions. */
    private static final long BOOTABLE = 1L << 2;
    private static final int MBR_ENTRY_AT = 446;
    private static final int MBR_SIGNATURE_AT = 510;

    /** Writes MBR, headers and entries into {@code disk}, leaving the MBR's code area alone. */
    void write(ByteBuffer disk) {
        disk.order(ByteOrder.LITTLE_ENDIAN);
        long diskSectors = disk.capacity() / SECTOR_BYTES;
        protectiveMbr(disk, diskSectors);
        byte[] entries = entries();
        long last = diskSectors - 1;
        put(disk, 2, entries);
        put(disk, diskSectors - TAIL_SECTORS, entries);
        put(disk, 1, header(1, last, 2, diskSectors, entries));
        put(disk, last, header(last, 1, diskSectors - TAIL_SECTORS, diskSectors, entries));
    }

    private static void protectiveMbr(ByteBuffer disk, long diskSectors) {
        disk.position(MBR_ENTRY_AT);
        disk.put((byte) 0).put((byte) 0).put((byte) 2).put((byte) 0); // starts at C/H/S 0/0/2
        disk.put((byte) 0xEE).put((byte) 0xFF).put((byte) 0xFF).put((byte) 0xFF);
        disk.putInt(1).putInt((int) Math.min(diskSectors - 1, 0xFFFFFFFFL));
        disk.putShort(MBR_SIGNATURE_AT, (short) 0xAA55);
    }

    private byte[] entries() {
        var entry = ByteBuffer.allocate(ENTRIES * ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        putId(entry, EFI_SYSTEM);
        putId(entry, partitionId);
        entry.putLong(firstSector).putLong(firstSector + sectors - 1).putLong(BOOTABLE);
        entry.put("k23".getBytes(StandardCharsets.UTF_16LE));
        return entry.array();
    }

    private byte[] header(long own, long other, long entriesAt, long diskSectors, byte[] entries) {
        var header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(SIGNATURE).putInt(REVISION).putInt(HEADER_BYTES).putInt(0).putInt(0);
        header.putLong(own).putLong(other);
        header.putLong(FIRST_USABLE).putLong(diskSectors - TAIL_SECTORS - 1);
        putId(header, diskId);
        header.putLong(entriesAt).putInt(ENTRIES).putInt(ENTRY_BYTES).putInt(crc(entries));
        header.putInt(16, crc(header.array()));
        return header.array();
    }

    private static void put(ByteBuffer disk, long sector, byte[] bytes) {
        disk.put(Math.toIntExact(sector * SECTOR_BYTES), bytes);
    }

    /** GUIDs are mixed-endian: the first three fields little, the rest as written. */
    private static void putId(ByteBuffer out, UUID id) {
        long high = id.getMostSignificantBits();
        out.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
        out.putLong(Long.reverseBytes(id.getLeastSignificantBits()));
    }

    private static int crc(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
