package k23.codegen.link;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Computes and writes every relocation (RISC-V ELF psABI, "Relocations"). */
final class Relocator {
    private static final int OPCODE_MASK = 0x7f;
    private static final int LOAD_DOUBLE = 0x3003;
    private static final int LOAD_MASK = 0x707f;
    private static final int ADD_IMMEDIATE = 0x13;
    private static final int RD_AND_RS1 = 0x000f8f80;
    private static final int AUIPC = 0x17;

    private final ImageLayout layout;
    private final Selection selection;
    private final Map<Definition, Long> addresses;
    private final Definition[] byIndex;
    private final Map<String, Long> linkerSymbols;
    private final Problems problems;
    private final long[] dynamic;
    private int dynamicCount;
    private int resolved;

    Relocator(LinkRequest request, ImageLayout layout, Selection selection,
            Map<Definition, Long> addresses, Problems problems) {
        this.layout = layout;
        this.selection = selection;
        this.addresses = addresses;
        this.byIndex = request.definitions().toArray(Definition[]::new);
        this.linkerSymbols = LinkerSymbols.addresses(layout);
        this.problems = problems;
        this.dynamic = new long[layout.dynamicRelocations()];
    }

    /** Resolves the relocations of all members of a section, in its contents. */
    void relocate(OutputSection section) {
        for (int i = 0; i < section.members.size(); i++) {
            Definition d = section.members.get(i);
            if (d.relocations().isEmpty()) {
                continue;
            }
            var highParts = new HashMap<Long, Relocation>();
            for (Relocation r : d.relocations()) {
                if (r.kind() == Relocation.Kind.GOT_HI20
                        || r.kind() == Relocation.Kind.PCREL_HI20) {
                    highParts.put((long) r.offset(), r);
                }
            }
            int start = section.memberOffsets.get(i).intValue();
            for (Relocation r : d.relocations()) {
                apply(section, d, start, r, highParts);
                resolved++;
            }
        }
    }

    private void apply(OutputSection section, Definition d, int start, Relocation r,
            Map<Long, Relocation> highParts) {
        byte[] bytes = section.contents;
        int at = start + r.offset();
        long place = section.address + at;
        switch (r.kind()) {
            case CALL_PLT -> {
                long distance = target(r) - place;
                high(bytes, at, distance, d, r);
                low12I(bytes, at + 4, distance);
            }
            case GOT_HI20, PCREL_HI20 -> {
                require((LittleEndian.getInt(bytes, at) & OPCODE_MASK) == AUIPC, d, r, "an auipc");
                high(bytes, at, target(r) - place, d, r);
            }
            case PCREL_LO12_I, PCREL_LO12_S -> {
                Relocation pair = highParts.get(r.addend());
                require(pair != null, d, r, "a partner with the upper part");
                long pairPlace = section.address + start + pair.offset();
                low12(bytes, at, target(pair) - pairPlace, d, r, pair);
            }
            case ABS64 -> absolute(bytes, at, place, d, r, section);
            case ABS32 -> absolute32(bytes, at, d, r);
            case PCREL32 -> {
                long distance = target(r) - place;
                inRange(distance == (int) distance, distance, d, r);
                LittleEndian.putInt(bytes, at, (int) distance);
            }
            case BRANCH -> branch(bytes, at, target(r) - place, d, r);
            case JAL -> jump(bytes, at, target(r) - place, d, r);
        }
    }

    private void high(byte[] bytes, int at, long distance, Definition d, Relocation r) {
        long upper = (distance + 0x800) >> 12;
        inRange(upper == upper << 44 >> 44, distance, d, r);
        int old = LittleEndian.getInt(bytes, at) & 0xfff;
        LittleEndian.putInt(bytes, at, old | (int) upper << 12);
    }

    private void low12(byte[] bytes, int at, long distance, Definition d, Relocation r,
            Relocation pair) {
        if (r.kind() == Relocation.Kind.PCREL_LO12_S) {
            int old = LittleEndian.getInt(bytes, at) & 0x01fff07f;
            int low = (int) distance;
            LittleEndian.putInt(bytes, at,
                    old | (low & 0x1f) << 7 | (low >> 5 & 0x7f) << 25);
            return;
        }
        if (pair.kind() == Relocation.Kind.GOT_HI20) {
            int old = LittleEndian.getInt(bytes, at);
            require((old & LOAD_MASK) == LOAD_DOUBLE, d, r, "an ld from the offset table");
            LittleEndian.putInt(bytes, at, old & RD_AND_RS1 | ADD_IMMEDIATE);
        }
        low12I(bytes, at, distance);
    }

    private static void low12I(byte[] bytes, int at, long distance) {
        int old = LittleEndian.getInt(bytes, at) & 0x000fffff;
        LittleEndian.putInt(bytes, at, old | (int) distance << 20);
    }

    private void absolute(byte[] bytes, int at, long place, Definition d, Relocation r,
            OutputSection section) {
        long value = target(r);
        LittleEndian.putLong(bytes, at, value);
        if (!layout.isPie()) {
            return;
        }
        if ((section.flags & Elf.SHF_WRITE) == 0) {
            problems.add(Problems.UNSUPPORTED_RELOCATION, where(d, r) + " holds an address in "
                    + section.name + ", which nobody may write; in a position-independent image"
                    + " addresses stand in .rodata (which the linker moves) or .data");
            return;
        }
        require((place & 1) == 0, d, r, "at an even address");
        dynamic[dynamicCount++] = place;
    }

    private void absolute32(byte[] bytes, int at, Definition d, Relocation r) {
        long value = target(r);
        if (layout.isPie()) {
            problems.add(Problems.UNSUPPORTED_RELOCATION, where(d, r) + " is a 32-bit address in a"
                    + " position-independent image; use a 64-bit one or a distance (PCREL32)");
        }
        inRange(value >>> 32 == 0, value, d, r);
        LittleEndian.putInt(bytes, at, (int) value);
    }

    private void branch(byte[] bytes, int at, long distance, Definition d, Relocation r) {
        inRange(distance == distance << 51 >> 51 && (distance & 1) == 0, distance, d, r);
        int v = (int) distance;
        int old = LittleEndian.getInt(bytes, at) & 0x01fff07f;
        LittleEndian.putInt(bytes, at, old | (v >> 12 & 1) << 31 | (v >> 5 & 0x3f) << 25
                | (v >> 1 & 0xf) << 8 | (v >> 11 & 1) << 7);
    }

    private void jump(byte[] bytes, int at, long distance, Definition d, Relocation r) {
        inRange(distance == distance << 43 >> 43 && (distance & 1) == 0, distance, d, r);
        int v = (int) distance;
        int old = LittleEndian.getInt(bytes, at) & 0xfff;
        LittleEndian.putInt(bytes, at, old | (v >> 20 & 1) << 31 | (v >> 1 & 0x3ff) << 21
                | (v >> 11 & 1) << 20 | (v >> 12 & 0xff) << 12);
    }

    private long target(Relocation r) {
        Selection.Place place = selection.places().get(r.target());
        long base = place == null ? linkerSymbols.get(r.target())
                : addresses.get(byIndex[place.index()]) + place.offset();
        return base + r.addend();
    }

    private void inRange(boolean fits, long value, Definition d, Relocation r) {
        if (!fits) {
            problems.add(Problems.OUT_OF_RANGE, where(d, r) + " cannot reach '" + r.target()
                    + "': " + (value < 0 ? "-0x" + Long.toHexString(-value)
                    : "0x" + Long.toHexString(value)) + " does not fit " + r.kind()
                    + "; place them closer together");
        }
    }

    /** What fails here is a compiler's fault, not a user's. */
    private static void require(boolean holds, Definition d, Relocation r, String what) {
        if (!holds) {
            throw new IllegalStateException(where(d, r) + " " + r + " is not " + what);
        }
    }

    private static String where(Definition d, Relocation r) {
        return "'" + d.name() + "'+0x" + Integer.toHexString(r.offset());
    }

    int resolved() {
        return resolved;
    }

    /** The relocations left for the loader. */
    byte[] dynamicTable() {
        Arrays.sort(dynamic, 0, dynamicCount);
        return RelativeTable.of(Arrays.copyOf(dynamic, dynamicCount));
    }
}
