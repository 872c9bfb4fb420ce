package k23.codegen.asm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import k23.codegen.link.ElfFile;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.FloatRegister;
import k23.sdk.asm.Label;
import k23.sdk.asm.Ordering;
import k23.sdk.asm.Register;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every instruction of the interface, found by reflection, with random operands: our bytes are
 * those of GNU as.
 */
class GnuAssemblerTest {
    private static final int ROUNDS = 20;
    private static final int SEED = 23;
    /** Methods that are no instructions, or are compared by the tests below. */
    private static final Set<String> NOT_HERE = Set.of("label", "bind", "here", "size", "symbol",
            "li", "la", "call", "tail", "padTo", "distance", "distance32", "addressOf", "bytes",
            "ascii", "align", "fence", "trapFrame", "trapFrameEnd");
    private static final Map<String, String> MNEMONICS = Map.of("sfenceVma", "sfence.vma",
            "fenceI", "fence.i", "fmvDX", "fmv.d.x", "fmvXD", "fmv.x.d", "sextW", "sext.w",
            "illegal", ".word 0", "word", ".word", "half", ".half", "dword", ".dword",
            "zero", ".zero");

    @TempDir
    Path folder;

    /** Assembles text with GNU as, without compression or relaxation. */
    private byte[] assemble(List<String> lines) throws Exception {
        Path source = folder.resolve("t.s");
        Path object = folder.resolve("t.o");
        Path errors = folder.resolve("t.err");
        Files.write(source, lines);
        Process process;
        try {
            process = new ProcessBuilder("riscv64-linux-gnu-as", "-march=rv64imafd_zicsr_zifencei",
                    "-mno-relax", "-o", object.toString(), source.toString())
                    .redirectError(errors.toFile()).start();
        } catch (IOException e) {
            throw new IOException("this test needs riscv64-linux-gnu-as"
                    + " (Debian: apt-get install binutils-riscv64-linux-gnu)", e);
        }
        assertEquals(0, process.waitFor(), () -> read(errors));
        ElfFile elf = ElfFile.parse(Files.readAllBytes(object));
        return elf.contents(elf.section(".text").orElseThrow());
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int operand(Method method, int parameter, Random random) {
        String name = method.getParameters()[parameter].getName();
        return switch (name) {
            case "immediate" -> method.getName().startsWith("csr") ? random.nextInt(32)
                    : random.nextInt(-2048, 2048);
            case "offset" -> random.nextInt(-2048, 2048);
            case "amount" -> random.nextInt(method.getName().endsWith("w") ? 32 : 64);
            case "page" -> random.nextInt(0x100000);
            case "csr" -> random.nextInt(0x1000);
            case "register" -> random.nextInt(32);
            case "count" -> random.nextInt(20) * 4;
            case "value" -> method.getName().equals("half") ? random.nextInt(0x10000)
                    : random.nextInt();
            default -> throw new AssertionError(method + " has an unknown operand " + name);
        };
    }

    private static String text(Object argument, String parameter) {
        return switch (argument) {
            case Register r -> "x" + r.number();
            case FloatRegister r -> "f" + r.number();
            case Integer i when parameter.equals("register") -> "f" + i;
            case Integer i -> i.toString();
            case Long l -> l.toString();
            case Label label -> label.name();
            default -> throw new AssertionError(argument.toString());
        };
    }

    /** The line of GNU syntax for a call of an instruction's method. */
    private static String line(Method method, Object[] arguments) {
        String name = method.getName();
        var operands = new ArrayList<String>();
        for (int i = 0; i < arguments.length; i++) {
            String parameter = method.getParameters()[i].getName();
            String previous = i == 0 ? "" : method.getParameters()[i - 1].getName();
            if (parameter.equals("base") && previous.equals("offset")) {
                operands.add(operands.removeLast() + "(" + text(arguments[i], parameter) + ")");
            } else if (parameter.equals("address")) {
                operands.add("(" + text(arguments[i], parameter) + ")");
            } else if (!(arguments[i] instanceof Ordering)) {
                operands.add(text(arguments[i], parameter));
            }
        }
        String mnemonic = MNEMONICS.getOrDefault(name, name);
        if (name.matches("(lr|sc|amo.*)[WD]")) {
            Ordering ordering = arguments[arguments.length - 1] instanceof Ordering o ? o
                    : Ordering.ACQUIRE_RELEASE;
            mnemonic = name.substring(0, name.length() - 1) + "."
                    + name.substring(name.length() - 1).toLowerCase(Locale.ROOT)
                    + switch (ordering) {
                        case RELAXED -> "";
                        case RELEASE -> ".rl";
                        case ACQUIRE -> ".aq";
                        case ACQUIRE_RELEASE -> ".aqrl";
                    };
        }
        return mnemonic + " " + String.join(", ", operands);
    }

    private static Object[] arguments(Method method, Random random, List<Label> labels) {
        Object[] result = new Object[method.getParameterCount()];
        for (int i = 0; i < result.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            if (type == Register.class) {
                result[i] = Register.x(random.nextInt(32));
            } else if (type == FloatRegister.class) {
                result[i] = FloatRegister.f(random.nextInt(32));
            } else if (type == Label.class) {
                result[i] = labels.get(random.nextInt(labels.size()));
            } else if (type == Ordering.class) {
                result[i] = Ordering.values()[random.nextInt(4)];
            } else if (type == long.class) {
                result[i] = random.nextLong();
            } else {
                result[i] = operand(method, i, random);
            }
        }
        return result;
    }

    private static List<Method> instructions() {
        return Arrays.stream(Assembler.class.getMethods())
                .filter(m -> !NOT_HERE.contains(m.getName()))
                .sorted(Comparator.comparing(Method::toString)).toList();
    }

    @Test
    void everyInstructionMatches() throws Exception {
        var random = new Random(SEED);
        var assembler = new TemplateAssembler("t");
        var lines = new ArrayList<String>();
        var names = new TreeSet<String>();
        for (Method method : instructions()) {
            Label before = assembler.label("b" + lines.size());
            Label after = assembler.label("a" + lines.size());
            assembler.bind(before);
            lines.add(before.name() + ":");
            for (int i = 0; i < ROUNDS; i++) {
                Object[] arguments = arguments(method, random, List.of(before, after));
                invoke(method, assembler, arguments);
                lines.add(line(method, arguments));
            }
            assembler.bind(after);
            lines.add(after.name() + ":");
            names.add(method.getName());
        }
        compare(lines, assembler);
        assertTrue(names.size() > 120, names.size() + " instructions: " + names);
    }

    private static void invoke(Method method, Assembler assembler, Object[] arguments)
            throws IllegalAccessException {
        try {
            method.invoke(assembler, arguments);
        } catch (InvocationTargetException e) {
            throw new AssertionError(method + " " + Arrays.toString(arguments), e.getCause());
        }
    }

    private void compare(List<String> lines, TemplateAssembler assembler) throws Exception {
        byte[] ours = assembler.finish().bytes();
        byte[] theirs = assemble(lines);
        int different = Arrays.mismatch(ours, theirs);
        assertEquals(-1, different, () -> "at byte 0x" + Integer.toHexString(different) + " of "
                + ours.length + " and " + theirs.length + "; " + read(folder.resolve("t.s")));
    }

    @Test
    void fencesMatch() throws Exception {
        var assembler = new TemplateAssembler("t");
        var lines = new ArrayList<String>();
        String letters = "iorw";
        for (int before = 1; before < 16; before++) {
            for (int after = 1; after < 16; after++) {
                assembler.fence(before, after);
                lines.add("fence " + set(letters, before) + "," + set(letters, after));
            }
        }
        assembler.fence();
        lines.add("fence");
        compare(lines, assembler);
    }

    private static String set(String letters, int bits) {
        var result = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            if ((bits & 8 >> i) != 0) {
                result.append(letters.charAt(i));
            }
        }
        return result.toString();
    }

    @Test
    void dataMatches() throws Exception {
        var assembler = new TemplateAssembler("t");
        Label from = assembler.here();
        assembler.bytes((byte) 1, (byte) -2);
        assembler.ascii("Hello");
        assembler.align(8);
        assembler.padTo(44);
        Label to = assembler.here();
        assembler.distance(to, from);
        assembler.distance32(from, to);
        assertEquals(56, assembler.size());
        compare(List.of(".byte 1, -2", ".ascii \"Hello\"", ".balign 8, 0", ".org 44",
                ".dword -44", ".word 44"), assembler);
    }

    @Test
    void farBranchesAndJumpsMatch() throws Exception {
        var assembler = new TemplateAssembler("t");
        Label back = assembler.here();
        Label near = assembler.label("near");
        Label far = assembler.label("far");
        assembler.beq(Register.A0, Register.A1, near);
        assembler.jal(Register.RA, far);
        assembler.zero(4084);
        assembler.bind(near);
        assembler.zero(4);
        assembler.jal(Register.RA, back);
        assembler.zero(1048576 - 4100);
        assembler.bind(far);
        assembler.j(far);
        compare(List.of("back: beq a0, a1, near", "jal ra, far", ".zero 4084", "near: .zero 4",
                "jal ra, back", ".zero 1044476", "far: j far"), assembler);
    }
}
