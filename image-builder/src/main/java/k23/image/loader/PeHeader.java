package k23.image.loader;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import k23.codegen.link.ElfFile.Segment;
import k23.image.ImageException;
import k23.image.Limits;

/**
 * The PE32+ headers of an image, behind its Linux header, which make the same file an application
 * for UEFI (Microsoft, "PE Format"; UEFI 2.10, section 2.1.1). Firmware loads every byte to its
 * offset in the file, and the last section has all that follows: container, stack, workspace.
 *
 * @param bytes the image
 */
public record PeHeader(ByteBuffer bytes) {
    /** The loader's symbol that UEFI calls; a loader without it gets no headers. */
    public static final String ENTRY_SYMBOL = "k23_loader_efi";
    /** Memory behind all that an SBI boot has, for talking to firmware. */
    public static final int WORKSPACE_BYTES = 64 << 10;

    private static final short MZ = 0x5A4D;
    private static final int OFFSET_AT = 60; // "e_lfanew", res3 of the Linux header
    private static final int SIGNATURE = 0x4550; // "PE\0\0"
    private static final short RISCV64 = 0x5064;
    private static final int COFF_BYTES = 24;
    private static final int DIRECTORIES = 6;
    private static final int OPTIONAL_BYTES = 112 + 8 * DIRECTORIES;
    private static final int SECTION_BYTES = 40;
    /** Executable; line numbers and symbols are not in the file. */
    private static final short CHARACTERISTICS = 0x0206;
    private static final short PE32_PLUS = 0x20B;
    private static final int FILE_ALIGNMENT = 512;
    private static final short EFI_APPLICATION = 10;
    private static final short NX_COMPATIBLE = 0x100;
    private static final int CODE = 0x20;
    private static final int DATA = 0x40;
    private static final int EXECUTE = 1 << 29;
    private static final int READ = 1 << 30;
    private static final int WRITE = 1 << 31;

    /**
     * A section.
     *
     * @param name at most eight characters
     * @param start its offset in file and memory
     * @param end the first byte behind it in memory
     * @param flags IMAGE_SCN_*
     */
    public record Section(String name, int start, int end, int flags) {
        /** Whether its pages may hold code. */
        public boolean isExecutable() {
            return (flags & EXECUTE) != 0;
        }

        /** Whether its pages may be written. */
        public boolean isWritable() {
            return (flags & WRITE) != 0;
        }
    }

    static PeHeader of(byte[] image) {
        return new PeHeader(ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** The next size of a file that its last section can end at. */
    static int aligned(int bytes) {
        return (bytes + FILE_ALIGNMENT - 1) & -FILE_ALIGNMENT;
    }

    private int at() {
        return bytes.getInt(OFFSET_AT);
    }

    /** Whether there are such headers. */
    public boolean isPresent() {
        return bytes.getShort(0) == MZ && at() >= LinuxHeader.BYTES
                && at() <= bytes.capacity() - COFF_BYTES - OPTIONAL_BYTES
                && bytes.getInt(at()) == SIGNATURE
                && sectionCount() <= (bytes.capacity() - sectionsAt()) / SECTION_BYTES;
    }

    private int sectionCount() {
        return bytes.getShort(at() + 6) & 0xFFFF;
    }

    private int sectionsAt() {
        return at() + COFF_BYTES + (bytes.getShort(at() + 20) & 0xFFFF);
    }

    /** The offset that UEFI calls. */
    public int entry() {
        return bytes.getInt(at() + COFF_BYTES + 16);
    }

    /** The memory that UEFI gives the image, in bytes. */
    public int imageBytes() {
        return bytes.getInt(at() + COFF_BYTES + 56);
    }

    /** The sections, in order. */
    public List<Section> sections() {
        var sections = new ArrayList<Section>();
        for (int i = 0; i < sectionCount(); i++) {
            int header = sectionsAt() + i * SECTION_BYTES;
            byte[] name = new byte[8];
            bytes.get(header, name);
            int start = bytes.getInt(header + 12);
            sections.add(new Section(
                    new String(name, StandardCharsets.ISO_8859_1).replace("\0", ""), start,
                    start + bytes.getInt(header + 8), bytes.getInt(header + 36)));
        }
        return sections;
    }

    /**
     * Writes the headers.
     *
     * @param entry the offset that UEFI calls
     * @param segments the loader's segments: a section each
     * @param fileBytes the size of loader and container
     * @param linuxBytes the memory that the Linux header asks for
     */
    void describe(long entry, List<Segment> segments, int fileBytes, long linuxBytes) {
        int imageBytes = Math.toIntExact(linuxBytes + WORKSPACE_BYTES);
        List<Section> sections = sections(segments, imageBytes);
        int tableAt = LinuxHeader.BYTES + COFF_BYTES + OPTIONAL_BYTES;
        if (!isZero(LinuxHeader.BYTES, Limits.PAGE_BYTES) || entry < Limits.PAGE_BYTES
                || entry >= sections.getFirst().end() || bytes.getShort(0) != MZ
                || at() != LinuxHeader.BYTES) {
            throw new ImageException(
                    "K23-4201", "loader", "cannot be the loader: its first page is not left to the"
                            + " headers of UEFI, or " + ENTRY_SYMBOL + " is not behind it");
        }
        bytes.position(LinuxHeader.BYTES);
        bytes.putInt(SIGNATURE).putShort(RISCV64).putShort((short) sections.size());
        bytes.putInt(0).putInt(0).putInt(0);
        bytes.putShort((short) OPTIONAL_BYTES).putShort(CHARACTERISTICS);
        optional((int) entry, sections, fileBytes, imageBytes);
        bytes.position(tableAt);
        for (Section section : sections) {
            int stored = Math.min(section.end(), aligned(fileBytes)) - section.start();
            bytes.put(name(section.name())).putInt(section.end() - section.start());
            bytes.putInt(section.start()).putInt(stored).putInt(section.start());
            bytes.putInt(0).putInt(0).putInt(0).putInt(section.flags());
        }
    }

    private boolean isZero(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] name(String name) {
        return ByteBuffer.allocate(8).put(name.getBytes(StandardCharsets.US_ASCII)).array();
    }

    private static List<Section> sections(List<Segment> segments, int imageBytes) {
        var loads = segments.stream().filter(Segment::isLoad).toList();
        var sections = new ArrayList<Section>();
        for (int i = 0; i < loads.size(); i++) {
            var load = loads.get(i);
            long start = i == 0 ? Limits.PAGE_BYTES : load.address();
            long end = i == loads.size() - 1 ? imageBytes : loads.get(i + 1).address();
            if (start % Limits.PAGE_BYTES != 0 || start >= end) {
                throw new ImageException(
                        "K23-4201", "loader", "cannot be the loader: its segments are not in order"
                                + " or not page-aligned");
            }
            sections.add(new Section(nameOf(load), (int) start, (int) end, flagsOf(load)));
        }
        return sections;
    }

    private static String nameOf(Segment load) {
        return load.isExecutable() ? ".text" : load.isWritable() ? ".data" : ".rodata";
    }

    private static int flagsOf(Segment load) {
        return READ | (load.isExecutable() ? CODE | EXECUTE : DATA)
                | (load.isWritable() ? WRITE : 0);
    }

    private void optional(int entry, List<Section> sections, int fileBytes, int imageBytes) {
        int code = sections.getFirst().end() - Limits.PAGE_BYTES;
        bytes.putShort(PE32_PLUS).putShort((short) 0);
        bytes.putInt(code).putInt(aligned(fileBytes) - Limits.PAGE_BYTES - code).putInt(0);
        bytes.putInt(entry).putInt(Limits.PAGE_BYTES);
        bytes.putLong(0); // the preferred address: none, the loader runs anywhere
        bytes.putInt(Limits.PAGE_BYTES).putInt(FILE_ALIGNMENT);
        bytes.putInt(0).putInt(2).putInt(0).putInt(0); // versions: of this image 2
        bytes.putInt(imageBytes).putInt(Limits.PAGE_BYTES).putInt(0);
        bytes.putShort(EFI_APPLICATION).putShort(NX_COMPATIBLE);
        bytes.putLong(0).putLong(0).putLong(0).putLong(0); // stack and heap are the firmware's
        bytes.putInt(0).putInt(DIRECTORIES);
        bytes.put(new byte[8 * DIRECTORIES]);
    }
}
