package k23.image.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The entries of a FAT directory; long names where 8.3 upper case cannot say it. */
final class FatDirectory {
    private static final int ENTRY_BYTES = 32;
    private static final int LONG_UNITS = 13;
    private static final byte ATTRIBUTE_DIRECTORY = 0x10;
    private static final byte ATTRIBUTE_FILE = 0x20;
    private static final byte ATTRIBUTE_LABEL = 0x08;
    private static final byte ATTRIBUTE_LONG = 0x0F;
    private static final byte LAST_LONG = 0x40;
    /** 2026-01-01, the project's epoch: (year - 1980) << 9 | month << 5 | day. */
    private static final short DATE = (2026 - 1980) << 9 | 1 << 5 | 1;
    /** Where the 13 UTF-16 units of a long name's piece lie in its entry. */
    private static final int[] UNITS_AT = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};

    private FatDirectory() {}

    /** All directories but the root that {@code paths} lie in, in order of name. */
    static Collection<String> directoriesOf(Collection<String> paths) {
        var directories = new TreeSet<String>();
        for (String path : paths) {
            for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
                directories.add(path.substring(0, i));
            }
        }
        return directories;
    }

    /** The names directly in {@code directory}, in order. */
    private static List<String> namesIn(String directory, Collection<String> paths) {
        var all = new ArrayList<>(directoriesOf(paths));
        all.addAll(paths);
        var prefix = directory.isEmpty() ? "" : directory + "/";
        var names = new TreeSet<String>();
        for (String path : all) {
            if (path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0) {
                names.add(path.substring(prefix.length()));
            }
        }
        return List.copyOf(names);
    }

    /** The size of {@code directory} in bytes. */
    static int bytes(String directory, Collection<String> paths) {
        int entries = directory.isEmpty() ? 1 : 2; // the label, or "." and ".."
        for (String name : namesIn(directory, paths)) {
            entries += 1 + (isShort(name) ? 0 : longEntries(name));
        }
        return entries * ENTRY_BYTES;
    }

    static byte[] encode(
            String directory, Map<String, byte[]> files, Map<String, FatVolume.Run> runs) {
        var out = ByteBuffer.allocate(bytes(directory, files.keySet()))
                .order(ByteOrder.LITTLE_ENDIAN);
        if (directory.isEmpty()) {
            put(out, ascii("K23        "), ATTRIBUTE_LABEL, 0, 0);
        } else {
            int slash = directory.lastIndexOf('/');
            var parent = slash < 0 ? "" : directory.substring(0, slash);
            put(out, ascii(".          "), ATTRIBUTE_DIRECTORY, runs.get(directory).cluster(), 0);
            // The root is cluster 0 here even where FAT32 has it elsewhere.
            int up = parent.isEmpty() ? 0 : runs.get(parent).cluster();
            put(out, ascii("..         "), ATTRIBUTE_DIRECTORY, up, 0);
        }
        int ordinal = 1;
        for (String name : namesIn(directory, files.keySet())) {
            var path = directory.isEmpty() ? name : directory + "/" + name;
            byte[] alias = alias(name, ordinal++);
            if (!isShort(name)) {
                putLong(out, name, alias);
            }
            boolean file = files.containsKey(path);
            var run = runs.get(path);
            put(
                    out, alias, file ? ATTRIBUTE_FILE : ATTRIBUTE_DIRECTORY, run.cluster(),
                    file ? run.bytes() : 0);
        }
        return out.array();
    }

    private static void put(ByteBuffer out, byte[] name, byte attributes, int cluster, int bytes) {
        out.put(name).put(attributes).put((byte) 0).put((byte) 0);
        out.putShort((short) 0).putShort(DATE).putShort(DATE).putShort((short) (cluster >>> 16));
        out.putShort((short) 0).putShort(DATE).putShort((short) cluster).putInt(bytes);
    }

    private static boolean isShort(String name) {
        return name.matches("[A-Z0-9_-]{1,8}(\\.[A-Z0-9_-]{1,3})?");
    }

    private static int longEntries(String name) {
        return (name.length() + LONG_UNITS - 1) / LONG_UNITS;
    }

    /** The 11 bytes of an 8.3 name; {@code ordinal} makes the aliases of a directory unique. */
    private static byte[] alias(String name, int ordinal) {
        int dot = name.lastIndexOf('.');
        var base = dot > 0 ? name.substring(0, dot) : name;
        var extension = dot > 0 ? name.substring(dot + 1) : "";
        if (!isShort(name)) {
            var tail = "~" + ordinal;
            base = cleaned(base);
            base = base.substring(0, Math.min(base.length(), 8 - tail.length())) + tail;
            extension = cleaned(extension);
            extension = extension.substring(0, Math.min(extension.length(), 3));
        }
        return ascii(String.format(Locale.ROOT, "%-8s%-3s", base, extension));
    }

    private static String cleaned(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_-]", "");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The pieces of a long name, the last one first, bound to the alias by its checksum. */
    private static void putLong(ByteBuffer out, String name, byte[] alias) {
        int checksum = 0;
        for (byte b : alias) {
            checksum = ((checksum & 1) << 7 | (checksum & 0xFF) >>> 1) + b & 0xFF;
        }
        int count = longEntries(name);
        for (int piece = count; piece >= 1; piece--) {
            int at = out.position();
            out.put(at, (byte) (piece == count ? piece | LAST_LONG : piece));
            out.put(at + 11, ATTRIBUTE_LONG).put(at + 13, (byte) checksum);
            for (int i = 0; i < LONG_UNITS; i++) {
                int index = (piece - 1) * LONG_UNITS + i;
                int past = index == name.length() ? 0 : 0xFFFF; // a terminator, then filling
                int unit = index < name.length() ? name.charAt(index) : past;
                out.putShort(at + UNITS_AT[i], (short) unit);
            }
            out.position(at + ENTRY_BYTES);
        }
    }
}
