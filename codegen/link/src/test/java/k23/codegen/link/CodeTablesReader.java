package k23.codegen.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

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

    /** The text at {@code numbers}: there, or as far back as it says. */
    private static String text(Numbers numbers) {
        int start = numbers.at;
        int head = numbers.unsigned();
        if ((head & 1) != 0) {
            return text(new Numbers(numbers.bytes, start - (head >> 1)));
        }
        numbers.at += head >> 1;
        return new String(numbers.bytes, numbers.at - (head >> 1), head >> 1,
                StandardCharsets.UTF_8);
    }

    /** Each type's prefix of names, and its file. */
    private List<String[]> types() {
        var result = new ArrayList<String[]>();
        read("types", (key, isFirst, numbers) -> {
            String file = text(numbers);
            String prefix = switch (numbers.unsigned()) {
                case 0 -> file.substring(0, file.length() - 5) + ".";
                case 1 -> "";
                default -> text(numbers) + ".";
            };
            result.add(new String[] {prefix, file});
        });
        return result;
    }

    /** A method: its name, its file, and the first of its lines. */
    private record Method(String name, String file, int line) {}

    private List<Method> methods() {
        var types = types();
        var result = new ArrayList<Method>();
        int[] state = new int[2];
        read("methods", (key, isFirst, numbers) -> {
            state[0] = (isFirst ? 0 : state[0]) + numbers.signed();
            state[1] = (isFirst ? 0 : state[1]) + numbers.signed();
            String[] type = types.get(state[0]);
            result.add(new Method(type[0] + text(numbers), type[1], state[1]));
        });
        return result;
    }

    /** A function, and what each change of its stack of calls, outermost first, leads to. */
    private record Function(String name, int start, int size, TreeMap<Integer, List<String>> at) {}

    private List<Function> all() {
        var methods = methods();
        var result = new ArrayList<Function>();
        int[] end = new int[1];
        read("functions", (key, isFirst, numbers) -> {
            int gap = numbers.unsigned();
            int start = isFirst ? key : end[0] + gap;
            assertTrue(gap == 0 || !isFirst);
            int size = numbers.unsigned();
            var changes = new TreeMap<Integer, List<String>>();
            String name;
            if ((size & 1) == 0) {
                name = string(numbers.unsigned());
            } else {
                int bytes = numbers.unsigned();
                name = lines(numbers, numbers.at + bytes, start, methods, changes);
            }
            end[0] = start + (size >> 1);
            result.add(new Function(name, start, size >> 1, changes));
        });
        return result;
    }

    private static String lines(Numbers numbers, int end, int start, List<Method> methods,
            TreeMap<Integer, List<String>> changes) {
        String name = null;
        var stack = new ArrayList<Method>();
        for (int pc = start; numbers.at < end;) {
            pc += numbers.unsigned();
            int change = numbers.unsigned();
            int pops = change >> 2 & 3;
            pops += pops == 3 ? numbers.unsigned() : 0;
            int pushes = change & 3;
            pushes += pushes == 3 ? numbers.unsigned() : 0;
            stack.subList(stack.size() - pops, stack.size()).clear();
            int lines = change >> 4;
            if (lines != 0) {
                Method top = stack.removeLast();
                stack.add(new Method(top.name, top.file,
                        top.line + ((lines & 1) == 0 ? lines >> 1 : ~(lines >> 1))));
            }
            for (int i = 0; i < pushes; i++) {
                Method method = methods.get(numbers.unsigned());
                name = name == null ? method.name : name;
                stack.add(new Method(method.name, method.file, method.line + numbers.unsigned()));
            }
            changes.put(pc, stack.reversed().stream()
                    .map(m -> m.name + "(" + m.file + ":" + m.line + ")").toList());
        }
        assertEquals(end, numbers.at);
        return name;
    }

    List<String> functions() {
        return all().stream().map(f -> f.name + " " + f.start + "+" + f.size).toList();
    }

    String at(int pc) {
        for (Function f : all()) {
            if (pc >= f.start && pc < f.start + f.size) {
                var entry = f.at.floorEntry(pc);
                return entry == null || entry.getValue().isEmpty() ? "none"
                        : String.join(" < ", entry.getValue());
            }
        }
        return "none";
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
