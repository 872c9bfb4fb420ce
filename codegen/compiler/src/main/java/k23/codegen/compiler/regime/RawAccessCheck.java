package k23.codegen.compiler.regime;

import java.lang.classfile.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import k23.codegen.compiler.diagnostic.Diagnostics;
import k23.codegen.compiler.diagnostic.Place;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.world.CallGraph;
import k23.codegen.compiler.world.CallSites;
import k23.codegen.compiler.world.ClassNode;
import k23.codegen.compiler.world.MethodNode;

/** Checks that only code with a permission calls what touches memory as it is told. */
final class RawAccessCheck {
    private final CallGraph graph;
    private final Annotations annotations;
    private final Diagnostics diagnostics;
    private final TreeMap<String, RegimeReport.Permission> permissions = new TreeMap<>();

    RawAccessCheck(CallGraph graph, Annotations annotations, Diagnostics diagnostics) {
        this.graph = graph;
        this.annotations = annotations;
        this.diagnostics = diagnostics;
    }

    /** Checks all methods; the permissions that it met, sorted by their holders. */
    List<RegimeReport.Permission> run() {
        graph.methods().forEach(this::check);
        return List.copyOf(permissions.values());
    }

    private void check(MethodNode method) {
        Optional<Annotations.Found> permission =
                annotations.nearest(method, "RawAccessAllowed");
        permission.ifPresent(found -> note(method, found));
        for (CallSites.Call call : graph.sites(method).calls()) {
            MethodNode callee = graph.declared(call.callee());
            Optional<Annotation> raw = callee == null ? Optional.empty()
                    : Annotations.onMethodOrType(callee, "RawAccess");
            if (raw.isEmpty() || callee.owner() == method.owner()) {
                continue;
            }
            if (permission.isPresent()) {
                permissions.computeIfPresent(permission.get().holder(), (holder, p) ->
                        new RegimeReport.Permission(holder, p.reason(), p.calls() + 1));
            } else {
                diagnostics.add(Problem.RAW_ACCESS, new Place(method.owner().sourceFile(),
                        call.line(), method.display()), callee.display() + "; use "
                        + ClassNode.text(raw.get(), "instead"));
            }
        }
    }

    private void note(MethodNode method, Annotations.Found permission) {
        String reason = ClassNode.text(permission.annotation(), "reason");
        RegimeReport.Permission known = permissions.putIfAbsent(permission.holder(),
                new RegimeReport.Permission(permission.holder(), reason, 0));
        if (known == null && reason.isBlank()) {
            diagnostics.add(Problem.NO_REASON, new Place(method.owner().sourceFile(), 0,
                    permission.holder()), "@RawAccessAllowed of " + permission.holder());
        }
    }
}
