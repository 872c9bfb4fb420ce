package k23.image.disk;

/**
 * Where the parts of a FAT volume lie (Microsoft, "FAT: General Overview of On-Disk Format" 1.03).
 *
 * @param bits 12, 16 or 32: the width of an entry, which the number of clusters alone decides
 * @param clusters the number of data clusters
 * @param clusterSectors sectors of a cluster
 * @param fatSectors sectors of one allocation table
 * @param reservedSectors sectors before the first table
 * @param rootSectors sectors of the fixed root directory; 0 with FAT32, where it is a chain
 */
record FatGeometry(
        int bits, int clusters, int clusterSectors, int fatSectors, int reservedSectors,
        int rootSectors) {
    static final int SECTOR_BYTES = 512;
    static final int TABLES = 2;
    /** Root entries of FAT12 and FAT16. */
    static final int ROOT_ENTRIES = 16;

    private static final int ENTRY_BYTES = 32;
    /** Clusters from which a volume is FAT16, and FAT32. */
    private static final int FAT16_FROM = 4085;
    private static final int FAT32_FROM = 65525;
    /** Drivers disagree about the exact bounds: keep this far from them, as the paper advises. */
    private static final int MARGIN = 16;

    /**
     * The smallest volume of at least {@code needed} clusters, {@code hiddenSectors} from the start
     * of the disk, whose data area starts there at a multiple of {@code alignSectors}.
     */
    static FatGeometry forClusters(
            int needed, int clusterSectors, int alignSectors, long hiddenSectors) {
        int clusters = awayFromBounds(needed);
        int bits = clusters < FAT16_FROM ? 12 : clusters < FAT32_FROM ? 16 : 32;
        long tableBits = (clusters + 2L) * bits;
        int fatSectors = (int) ((tableBits + SECTOR_BYTES * 8 - 1) / (SECTOR_BYTES * 8));
        int rootSectors = bits == 32 ? 0 : ROOT_ENTRIES * ENTRY_BYTES / SECTOR_BYTES;
        int least = bits == 32 ? 32 : 1;
        int end = least + TABLES * fatSectors + rootSectors;
        int padding = (int) Math.floorMod(-(hiddenSectors + end), (long) alignSectors);
        return new FatGeometry(
                bits, clusters, clusterSectors, fatSectors, least + padding, rootSectors);
    }

    private static int awayFromBounds(int clusters) {
        int result = Math.max(clusters, 1);
        for (int bound : new int[] {FAT16_FROM, FAT32_FROM}) {
            if (Math.abs(result - bound) < MARGIN) {
                result = bound + MARGIN;
            }
        }
        return result;
    }

    /** The first sector of the data area. */
    int dataSector() {
        return reservedSectors + TABLES * fatSectors + rootSectors;
    }

    /** The sectors of the volume. */
    long sectors() {
        return dataSector() + (long) clusters * clusterSectors;
    }

    int clusterBytes() {
        return clusterSectors * SECTOR_BYTES;
    }

    /** The byte of the volume at which {@code cluster} starts; data clusters count from 2. */
    long clusterAt(int cluster) {
        return dataSector() * (long) SECTOR_BYTES + (cluster - 2L) * clusterBytes();
    }

    /** The mark of a chain's end. */
    int endOfChain() {
        return switch (bits) {
            case 12 -> 0xFFF;
            case 16 -> 0xFFFF;
            default -> 0x0FFFFFFF;
        };
    }
}
