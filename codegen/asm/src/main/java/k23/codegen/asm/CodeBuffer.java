package k23.codegen.asm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import k23.codegen.link.Location;
import k23.codegen.link.SourceRange;
import k23.sdk.asm.Label;

/**
 * The bytes of one symbol while they are emitted, with the places that wait for a label and the
 * template line of every instruction.
 */
final class CodeBuffer {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final Set<String> ENCODERS = Set.of(CodeBuffer.class.getName(),
            IntegerEncoder.class.getName(), ExtensionEncoder.class.getName(),
            TemplateAssembler.class.getName());
    private static final String INTERFACE_PACKAGE = Label.class.getPackageName() + ".";

    /** How a place refers to a label. */
    enum Reference { BRANCH, JUMP, ADDRESS }

    private record Use(Reference reference, int offset, Label label, String where) { }

    private record Distance(int offset, int bytes, Label from, Label to, String where) { }

    private final String name;
    private byte[] bytes = new byte[64];
    private int size;
    private final Map<Label, Integer> places = new IdentityHashMap<>();
    private final List<Use> uses = new ArrayList<>();
    private final List<Distance> distances = new ArrayList<>();
    private final List<SourceRange> ranges = new ArrayList<>();
    private Location last;

    CodeBuffer(String name) {
        this.name = name;
    }

    int position() {
        return size;
    }

    void instruction(int word) {
        Location location = caller().map(frame -> Location.of(shortName(frame),
                frame.getFileName() == null ? "" : frame.getFileName(),
                Math.max(frame.getLineNumber(), 0))).orElse(null);
        if (location != null && !location.equals(last)) {
            ranges.add(new SourceRange(size, location));
            last = location;
        }
        int at = reserve(4);
        INT.set(bytes, at, word);
    }

    void data(byte[] values) {
        int at = reserve(values.length);
        System.arraycopy(values, 0, bytes, at, values.length);
    }

    int reserve(int count) {
        if (count < 0) {
            throw error(AssemblyException.OPERAND_RANGE, "a count of " + count + " bytes");
        }
        int at = size;
        size = Math.addExact(size, count);
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size, 2 * bytes.length));
        }
        return at;
    }

    void bind(Label label) {
        if (places.putIfAbsent(label, size) != null) {
            throw error(AssemblyException.BAD_LABEL, "label '" + label + "' is placed twice");
        }
    }

    void use(Reference reference, Label label) {
        uses.add(new Use(reference, size, label, where()));
    }

    void distance(Label from, Label to, int width) {
        distances.add(new Distance(reserve(width), width, from, to, where()));
    }

    /** The finished bytes, all labels resolved. */
    byte[] finish() {
        for (Use use : uses) {
            resolve(use);
        }
        for (Distance d : distances) {
            int distance = place(d.to(), d.where()) - place(d.from(), d.where());
            INT.set(bytes, d.offset(), distance);
            if (d.bytes() == Long.BYTES) {
                INT.set(bytes, d.offset() + Integer.BYTES, distance >> 31);
            }
        }
        return Arrays.copyOf(bytes, size);
    }

    List<SourceRange> ranges() {
        return ranges;
    }

    private int place(Label label, String where) {
        Integer place = places.get(label);
        if (place == null) {
            throw new AssemblyException(AssemblyException.BAD_LABEL, where + ": label '" + label
                    + "' is used but never placed in '" + name + "'; bind it");
        }
        return place;
    }

    private void resolve(Use use) {
        int distance = place(use.label(), use.where()) - use.offset();
        switch (use.reference()) {
            case BRANCH -> {
                checkReach(use, distance, 12, "a branch reaches 4 KiB; jump over a j instead");
                patch(use.offset(), Encoding.branchOffset(distance));
            }
            case JUMP -> {
                checkReach(use, distance, 20, "a jump reaches 1 MiB; use la and jr");
                patch(use.offset(), Encoding.jumpOffset(distance));
            }
            case ADDRESS -> {
                patch(use.offset(), distance + 0x800 & 0xfffff000);
                patch(use.offset() + 4, distance << 20);
            }
        }
    }

    private void checkReach(Use use, int distance, int bits, String advice) {
        int reach = 1 << bits;
        if (distance < -reach || distance >= reach || (distance & 1) != 0) {
            throw new AssemblyException(AssemblyException.BRANCH_RANGE, use.where() + ": label '"
                    + use.label() + "' is " + distance + " bytes away; " + advice);
        }
    }

    private void patch(int offset, int bits) {
        INT.set(bytes, offset, (int) INT.get(bytes, offset) | bits);
    }

    AssemblyException error(int code, String what) {
        return new AssemblyException(code, where() + ": " + what + " in '" + name + "'");
    }

    /** The template's line that runs now, as {@code File.java:line}. */
    private String where() {
        return caller().map(f -> f.getFileName() + ":" + f.getLineNumber()).orElse("?");
    }

    private static Optional<StackWalker.StackFrame> caller() {
        return WALKER.walk(frames -> frames.filter(f -> !isAssembler(f.getClassName()))
                .findFirst());
    }

    private static boolean isAssembler(String className) {
        return ENCODERS.contains(className) || className.startsWith(INTERFACE_PACKAGE);
    }

    /** Template.method; a lambda counts as the method around it. */
    private static String shortName(StackWalker.StackFrame frame) {
        String type = frame.getClassName();
        String[] parts = frame.getMethodName().split("\\$");
        String method = parts[0].equals("lambda") ? parts[1] : frame.getMethodName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + method;
    }
}
