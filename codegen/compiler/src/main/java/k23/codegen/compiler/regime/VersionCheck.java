package k23.codegen.compiler.regime;

import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import k23.codegen.compiler.CompileRequest;
import k23.codegen.compiler.diagnostic.Diagnostics;
import k23.codegen.compiler.diagnostic.Place;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.world.Bytecode;
import k23.codegen.compiler.world.CallGraph;
import k23.codegen.compiler.world.CallSites;
import k23.codegen.compiler.world.Callee;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.compiler.world.World;
import k23.sdk.riscv.IsaExtension;
import k23.sdk.riscv.IsaExtensions;

/**
 * Checks that each version of a method is only called where the hart is known to have the
 * extensions that it is compiled for: by what the caller is compiled for itself, and by the tests
 * on every path to the call.
 */
public final class VersionCheck {
    private static final String SETS = "k23/sdk/riscv/IsaExtensions";
    private static final String EXTENSIONS = "k23/sdk/riscv/IsaExtension";

    private final CallGraph graph;
    private final Collection<MethodNode> exported;
    private final IsaExtensions base;
    private final Diagnostics diagnostics;

    private VersionCheck(World world, IsaExtensions base, Diagnostics diagnostics) {
        this.graph = world.callGraph();
        this.exported = world.exported();
        this.base = base;
        this.diagnostics = diagnostics;
    }

    /** Checks what {@code world} reaches, in a program that is all compiled for {@code base}. */
    public static void run(World world, IsaExtensions base, Diagnostics diagnostics) {
        VersionCheck check = new VersionCheck(world, base, diagnostics);
        for (MethodNode method : check.graph.methods()) {
            if (method.annotation("TargetFeature").isPresent()) {
                check.checkVersion(method);
            }
            check.checkCalls(method);
        }
    }

    private void checkVersion(MethodNode method) {
        IsaExtensions unknown = method.features().without(CompileRequest.features());
        if (!unknown.isEmpty() || method.features().isEmpty()) {
            report(method.place(), method.display() + (unknown.isEmpty() ? " names none"
                    : ": the compiler makes no use of " + names(unknown)));
        }
        if (exported.contains(method)) {
            report(method.place(), method.display() + " is called by its symbol");
        }
    }

    private void report(Place place, String what) {
        diagnostics.add(Problem.VERSION, place, what);
    }

    private void checkCalls(MethodNode method) {
        CallSites sites = graph.sites(method);
        long[] known = null;
        for (CallSites.Call call : sites == null ? List.<CallSites.Call>of() : sites.calls()) {
            for (MethodNode target : graph.targets(call.callee())) {
                IsaExtensions lacking = target.features().without(base.or(method.features()));
                if (!lacking.isEmpty()) {
                    known = known == null ? knownAt(method.bytecode()) : known;
                    lacking = lacking.without(new IsaExtensions(known[call.index()]));
                }
                reportCall(method, call.line(), target, lacking);
            }
        }
        if (sites != null) {
            checkImplied(method, sites);
        }
    }

    /** Instructions that are no calls, such as the text of an object, test for nothing. */
    private void checkImplied(MethodNode method, CallSites sites) {
        Set<Callee> implied = new LinkedHashSet<>(sites.implied());
        sites.calls().forEach(call -> implied.remove(call.callee()));
        implied.forEach(callee -> graph.targets(callee).forEach(target -> reportCall(method,
                method.place().line(), target,
                target.features().without(base.or(method.features())))));
    }

    private void reportCall(MethodNode method, int line, MethodNode target,
            IsaExtensions lacking) {
        if (!lacking.isEmpty()) {
            diagnostics.add(Problem.VERSION_CALL, new Place(method.owner().sourceFile(), line,
                    method.display()), target.display() + " is for " + names(lacking));
        }
    }

    /**
     * The extensions that the tests on every path to an instruction have found, as bits, for each
     * instruction; all of them where no path leads.
     */
    private static long[] knownAt(Bytecode code) {
        List<Instruction> instructions = code.instructions();
        long[] known = new long[instructions.size()];
        Arrays.fill(known, -1);
        known[0] = 0;
        Deque<Integer> work = new ArrayDeque<>(List.of(0));
        while (!work.isEmpty()) {
            int index = work.remove();
            Instruction instruction = instructions.get(index);
            long tested = tested(code, index);
            boolean isJumpTrue = instruction.opcode() == Opcode.IFNE;
            for (Label label : Bytecode.targets(instruction)) {
                arrive(known, work, code.index(label), known[index] | (isJumpTrue ? tested : 0));
            }
            if (!Bytecode.endsFlow(instruction)) {
                arrive(known, work, index + 1, known[index] | (isJumpTrue ? 0 : tested));
            }
        }
        return known;
    }

    private static void arrive(long[] known, Deque<Integer> work, int index, long bits) {
        if (index < known.length && (known[index] & bits) != known[index]) {
            known[index] &= bits;
            work.add(index);
        }
    }

    /** The bit of the extension that the branch at {@code index} tests for; 0 for any other. */
    private static long tested(Bytecode code, int index) {
        boolean isTest = index >= 2 && code.instructions().get(index) instanceof BranchInstruction b
                && (b.opcode() == Opcode.IFEQ || b.opcode() == Opcode.IFNE)
                && code.frame(index) == null && code.frame(index - 1) == null
                && code.instructions().get(index - 1) instanceof InvokeInstruction call
                && call.owner().asInternalName().equals(SETS)
                && call.name().equalsString("has");
        return isTest && code.instructions().get(index - 2) instanceof FieldInstruction field
                && field.opcode() == Opcode.GETSTATIC
                && field.owner().asInternalName().equals(EXTENSIONS)
                ? IsaExtension.valueOf(field.name().stringValue()).bit() : 0;
    }

    private static String names(IsaExtensions set) {
        StringBuilder names = new StringBuilder();
        for (IsaExtension extension : IsaExtension.values()) {
            if (set.has(extension)) {
                names.append(names.isEmpty() ? "" : ", ").append(extension.specName());
            }
        }
        return names.toString();
    }
}
