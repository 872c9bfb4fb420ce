package k23.codegen.wasm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import k23.codegen.cranelift.IsaSettings;

/** Compiles random modules with and without all optimisations, and compares what they do. */
final class ModuleBatch {
    /** How many modules a program has at most, so that their memories find room. */
    private static final int PROGRAM_MODULES = 10;
    private static final WasmOptions OPTIONS = WasmOptions.standard().withVerify(true);
    private static final IsaSettings PLAIN = IsaSettings.probingStack().with("opt_level", "none");

    /**
     * A module of which two compilations, or a compilation and an interpreter, do different things.
     *
     * @param module the module
     * @param call   which of its exports first differs
     * @param answer what it does when it is compiled as for users
     * @param other  what it does else
     */
    record Difference(RandomModule module, int call, String answer, String other) {
        @Override
        public String toString() {
            return "module " + module.seed() + ", export " + call + ": " + answer + ", not "
                    + other + ", of " + HexFormat.of().formatHex(module.wasm());
        }
    }

    private ModuleBatch() {}

    /** What each export of each module answers, as users compile it. */
    static List<List<String>> answers(List<RandomModule> modules) throws IOException {
        return answers(modules, IsaSettings.probingStack());
    }

    /** The same of modules that are compiled without optimisations. */
    static List<List<String>> plainAnswers(List<RandomModule> modules) throws IOException {
        return answers(modules, PLAIN);
    }

    /** The first difference of each module between two ways to run it. */
    static List<Difference> compare(List<RandomModule> modules, List<List<String>> answers,
            List<List<String>> others) {
        var differences = new ArrayList<Difference>();
        for (int i = 0; i < modules.size(); i++) {
            for (int call = 0; call < answers.get(i).size(); call++) {
                String answer = answers.get(i).get(call);
                String other = others.get(i).get(call);
                if (!answer.equals(other)) {
                    differences.add(new Difference(modules.get(i), call, answer, other));
                    break;
                }
            }
        }
        return differences;
    }

    /** A module with as little code as still has a difference. */
    static Difference shrunk(Difference difference) throws IOException {
        Difference smallest = difference;
        Optional<Difference> smaller = Optional.of(difference);
        while (smaller.isPresent()) {
            smallest = smaller.get();
            smaller = Optional.empty();
            List<RandomModule> candidates = smallest.module().smaller();
            for (int i = 0; i < candidates.size() && smaller.isEmpty(); i += PROGRAM_MODULES) {
                List<RandomModule> some = candidates.subList(i,
                        Math.min(i + PROGRAM_MODULES, candidates.size()));
                smaller = compare(some, answers(some), plainAnswers(some)).stream().findFirst();
            }
        }
        return smallest;
    }

    private static List<List<String>> answers(List<RandomModule> modules, IsaSettings settings)
            throws IOException {
        var all = new ArrayList<List<String>>();
        for (int i = 0; i < modules.size(); i += PROGRAM_MODULES) {
            all.addAll(run(modules.subList(i, Math.min(i + PROGRAM_MODULES, modules.size())),
                    settings));
        }
        return all;
    }

    private static List<List<String>> run(List<RandomModule> modules, IsaSettings settings)
            throws IOException {
        var program = new Program();
        var linker = new ProgramLinker(program, OPTIONS, settings);
        var trampolines = new ArrayList<ProgramMetadata.Trampoline>();
        var script = new ArrayList<String>();
        for (RandomModule module : modules) {
            Program.Unit unit = program.add(FrontEnd.read(module.wasm(), "random.wasm"), true);
            script.add("i " + script.stream().filter(line -> line.startsWith("i")).count());
            for (WasmModule.Export export : unit.module().exports()) {
                script.add("c " + trampolines.size() + " 1");
                FunctionType type = unit.module().functions().get(export.index()).type();
                trampolines.add(new ProgramMetadata.Trampoline(unit, export.index(),
                        linker.trampoline(type)));
            }
        }
        List<String> answers = Harness.calls(linker.linkLibrary(trampolines).image().elf(), script);
        var byModule = new ArrayList<List<String>>();
        int at = 0;
        for (RandomModule module : modules) {
            int next = at + module.calls().size() + 2;
            byModule.add(answers.subList(at + 1, next));
            at = next;
        }
        return byModule;
    }
}
