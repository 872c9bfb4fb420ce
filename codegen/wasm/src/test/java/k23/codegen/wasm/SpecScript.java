package k23.codegen.wasm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import k23.codegen.link.TrapKind;
import k23.runtime.program.UserLayout;

/**
 * One file of the suite as a program and a script for the harness: all of its modules are
 * instances of one program, instantiated where the file says so.
 */
public final class SpecScript {
    /** How many modules a part of a file has at most, so that their memories find room. */
    private static final int PART_MODULES = 10;

    private final byte[] modules;
    private final Program program = new Program();
    private final WasmOptions options;
    private final Map<String, Program.Unit> named = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<Exported> exports = new ArrayList<>();
    private Program.Unit current;
    private int checked;
    private int skipped;

    /** A function that the script calls. */
    private record Exported(Program.Unit unit, int function) {}

    /** A line for the harness, made when the addresses are known, and what it must answer. */
    private record Step(long line, java.util.function.Function<ProgramLinker.Result, String> text,
            Predicate<String> answer, String expected) {}

    /**
     * How a file went.
     *
     * @param checked  assertions that held or failed
     * @param skipped  assertions that are not about running code
     * @param failures what failed
     */
    public record Outcome(int checked, int skipped, List<String> failures) {}

    /** A file ready to be run: its program, what to ask of it, and how to judge the answers. */
    public static final class Prepared {
        private final SpecScript script;
        private final byte[] elf;
        private final List<String> lines;

        private Prepared(SpecScript script, byte[] elf, List<String> lines) {
            this.script = script;
            this.elf = elf;
            this.lines = lines;
        }

        /** The program, a library whose exports are called from outside. */
        public byte[] elf() {
            return elf;
        }

        /** The script: a line each for the harness, see {@code harness.c}. */
        public List<String> lines() {
            return lines;
        }

        /** Judges the answers, one for each line. */
        public Outcome judge(List<String> answers) {
            return script.judge(answers);
        }

        /** Whether the program's memories and tables have room in one address space. */
        public boolean fits() {
            long memories = 0;
            long tables = 0;
            for (Program.Unit unit : script.program.units()) {
                memories += unit.module().memories().stream().filter(m -> !m.imported()).count();
                tables += unit.module().tables().stream().filter(t -> !t.imported()).count();
            }
            return memories <= UserLayout.MAX_MEMORIES && tables <= UserLayout.MAX_TABLES;
        }
    }

    private SpecScript(byte[] modules, WasmOptions options) {
        this.modules = modules;
        this.options = options;
        Program.Unit spectest = program.add(FrontEnd.read(SpecSuite.spectest(), "spectest"),
                false);
        program.register("spectest", spectest);
        instantiate(0, spectest, "ok"::equals, "ok");
    }

    /** Runs a file under qemu-riscv64. */
    static Outcome run(SpecSuite suite, String file, WasmOptions options) throws IOException {
        Prepared prepared = prepare(suite, file, options);
        return prepared.judge(Harness.calls(prepared.elf(), prepared.lines()));
    }

    /**
     * Compiles a file to several small programs, each with some of its modules, unless the modules
     * are linked with one another.
     */
    public static List<Prepared> prepareParts(SpecSuite suite, String file, WasmOptions options) {
        var root = (Map<?, ?>) Json.parse(suite.commands(file));
        List<?> commands = (List<?>) root.get("commands");
        boolean linked = commands.stream()
                .anyMatch(c -> ((Map<?, ?>) c).get("type").equals("register"));
        if (linked) {
            return List.of(prepare(suite, file, options));
        }
        var parts = new ArrayList<SpecScript>();
        var named = new HashMap<Object, SpecScript>();
        SpecScript part = null;
        for (Object entry : commands) {
            var command = (Map<?, ?>) entry;
            if (command.get("type").equals("module")) {
                if (part == null || part.program.units().size() >= PART_MODULES) {
                    part = new SpecScript(suite.modules(file), options);
                    parts.add(part);
                }
                named.put(command.get("name"), part);
            }
            if (part == null) {
                part = new SpecScript(suite.modules(file), options);
                parts.add(part);
            }
            var action = (Map<?, ?>) command.get("action");
            Object name = action == null ? null : action.get("module");
            (name == null ? part : named.get(name)).command(command);
        }
        return parts.stream().map(SpecScript::prepared).toList();
    }

    /** Compiles a file to one program. */
    public static Prepared prepare(SpecSuite suite, String file, WasmOptions options) {
        var script = new SpecScript(suite.modules(file), options);
        var root = (Map<?, ?>) Json.parse(suite.commands(file));
        for (Object command : (List<?>) root.get("commands")) {
            script.command((Map<?, ?>) command);
        }
        return script.prepared();
    }

    private Prepared prepared() {
        var linker = new ProgramLinker(program, options);
        var trampolines = new ArrayList<ProgramMetadata.Trampoline>();
        for (Exported e : exports) {
            FunctionType type = e.unit.module().functions().get(e.function).type();
            trampolines.add(new ProgramMetadata.Trampoline(e.unit, e.function,
                    linker.trampoline(type)));
        }
        ProgramLinker.Result linked = linker.linkLibrary(trampolines);
        return new Prepared(this, linked.image().elf(),
                steps.stream().map(s -> s.text.apply(linked)).toList());
    }

    private Outcome judge(List<String> answers) {
        if (answers.size() != steps.size()) {
            failures.add(answers.size() + " answers of " + steps.size());
        }
        for (int i = 0; i < Math.min(answers.size(), steps.size()); i++) {
            if (!steps.get(i).answer.test(answers.get(i))) {
                failures.add("line " + steps.get(i).line + ": " + answers.get(i) + ", not "
                        + steps.get(i).expected);
            }
        }
        return new Outcome(checked, skipped, failures);
    }

    private void command(Map<?, ?> command) {
        long line = (Long) command.get("line");
        switch ((String) command.get("type")) {
            case "module" -> module(command, line);
            case "register" -> program.register((String) command.get("as"), unit(command, "name"));
            case "action" -> action((Map<?, ?>) command.get("action"), line, a -> true, "anything");
            case "assert_return" -> {
                checked++;
                List<?> expected = (List<?>) command.get("expected");
                action((Map<?, ?>) command.get("action"), line, a -> matches(a, expected),
                        "" + expected);
            }
            case "assert_trap", "assert_exhaustion" -> {
                checked++;
                String trap = "trap " + trapKind((String) command.get("text"));
                action((Map<?, ?>) command.get("action"), line, trap::equals, trap);
            }
            case "assert_uninstantiable" -> {
                checked++;
                String trap = "trap " + trapKind((String) command.get("text"));
                instantiate(line, add(command, true), trap::equals, trap);
            }
            case "assert_unlinkable" -> unlinkable(command, line);
            default -> skipped++;
        }
    }

    private void module(Map<?, ?> command, long line) {
        current = add(command, true);
        if (command.get("name") != null) {
            named.put((String) command.get("name"), current);
        }
        instantiate(line, current, "ok"::equals, "ok");
    }

    private Program.Unit add(Map<?, ?> command, boolean grown) {
        return program.add(FrontEnd.read(bytes(command), "line " + command.get("line")), grown);
    }

    private byte[] bytes(Map<?, ?> command) {
        List<?> range = (List<?>) command.get("mod");
        int start = ((Long) range.get(0)).intValue();
        return Arrays.copyOfRange(modules, start, start + ((Long) range.get(1)).intValue());
    }

    private void unlinkable(Map<?, ?> command, long line) {
        checked++;
        try {
            add(command, false);
            failures.add("line " + line + ": linked");
        } catch (WasmException e) {
            if (!e.getMessage().contains("unlinkable: " + command.get("text"))) {
                failures.add("line " + line + ": " + e.getMessage());
            }
        }
    }

    private void instantiate(long line, Program.Unit unit, Predicate<String> answer,
            String expected) {
        int index = program.units().indexOf(unit);
        steps.add(new Step(line, _ -> "i " + index, answer, expected));
    }

    private Program.Unit unit(Map<?, ?> map, String key) {
        Object name = map.get(key);
        return name == null ? current : named.get(name);
    }

    private void action(Map<?, ?> action, long line, Predicate<String> answer, String expected) {
        Program.Unit unit = unit(action, "module");
        String field = (String) action.get("field");
        WasmModule.Export export = unit.module().exports().stream()
                .filter(e -> e.field().equals(field)).findFirst().orElseThrow();
        if (action.get("type").equals("get")) {
            steps.add(new Step(line, linked -> global(linked, unit, export.index()), answer,
                    expected));
            return;
        }
        var text = new StringBuilder("c " + export(unit, export.index()));
        FunctionType type = unit.module().functions().get(export.index()).type();
        text.append(' ').append(type.results().size());
        for (Object argument : (List<?>) action.get("args")) {
            text.append(' ').append(Long.toHexString(word((Map<?, ?>) argument)));
        }
        steps.add(new Step(line, _ -> text.toString(), answer, expected));
    }

    private int export(Program.Unit unit, int function) {
        var key = new Exported(unit, function);
        if (unit.module().functions().get(function).imported()) {
            var bound = (Binding.Instance) unit.binding(WasmModule.ExternKind.FUNCTION, function);
            key = new Exported(bound.unit(), bound.index());
        }
        if (!exports.contains(key)) {
            exports.add(key);
        }
        return exports.indexOf(key);
    }

    private static String global(ProgramLinker.Result linked, Program.Unit unit, int index) {
        if (unit.module().globals().get(index).isImported()) {
            var bound = (Binding.Instance) unit.binding(WasmModule.ExternKind.GLOBAL, index);
            return global(linked, bound.unit(), bound.index());
        }
        long vmctx = linked.image().symbol(unit.part("vmctx")).orElseThrow().address();
        return "g " + Long.toHexString(vmctx + unit.layout().global(index));
    }

    private static long word(Map<?, ?> value) {
        String text = (String) value.get("value");
        return switch ((String) value.get("type")) {
            case "i32", "f32" -> Long.parseLong(text) & 0xffff_ffffL;
            case "i64", "f64" -> text.startsWith("-") ? Long.parseLong(text)
                    : Long.parseUnsignedLong(text);
            case "externref" -> text.equals("null") ? 0 : Long.parseLong(text) + 1;
            case "funcref" -> 0;
            default -> throw new IllegalArgumentException("value " + value);
        };
    }

    private static boolean matches(String answer, List<?> expected) {
        String[] words = answer.split(" ");
        if (!words[0].equals("ok") || words.length < expected.size() + 1) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!matches(Long.parseUnsignedLong(words[i + 1], 16), (Map<?, ?>) expected.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(long actual, Map<?, ?> expected) {
        String type = (String) expected.get("type");
        Object value = expected.get("value");
        boolean single = type.equals("f32") || type.equals("i32");
        long bits = single ? actual & 0xffff_ffffL : actual;
        if ("nan:canonical".equals(value)) {
            return single ? (bits & 0x7fff_ffffL) == 0x7fc0_0000L
                    : (bits & Long.MAX_VALUE) == 0x7ff8_0000_0000_0000L;
        }
        if ("nan:arithmetic".equals(value)) {
            return single ? (bits & 0x7fc0_0000L) == 0x7fc0_0000L
                    : (bits & 0x7ff8_0000_0000_0000L) == 0x7ff8_0000_0000_0000L;
        }
        if (type.equals("funcref") || value == null) {
            return "null".equals(value) == (bits == 0);
        }
        return bits == word(expected);
    }

    private static int trapKind(String text) {
        String wanted = text.startsWith("uninitialized element") ? "uninitialized element" : text;
        if (wanted.equals("undefined element")) {
            return TrapKind.WASM_TABLE_BOUNDS.code();
        }
        for (TrapKind kind : TrapKind.values()) {
            if (kind.text().equals(wanted)) {
                return kind.code();
            }
        }
        throw new IllegalArgumentException("trap " + text);
    }
}
