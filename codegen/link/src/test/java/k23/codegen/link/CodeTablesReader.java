package k23.codegen.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

    /** Reads numbers one behind the other. */
    private static final class Numbers {
        private final byte[] bytes;
        private int at;

        Numbers(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        int unsigned() {
            int value = 0;
            for (int shift = 0;; shift += 7) {
                int next = bytes[at++];
                value |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        int signed() {
            int value = unsigned();
            return (value & 1) == 0 ? value >>> 1 : ~(value >>> 1);
        }
    }

    /** What the reader of one table does with each entry. */
    private interface Entries {
        void read(int key, boolean isFirst, Numbers numbers);
    }

    /** Reads a table from end to end: that the index agrees is a part of it. */
    private void read(String name, Entries entries) {
        byte[] t = table(name);
        int blocks = LittleEndian.getInt(t, 0);
        var numbers = new Numbers(t, 4 + 8 * blocks);
        for (int block = 0; block < blocks; block++) {
            assertEquals(LittleEndian.getInt(t, 8 + 8 * block), numbers.at);
            int end = block + 1 < blocks ? LittleEndian.getInt(t, 16 + 8 * block) : t.length;
            boolean isFirst = true;
            while (numbers.at < end) {
                entries.read(LittleEndian.getInt(t, 4 + 8 * block), isFirst, numbers);
                isFirst = false;
            }
        }
        assertEquals(t.length, numbers.at);
    }

    private String string(int offset) {
        byte[] strings = table("strings");
        var numbers = new Numbers(strings, offset);
        int bytes = numbers.unsigned();
        return new String(strings, numbers.at, bytes, StandardCharsets.UTF_8);
    }

    private String method(int offset) {
        var numbers = new Numbers(table("strings"), offset);
        int bytes = numbers.unsigned();
        numbers.at += bytes;
        return string(offset) + "(" + string(numbers.unsigned());
    }

    List<String> functions() {
        byte[] t = table("functions");
        var result = new ArrayList<String>();
        for (int at = 0; at < t.length; at += 12) {
            result.add(string(LittleEndian.getInt(t, at + 8)) + " " + LittleEndian.getInt(t, at)
                    + "+" + LittleEndian.getInt(t, at + 4));
        }
        return result;
    }

    String at(int pc) {
        int[] state = new int[3];
        read("lines", (key, isFirst, numbers) -> {
            state[0] = (isFirst ? key : state[0]) + numbers.unsigned();
            state[1] = (isFirst ? 0 : state[1]) + numbers.signed();
            state[2] = state[0] <= pc ? state[1] : state[2];
        });
        return state[2] == 0 ? "none" : location(state[2] - 1);
    }

    private String location(int index) {
        var texts = new ArrayList<String>();
        int[] line = new int[1];
        read("locations", (key, isFirst, numbers) -> {
            String method = method(numbers.unsigned());
            line[0] = (isFirst ? 0 : line[0]) + numbers.signed();
            int back = numbers.unsigned();
            texts.add(method + ":" + line[0] + ")"
                    + (back == 0 ? "" : " < " + texts.get(texts.size() - back)));
        });
        return texts.get(index);
    }

    List<String> traps() {
        var result = new ArrayList<String>();
        int[] pc = new int[1];
        read("traps", (key, isFirst, numbers) -> {
            pc[0] = (isFirst ? key : pc[0]) + numbers.unsigned();
            int kind = numbers.unsigned();
            result.add(pc[0] + " kind " + (kind >> 1)
                    + ((kind & 1) == 0 ? "" : " " + string(numbers.unsigned())));
        });
        return result;
    }
}
