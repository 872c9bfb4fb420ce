package k23.image.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A FAT volume being laid out: every file and directory is one contiguous run of clusters, in the
 * order in which the files were given, directories behind them. FAT12, 16 or 32 as the size asks.
 */
final class FatVolume {
    private static final byte MEDIA = (byte) 0xF8;
    private static final int BOOT_SIGNATURE_AT = 510;
    private static final int FAT32_INFO_SECTOR = 1;
    private static final int FAT32_BACKUP_SECTOR = 6;
    private static final int UNKNOWN = -1;

    private final FatGeometry geometry;
    private final int volumeId;
    private final long hiddenSectors;
    private final SequencedMap<String, byte[]> files;
    private final SequencedMap<String, Run> runs = new LinkedHashMap<>();
    private int nextCluster = 2;

    /** A run of clusters: the first one, and how many bytes are in use. */
    record Run(int cluster, int bytes) {}

    /**
     * A volume of {@code files}, keyed by path with {@code /} between names, the first of them at
     * the very start of the data area.
     *
     * @param alignSectors what the start of the data area is a multiple of, on the disk
     * @param hiddenSectors the sectors of the disk before the volume
     */
    FatVolume(
            SequencedMap<String, byte[]> files, int clusterSectors, int alignSectors, int volumeId,
            long hiddenSectors) {
        this.files = files;
        this.volumeId = volumeId;
        this.hiddenSectors = hiddenSectors;
        int clusterBytes = clusterSectors * FatGeometry.SECTOR_BYTES;
        int needed = 1; // FAT32's root directory
        for (byte[] content : files.values()) {
            needed += clustersOf(content.length, clusterBytes);
        }
        for (String directory : FatDirectory.directoriesOf(files.keySet())) {
            needed += clustersOf(FatDirectory.bytes(directory, files.keySet()), clusterBytes);
        }
        this.geometry = FatGeometry.forClusters(
                needed, clusterSectors, alignSectors, hiddenSectors);
    }

    private static int clustersOf(int bytes, int clusterBytes) {
        return (bytes + clusterBytes - 1) / clusterBytes;
    }

    FatGeometry geometry() {
        return geometry;
    }

    /** Writes the volume into {@code out}, which has its size; returns where each file starts. */
    Map<String, Long> write(ByteBuffer out) {
        out.order(ByteOrder.LITTLE_ENDIAN);
        allocate();
        files.forEach((path, content) -> putAt(out, runs.get(path), content));
        for (String directory : FatDirectory.directoriesOf(files.keySet())) {
            putAt(out, runs.get(directory), FatDirectory.encode(directory, files, runs));
        }
        byte[] root = FatDirectory.encode("", files, runs);
        if (geometry.bits() == 32) {
            putAt(out, runs.get(""), root);
        } else {
            int rootAt = geometry.dataSector() - geometry.rootSectors();
            out.put(rootAt * FatGeometry.SECTOR_BYTES, root);
        }
        bootSector(out);
        tables(out);
        var offsets = new LinkedHashMap<String, Long>();
        for (String path : files.keySet()) {
            offsets.put(path, geometry.clusterAt(runs.get(path).cluster()));
        }
        return offsets;
    }

    private void allocate() {
        files.forEach((path, content) -> allocate(path, content.length));
        List<String> directories = new ArrayList<>(FatDirectory.directoriesOf(files.keySet()));
        for (String directory : directories) {
            allocate(directory, FatDirectory.bytes(directory, files.keySet()));
        }
        if (geometry.bits() == 32) {
            allocate("", FatDirectory.bytes("", files.keySet()));
        } else {
            runs.put("", new Run(0, 0));
        }
    }

    private void allocate(String path, int bytes) {
        runs.put(path, new Run(bytes == 0 ? 0 : nextCluster, bytes));
        nextCluster += clustersOf(bytes, geometry.clusterBytes());
    }

    private void putAt(ByteBuffer out, Run run, byte[] content) {
        if (content.length > 0) {
            out.put(Math.toIntExact(geometry.clusterAt(run.cluster())), content);
        }
    }

    private void bootSector(ByteBuffer out) {
        boolean wide = geometry.bits() == 32;
        var boot = ByteBuffer.allocate(FatGeometry.SECTOR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        boot.put((byte) 0xEB).put((byte) (wide ? 0x58 : 0x3C)).put((byte) 0x90);
        boot.put("K23     ".getBytes(StandardCharsets.US_ASCII));
        boot.putShort((short) FatGeometry.SECTOR_BYTES).put((byte) geometry.clusterSectors());
        boot.putShort((short) geometry.reservedSectors()).put((byte) FatGeometry.TABLES);
        boot.putShort((short) (wide ? 0 : FatGeometry.ROOT_ENTRIES));
        boolean small = geometry.sectors() < 0x10000;
        boot.putShort((short) (small ? geometry.sectors() : 0)).put(MEDIA);
        boot.putShort((short) (wide ? 0 : geometry.fatSectors()));
        boot.putShort((short) 63).putShort((short) 255).putInt((int) hiddenSectors);
        boot.putInt(small ? 0 : (int) geometry.sectors());
        if (wide) {
            boot.putInt(geometry.fatSectors()).putShort((short) 0).putShort((short) 0);
            boot.putInt(runs.get("").cluster());
            boot.putShort((short) FAT32_INFO_SECTOR).putShort((short) FAT32_BACKUP_SECTOR);
            boot.put(new byte[12]);
        }
        boot.put((byte) 0x80).put((byte) 0).put((byte) 0x29).putInt(volumeId);
        boot.put("K23        ".getBytes(StandardCharsets.US_ASCII));
        boot.put(("FAT" + geometry.bits() + "   ").getBytes(StandardCharsets.US_ASCII));
        boot.putShort(BOOT_SIGNATURE_AT, (short) 0xAA55);
        out.put(0, boot.array());
        if (wide) {
            out.put(FAT32_BACKUP_SECTOR * FatGeometry.SECTOR_BYTES, boot.array());
            infoSector(out, FAT32_INFO_SECTOR);
            infoSector(out, FAT32_BACKUP_SECTOR + FAT32_INFO_SECTOR);
        }
    }

    private void infoSector(ByteBuffer out, int sector) {
        int at = sector * FatGeometry.SECTOR_BYTES;
        out.putInt(at, 0x41615252).putInt(at + 484, 0x61417272);
        out.putInt(at + 488, geometry.clusters() + 2 - nextCluster);
        out.putInt(at + 492, UNKNOWN).putInt(at + 508, 0xAA550000);
    }

    private void tables(ByteBuffer out) {
        int[] table = new int[geometry.clusters() + 2];
        table[0] = geometry.endOfChain() & ~0xFF | MEDIA & 0xFF;
        table[1] = geometry.endOfChain();
        for (Run run : runs.values()) {
            int count = clustersOf(run.bytes(), geometry.clusterBytes());
            for (int i = 0; i < count; i++) {
                boolean last = i == count - 1;
                table[run.cluster() + i] = last ? geometry.endOfChain() : run.cluster() + i + 1;
            }
        }
        byte[] packed = pack(table);
        for (int copy = 0; copy < FatGeometry.TABLES; copy++) {
            int sector = geometry.reservedSectors() + copy * geometry.fatSectors();
            out.put(sector * FatGeometry.SECTOR_BYTES, packed);
        }
    }

    /** The entries, {@link FatGeometry#bits} bits each, low bits first. */
    private byte[] pack(int[] table) {
        byte[] packed = new byte[geometry.fatSectors() * FatGeometry.SECTOR_BYTES];
        for (int i = 0; i < table.length; i++) {
            for (int nibble = 0; nibble < geometry.bits() / 4; nibble++) {
                int position = i * (geometry.bits() / 4) + nibble;
                int value = table[i] >>> (4 * nibble) & 0xF;
                packed[position / 2] |= (byte) (value << (4 * (position & 1)));
            }
        }
        return packed;
    }
}
