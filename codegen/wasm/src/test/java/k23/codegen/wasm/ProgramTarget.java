package k23.codegen.wasm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import k23.fuzz.FuzzTarget;
import k23.runtime.program.Bundle;
import k23.runtime.program.ProgramImage;
import k23.runtime.program.UserLayout;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;

/**
 * Bundles of programs and files, as the kernel finds them: read to their end, each program refused
 * by name or with all that it asks for inside of its place.
 */
public final class ProgramTarget implements FuzzTarget {
    private static final int MAX_BYTES = 8192;

    private Span room;

    /** A target without memory: the first input makes it. */
    public ProgramTarget() {}

    @Override
    public String name() {
        return "program";
    }

    @Override
    public List<byte[]> seeds() {
        byte[] small = InstanceTest.program();
        byte[] random = WasmCompiler.compile(new ModuleWriter()
                .section(1, List.of(ModuleWriter.type(List.of(), List.of())))
                .section(3, List.of(ModuleWriter.bytes(0)))
                .section(7, List.of(ModuleWriter.export("_start", 0, 0)))
                .section(10, List.of(ModuleWriter.body())).bytes(), "a.wasm",
                WasmOptions.standard()).bytes();
        byte[] file = entry(Bundle.FILE, "/etc/motd", "Hi.".getBytes(StandardCharsets.US_ASCII));
        byte[] option = entry(Bundle.OPTION, "log", "info".getBytes(StandardCharsets.US_ASCII));
        return List.of(entry(Bundle.PROGRAM, "small", compact(small)),
                ModuleWriter.join(option, file, entry(Bundle.PROGRAM, "random", compact(random)),
                        entry(Bundle.ARGUMENT, "", "-v".getBytes(StandardCharsets.US_ASCII))));
    }

    /** An entry of a bundle: docs/FORMATS.md, "The bundle". */
    private static byte[] entry(int kind, String name, byte[] data) {
        int dataAt = 16 + name.length() + 7 & -8;
        ByteBuffer entry = ByteBuffer.allocate(dataAt + data.length + 7 & -8)
                .order(ByteOrder.LITTLE_ENDIAN);
        entry.putInt(kind).putInt(name.length()).putLong(data.length);
        entry.put(name.getBytes(StandardCharsets.US_ASCII)).put(dataAt, data);
        return entry.array();
    }

    /** The same file without the gaps that page alignment leaves: changes are to meet something. */
    private static byte[] compact(byte[] elf) {
        ByteBuffer from = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer to = ByteBuffer.allocate(MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int segments = (int) from.getLong(32);
        int sections = (int) from.getLong(40);
        int behind = segments + 56 * from.getShort(56);
        to.put(elf, 0, behind);
        for (int i = 0; i < from.getShort(56); i++) {
            move(from, to, segments + 56 * i + 8);
        }
        byte[] headers = Arrays.copyOfRange(elf, sections, sections + 64 * from.getShort(60));
        ByteBuffer changed = ByteBuffer.wrap(headers).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < from.getShort(60); i++) {
            // NOBITS has no bytes.
            if (changed.getInt(64 * i + 4) != 8) {
                int at = to.position();
                to.put(elf, (int) changed.getLong(64 * i + 24), (int) changed.getLong(64 * i + 32));
                changed.putLong(64 * i + 24, at);
            }
        }
        to.putLong(40, to.position()).put(headers);
        return Arrays.copyOf(to.array(), to.position());
    }

    /** Puts a segment's bytes behind the others, and where they are at {@code field}. */
    private static void move(ByteBuffer from, ByteBuffer to, int field) {
        int at = to.position();
        to.put(from.array(), (int) from.getLong(field), (int) from.getLong(field + 24));
        to.putLong(field, at);
    }

    @Override
    public int maxBytes() {
        return MAX_BYTES;
    }

    @Override
    public List<byte[]> words() {
        return List.of("K23WASM1".getBytes(StandardCharsets.US_ASCII),
                ".k23.wasm\0".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public List<String> reached() {
        return List.of("k23.runtime.program.*");
    }

    @Override
    public String run(byte[] input) {
        if (room == null) {
            room = Machine.reset().allocate(MAX_BYTES);
        }
        Span bytes = room.from(room.length() - input.length & -8);
        int length = (int) Math.min(bytes.length(), input.length);
        bytes.put(0, input, 0, length);
        Bundle entry = Bundle.of(bytes.slice(0, length));
        String outcome = "BUNDLE";
        int entries = 0;
        for (; entry.isThere(); entry = entry.next()) {
            entries++;
            entry.name().slice(0, entry.name().length());
            if (entry.kind() == Bundle.PROGRAM) {
                ProgramImage image = new ProgramImage(entry.data());
                outcome = image.problem() == null ? "PROGRAM" : "REFUSED " + image.problem();
                if (image.problem() == null) {
                    check(image);
                }
            }
        }
        return outcome + " " + entries + (entry.isEnd() ? " end" : "");
    }

    private static void check(ProgramImage image) {
        long end = 0;
        for (int i = 0; i < image.segmentCount(); i++) {
            ProgramImage.Segment segment = image.segment(i);
            require(segment.firstPage() >= Math.max(end, UserLayout.SEGMENTS_START)
                    && segment.end() <= UserLayout.SEGMENTS_END
                    && segment.contents().length() <= segment.memBytes(), "segment");
            end = segment.end();
        }
        for (int i = 0; i < image.memoryCount(); i++) {
            require(image.memory(i).minimum() <= image.memory(i).maximum(), "memory");
        }
        for (int i = 0; i < image.tableCount(); i++) {
            require(image.table(i).minimum() <= image.table(i).maximum(), "table");
        }
        for (int i = 0; i < image.instanceCount(); i++) {
            image.instanceStructure(i);
            image.instanceCode(i);
        }
        for (int i = 0; i < image.exportCount(); i++) {
            image.export(i);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("a wrong " + what + " is taken");
        }
    }
}
