package k23.codegen.compiler.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who calls what in the closed world, as the bytecode tells it: virtual calls lead to every
 * implementation that has objects, symbols through templates to the methods that these call.
 */
public final class CallGraph {
    private final ClassRepository repository;
    private final CallResolver resolver;
    private final Map<MethodNode, CallSites> sites;
    private final List<String> receivers = new ArrayList<>();
    private final Map<String, MethodNode> exported = new LinkedHashMap<>();
    private final Map<String, List<String>> references;
    private final FloatScan floatScan;
    private final Map<MethodNode, List<CallSites.FloatUse>> floats = new HashMap<>();
    private final Map<MethodNode, Set<MethodNode>> callees = new HashMap<>();
    private final Map<Callee.Virtual, Collection<MethodNode>> implementations = new HashMap<>();
    private final Map<String, MethodNode> intrinsics = new HashMap<>();

    CallGraph(ClassRepository repository, CallResolver resolver, Map<MethodNode, CallSites> sites,
            Collection<String> instantiated, Collection<String> records,
            Map<MethodNode, String> exports, Map<String, List<String>> references) {
        this.repository = repository;
        this.resolver = resolver;
        this.sites = sites;
        this.references = references;
        floatScan = new FloatScan(repository);
        instantiated.stream().filter(type -> !type.startsWith("[")).forEach(receivers::add);
        receivers.addAll(records);
        exports.forEach((method, symbol) -> exported.put(symbol, method));
    }

    /** The methods whose bytecode can be reached, in the order of discovery. */
    public Set<MethodNode> methods() {
        return sites.keySet();
    }

    /** What {@code method} does; null when it has no code or could not be read. */
    public CallSites sites(MethodNode method) {
        return sites.get(method);
    }

    /** The floating-point instructions of {@code method}, which has code; a line's first. */
    public List<CallSites.FloatUse> floats(MethodNode method) {
        // Asked only below a promise: most methods are below none.
        return floats.computeIfAbsent(method, floatScan::uses);
    }

    /** The method that a call names: the declaration, not what overrides it; null for none. */
    public MethodNode declared(Callee callee) {
        return switch (callee) {
            case Callee.Code code -> code.method();
            case Callee.Virtual virtual -> repository.resolve(virtual.receiver(), virtual.name(),
                    virtual.descriptor());
            case Callee.Symbol symbol -> symbol.declared();
            case Callee.Builtin builtin ->
                    intrinsics.computeIfAbsent(builtin.key(), this::declared);
            case Callee.Refused _ -> null;
        };
    }

    /** The declaration of an intrinsic. */
    private MethodNode declared(String key) {
        int dot = key.indexOf('.');
        int type = key.indexOf('(');
        ClassNode owner = dot < 0 || type < 0 ? null : repository.find(key.substring(0, dot));
        return owner == null ? null
                : owner.method(key.substring(dot + 1, type), key.substring(type));
    }

    /** Every method that {@code method} may call. */
    public Set<MethodNode> callees(MethodNode method) {
        return callees.computeIfAbsent(method, this::findCallees);
    }

    private Set<MethodNode> findCallees(MethodNode method) {
        Set<MethodNode> result = new LinkedHashSet<>();
        CallSites here = sites.get(method);
        if (here != null) {
            for (CallSites.Call call : here.calls()) {
                addTargets(call.callee(), result);
            }
            for (Callee callee : here.implied()) {
                addTargets(callee, result);
            }
        }
        return result;
    }

    private void addTargets(Callee callee, Set<MethodNode> result) {
        if (callee instanceof Callee.Code code) {
            result.add(code.method());
        } else {
            result.addAll(targets(callee));
        }
    }

    /** The methods to which one call instruction leads and no other. */
    public Set<MethodNode> calledOnce() {
        Set<MethodNode> once = new HashSet<>();
        Set<MethodNode> more = new HashSet<>();
        for (CallSites here : sites.values()) {
            Set<Callee> implied = new HashSet<>(here.implied());
            for (CallSites.Call call : here.calls()) {
                implied.remove(call.callee());
                count(call.callee(), once, more);
            }
            implied.forEach(callee -> count(callee, once, more));
        }
        once.removeAll(more);
        return once;
    }

    private void count(Callee callee, Set<MethodNode> once, Set<MethodNode> more) {
        for (MethodNode target : targets(callee)) {
            if (!once.add(target)) {
                more.add(target);
            }
        }
    }

    /** The methods that may run when {@code callee} is called. */
    public Collection<MethodNode> targets(Callee callee) {
        return switch (callee) {
            case Callee.Code code -> List.of(code.method());
            case Callee.Virtual virtual ->
                    implementations.computeIfAbsent(virtual, this::implementations);
            case Callee.Symbol symbol -> behind(symbol.symbol());
            case Callee.Builtin _, Callee.Refused _ -> List.of();
        };
    }

    private Collection<MethodNode> implementations(Callee.Virtual call) {
        Set<MethodNode> result = new LinkedHashSet<>();
        for (String type : receivers) {
            if (repository.isSubclass(type, call.receiver())) {
                MethodNode target = resolver.implementation(type, call);
                if (target != null) {
                    result.add(target);
                }
            }
        }
        return result;
    }

    /** The methods that {@code symbol} names, or that the template of that name refers to. */
    private Collection<MethodNode> behind(String symbol) {
        Set<MethodNode> result = new LinkedHashSet<>();
        collect(symbol, new HashSet<>(), result);
        return result;
    }

    private void collect(String symbol, Set<String> seen, Set<MethodNode> result) {
        if (!seen.add(symbol)) {
            return;
        }
        MethodNode method = exported.get(symbol);
        if (method != null) {
            result.add(method);
        }
        references.getOrDefault(symbol, List.of())
                .forEach(reference -> collect(reference, seen, result));
    }
}
