package k23.codegen.compiler.regime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import k23.codegen.compiler.diagnostic.Diagnostics;
import k23.codegen.compiler.diagnostic.Place;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.world.CallGraph;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.compiler.world.RecordText;
import k23.codegen.compiler.world.World;

/**
 * Checks every regime over the whole call graph: from each method that promises something, breadth
 * first, through everything that it can reach, up to methods that promise the same (they are
 * checked for themselves) and to those that are exempt.
 */
public final class RegimeCheck {
    private final CallGraph graph;
    private final Annotations annotations;
    private final Diagnostics diagnostics;
    private final Map<MethodNode, List<Annotations.Exemption>> exemptions = new LinkedHashMap<>();
    private final Map<MethodNode, Set<Rule>> promises = new HashMap<>();
    private final List<RegimeReport.Exemption> reported = new ArrayList<>();

    private RegimeCheck(World world, Diagnostics diagnostics) {
        this.graph = world.callGraph();
        this.annotations = new Annotations(world.repository());
        this.diagnostics = diagnostics;
    }

    /** Checks everything that {@code world} reaches; what is wrong goes to {@code diagnostics}. */
    public static RegimeReport run(World world, Diagnostics diagnostics) {
        RegimeCheck check = new RegimeCheck(world, diagnostics);
        check.readExemptions();
        Map<MethodNode, Set<String>> uses = new LinkedHashMap<>();
        for (Rule rule : Rule.values()) {
            List<MethodNode> roots = new ArrayList<>();
            for (MethodNode method : check.graph.methods()) {
                if (check.promises(method, rule) && !check.isExempt(method, rule, uses)) {
                    roots.add(method);
                }
            }
            // One walk from all of them says whether anything is wrong; what it is and for whom
            // takes a walk each.
            if (check.check(roots, rule, uses, false)) {
                roots.forEach(root -> check.check(List.of(root), rule, uses, true));
            }
        }
        check.report(uses);
        return new RegimeReport(List.copyOf(check.reported),
                new RawAccessCheck(check.graph, check.annotations, diagnostics).run());
    }

    private void readExemptions() {
        for (MethodNode method : graph.methods()) {
            List<Annotations.Exemption> own = Annotations.exemptions(method);
            if (!own.isEmpty()) {
                exemptions.put(method, own);
            }
            for (Annotations.Exemption exemption : own) {
                if (exemption.reason().isBlank()) {
                    diagnostics.add(Problem.NO_REASON, method.place(),
                            "@Exempt from " + exemption.regime());
                }
            }
        }
    }

    private boolean promises(MethodNode method, Rule rule) {
        return promises.computeIfAbsent(method, this::promisesOf).contains(rule);
    }

    private Set<Rule> promisesOf(MethodNode method) {
        Set<Rule> result = EnumSet.noneOf(Rule.class);
        if (RecordText.isAutomatic(method)) {
            // Nobody wrote it for the promise of its package: it is as good as who calls it.
            return result;
        }
        for (Rule rule : Rule.values()) {
            for (String name : rule.annotations()) {
                if (annotations.nearest(method, name).isPresent()) {
                    result.add(rule);
                }
            }
        }
        return result;
    }

    /** Whether the checks of {@code rule} end at {@code method}; notes that one did. */
    private boolean isExempt(MethodNode method, Rule rule, Map<MethodNode, Set<String>> uses) {
        boolean isExempt = false;
        for (Annotations.Exemption exemption : exemptions.getOrDefault(method, List.of())) {
            if (rule.isEndedBy(exemption.regime())) {
                uses.computeIfAbsent(method, _ -> new HashSet<>())
                        .add(exemption.regime().name());
                isExempt = true;
            }
        }
        return isExempt;
    }

    /**
     * Breadth first, so that the chain in the diagnostic is a shortest one; true where something
     * breaks the promise of {@code roots}.
     */
    private boolean check(List<MethodNode> roots, Rule rule, Map<MethodNode, Set<String>> uses,
            boolean isReported) {
        Map<MethodNode, MethodNode> callers = new HashMap<>();
        Deque<MethodNode> work = new ArrayDeque<>(roots);
        roots.forEach(root -> callers.put(root, null));
        boolean isBroken = false;
        while (!work.isEmpty()) {
            MethodNode method = work.remove();
            if (graph.sites(method) == null) {
                continue;
            }
            List<Rule.Offence> offences = rule.offences(method, graph).toList();
            isBroken |= !offences.isEmpty();
            for (Rule.Offence offence : isReported ? offences : List.<Rule.Offence>of()) {
                diagnostics.add(rule.problem(), new Place(method.owner().sourceFile(),
                        offence.line(), method.display()),
                        offence.what() + "; called by " + chain(method, callers));
            }
            for (MethodNode callee : graph.callees(method)) {
                if (!callers.containsKey(callee) && !promises(callee, rule)
                        && !rule.endsAt(callee) && !isExempt(callee, rule, uses)) {
                    callers.put(callee, method);
                    work.add(callee);
                }
            }
        }
        return isBroken;
    }

    private static String chain(MethodNode end, Map<MethodNode, MethodNode> callers) {
        List<String> chain = new ArrayList<>();
        for (MethodNode m = end; m != null; m = callers.get(m)) {
            chain.addFirst(m.display());
        }
        return String.join(" -> ", chain);
    }

    private void report(Map<MethodNode, Set<String>> uses) {
        exemptions.forEach((method, own) -> own.forEach(exemption ->
                reported.add(new RegimeReport.Exemption(
                        method.owner().binaryName() + "." + method.name(),
                        exemption.regime().name(), exemption.reason(),
                        uses.getOrDefault(method, Set.of())
                                .contains(exemption.regime().name())))));
        reported.sort(Comparator.comparing(RegimeReport.Exemption::method)
                .thenComparing(RegimeReport.Exemption::regime));
    }
}
