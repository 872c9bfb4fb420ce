package k23.codegen.compiler.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import k23.codegen.compiler.heap.HartLocals;
import k23.codegen.compiler.heap.ImageHeap;

/** The closed world after everything that can be reached has been found. */
public final class World {
    private final ClassRepository repository;
    private final CallResolver resolver;
    private final ImageHeap heap;
    private final Set<String> instantiated;
    private final TypeIds typeIds;
    private final HartLocals hartLocals;
    private final List<MethodNode> methods;
    private final Map<MethodNode, String> exports;
    private final CallGraph callGraph;
    private final Map<Callee.Virtual, Targets> targets = new ConcurrentHashMap<>();
    private volatile Set<MethodNode> calledOnce;

    World(ClassRepository repository, CallResolver resolver, ImageHeap heap,
            Set<String> instantiated, List<MethodNode> methods, Map<MethodNode, String> exports,
            CallGraph callGraph) {
        this.repository = repository;
        this.resolver = resolver;
        this.heap = heap;
        this.instantiated = instantiated;
        this.methods = methods;
        this.exports = exports;
        this.callGraph = callGraph;
        this.typeIds = new TypeIds(repository, instantiated);
        this.hartLocals = new HartLocals(heap, repository);
    }

    /** All classes. */
    public ClassRepository repository() {
        return repository;
    }

    /** What calls mean. */
    public CallResolver resolver() {
        return resolver;
    }

    /** The objects of the image. */
    public ImageHeap heap() {
        return heap;
    }

    /** Where the variables are of which every hart has its own. */
    public HartLocals hartLocals() {
        return hartLocals;
    }

    /** The type ids. */
    public TypeIds typeIds() {
        return typeIds;
    }

    /** The methods that may run, in the order of discovery. */
    public List<MethodNode> methods() {
        return methods;
    }

    /** The methods that the call instructions of {@code method} name for certain. */
    public List<MethodNode> callees(MethodNode method) {
        List<MethodNode> result = new ArrayList<>();
        CallSites sites = callGraph.sites(method);
        if (sites != null) {
            for (CallSites.Call call : sites.calls()) {
                if (call.callee() instanceof Callee.Code code && code.method().hasCode()
                        && !result.contains(code.method())) {
                    result.add(code.method());
                }
            }
        }
        return result;
    }

    /** Who calls what, as the bytecode tells it. */
    public CallGraph callGraph() {
        return callGraph;
    }

    /** Whether only one call instruction leads to {@code method}, as the bytecode tells it. */
    public boolean isCalledOnce(MethodNode method) {
        Set<MethodNode> result = calledOnce;
        if (result == null) {
            synchronized (this) {
                if (calledOnce == null) {
                    calledOnce = callGraph.calledOnce();
                }
                result = calledOnce;
            }
        }
        return result.contains(method);
    }

    /** The methods that templates or the linker refer to, in the order of discovery. */
    public Set<MethodNode> exported() {
        return exports.keySet();
    }

    /** The linker symbol of {@code method}'s code. */
    public String symbol(MethodNode method) {
        String exported = exports.get(method);
        return exported != null ? exported : method.symbol();
    }

    /** Whether templates or the loader know {@code method} by its symbol. */
    public boolean isExported(MethodNode method) {
        return exports.containsKey(method);
    }

    /**
     * Where a virtual call may lead.
     *
     * @param methods the implementations, each with its receivers' type ids
     * @param without a type whose objects the call may meet and that does not have the method, as
     *                lambdas have no {@code toString}; null when there is none
     */
    public record Targets(Map<MethodNode, List<Integer>> methods, String without) {}

    /** The implementations that a virtual call may reach. */
    public Targets targets(Callee.Virtual call) {
        Targets known = targets.get(call);
        if (known == null) {
            known = findTargets(call);
            targets.put(call, known);
        }
        return known;
    }

    private Targets findTargets(Callee.Virtual call) {
        TreeMap<Integer, String> receivers = new TreeMap<>();
        for (String type : instantiated) {
            if (repository.isSubclass(type, call.receiver())) {
                receivers.put(typeIds.id(type), type);
            }
        }
        Map<MethodNode, List<Integer>> methods = new LinkedHashMap<>();
        String without = null;
        for (Map.Entry<Integer, String> receiver : receivers.entrySet()) {
            MethodNode target = resolver.implementation(receiver.getValue(), call);
            if (target != null) {
                methods.computeIfAbsent(target, _ -> new ArrayList<>()).add(receiver.getKey());
            } else {
                without = receiver.getValue();
            }
        }
        return new Targets(methods, without);
    }
}
