package k23.codegen.wasm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import k23.codegen.link.TrapKind;

/**
 * One file of the suite as a program and a script for the harness: all of its modules are
 * instances of one program, instantiated where the file says so.
 */
final class SpecScript {
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
    record Outcome(int checked, int skipped, List<String> failures) {}

    private SpecScript(byte[] modules, WasmOptions options) {
        this.modules = modules;
        this.options = options;
        Program.Unit spectest = program.add(FrontEnd.read(SpecSuite.spectest(), "spectest"),
                false);
        program.register("spectest", spectest);
        instantiate(0, spectest, "ok"::equals, "ok");
    }

    /** Runs a file. */
    static Outcome run(SpecSuite suite, String file, WasmOptions options) throws IOException {
        var script = new SpecScript(suite.modules(file), options);
        var root = (Map<?, ?>) Json.parse(suite.commands(file));
        for (Object command : (List<?>) root.get("commands")) {
            script.command((Map<?, ?>) command);
        }
        return script.outcome();
    }

    private Outcome outcome() throws IOException {
        var linker = new ProgramLinker(program, options);
        var trampolines = new ArrayList<ProgramMetadata.Trampoline>();
        for (Exported e : exports) {
            FunctionType type = e.unit.module().functions().get(e.function).type();
            trampolines.add(new ProgramMetadata.Trampoline(e.unit, e.function,
                    linker.trampoline(type)));
        }
        ProgramLinker.Result linked = linker.linkLibrary(trampolines);
        List<String> answers = Harness.calls(linked.image().elf(),
                steps.stream().map(s -> s.text.apply(linked)).toList());
        for (int i = 0; i < answers.size(); i++) {
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
