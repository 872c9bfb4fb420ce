package k23.codegen.link;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the {@code .k23.*} tables as the kernel does, after the description of their format. */
final class CodeTablesReader {
    private final ElfFile elf;

    CodeTablesReader(ElfFile elf) {
        this.elf = elf;
    }

    private byte[] table(String name) {
        return elf.contents(elf.section(".k23." + name).orElseThrow());
    }

    private String string(int offset) {
        byte[] strings = table("strings");
        return new String(strings, offset + 4, LittleEndian.getInt(strings, offset),
                StandardCharsets.UTF_8);
    }

    List<String> functions() {
        byte[] t = table("functions");
        var result = new ArrayList<String>();
        for (int at = 0; at < t.length; at += 16) {
            result.add(string(LittleEndian.getInt(t, at + 8)) + " " + LittleEndian.getInt(t, at)
                    + "+" + LittleEndian.getInt(t, at + 4) + " line "
                    + LittleEndian.getInt(t, at + 12));
        }
        return result;
    }

    String at(int pc) {
        byte[] t = table("lines");
        int location = -1;
        for (int at = 0; at < t.length && LittleEndian.getInt(t, at) <= pc; at += 8) {
            location = LittleEndian.getInt(t, at + 4);
        }
        return location == -1 ? "none" : location(location);
    }

    private String location(int index) {
        byte[] t = table("locations");
        int at = index * 16;
        String here = string(LittleEndian.getInt(t, at)) + "("
                + string(LittleEndian.getInt(t, at + 4)) + ":" + LittleEndian.getInt(t, at + 8)
                + ")";
        int caller = LittleEndian.getInt(t, at + 12);
        return caller == -1 ? here : here + " < " + location(caller);
    }

    List<String> traps() {
        byte[] t = table("traps");
        var result = new ArrayList<String>();
        for (int at = 0; at < t.length; at += 12) {
            int message = LittleEndian.getInt(t, at + 8);
            result.add(LittleEndian.getInt(t, at) + " kind " + LittleEndian.getShort(t, at + 4)
                    + (message == -1 ? "" : " " + string(message)));
        }
        return result;
    }
}
