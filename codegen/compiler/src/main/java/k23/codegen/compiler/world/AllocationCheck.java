package k23.codegen.compiler.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import k23.codegen.compiler.diagnostic.Diagnostics;
import k23.codegen.compiler.diagnostic.Place;
import k23.codegen.compiler.diagnostic.Problem;

/** Checks that nothing below {@code @NoAllocation} allocates, over the whole call graph. */
final class AllocationCheck {
    private final Map<MethodNode, CallSites> sites;
    private final Function<Callee.Virtual, List<MethodNode>> targets;
    private final Diagnostics diagnostics;

    private AllocationCheck(Map<MethodNode, CallSites> sites,
            Function<Callee.Virtual, List<MethodNode>> targets, Diagnostics diagnostics) {
        this.sites = sites;
        this.targets = targets;
        this.diagnostics = diagnostics;
    }

    static void run(Map<MethodNode, CallSites> sites,
            Function<Callee.Virtual, List<MethodNode>> targets, Diagnostics diagnostics) {
        AllocationCheck check = new AllocationCheck(sites, targets, diagnostics);
        sites.keySet().stream().filter(MethodNode::isNoAllocation).forEach(check::check);
    }

    /** Breadth first, so that the chain in the diagnostic is a shortest one. */
    private void check(MethodNode root) {
        Map<MethodNode, MethodNode> callers = new LinkedHashMap<>();
        Deque<MethodNode> work = new ArrayDeque<>(List.of(root));
        callers.put(root, null);
        while (!work.isEmpty()) {
            MethodNode method = work.remove();
            CallSites here = sites.get(method);
            if (here == null) {
                continue;
            }
            for (CallSites.Allocation allocation : here.allocations()) {
                report(root, method, allocation, callers);
            }
            for (CallSites.Call call : here.calls()) {
                for (MethodNode callee : callees(call.callee())) {
                    // An annotated callee is checked for itself.
                    if (!callee.isNoAllocation() && callers.putIfAbsent(callee, method) == null) {
                        work.add(callee);
                    }
                }
            }
        }
    }

    private List<MethodNode> callees(Callee callee) {
        return switch (callee) {
            case Callee.Code code -> List.of(code.method());
            case Callee.Virtual virtual -> targets.apply(virtual);
            case Callee.Symbol symbol -> List.of();
            case Callee.Builtin builtin -> List.of();
            case Callee.Refused refused -> List.of();
        };
    }

    private void report(MethodNode root, MethodNode method, CallSites.Allocation allocation,
            Map<MethodNode, MethodNode> callers) {
        List<String> chain = new ArrayList<>();
        for (MethodNode m = method; m != null; m = callers.get(m)) {
            chain.addFirst(m.display());
        }
        diagnostics.add(Problem.ALLOCATION,
                new Place(method.owner().sourceFile(), allocation.line(), method.display()),
                "new " + allocation.type().replace('/', '.') + "; called by "
                        + String.join(" -> ", chain));
    }
}
