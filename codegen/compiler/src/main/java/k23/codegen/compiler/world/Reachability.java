package k23.codegen.compiler.world;

import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import k23.codegen.compiler.diagnostic.Diagnostics;
import k23.codegen.compiler.diagnostic.Place;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.heap.HandleTarget;
import k23.codegen.compiler.heap.HostClasses;
import k23.codegen.compiler.heap.ImageHeap;

/**
 * Finds everything that can run, starting from the roots: rapid type analysis over the bytecode,
 * where only classes count that are instantiated somewhere or have objects in the image.
 */
public final class Reachability {
    private final ClassRepository repository;
    private final CallResolver resolver;
    private final HostClasses host;
    private final SymbolSource symbols;
    private final Diagnostics diagnostics;

    private final Set<MethodNode> methods = new LinkedHashSet<>();
    private final Deque<MethodNode> work = new ArrayDeque<>();
    private final Set<FieldNode> statics = new LinkedHashSet<>();
    private final Set<FieldNode> dropped = new LinkedHashSet<>();
    private final Set<String> strings = new LinkedHashSet<>();
    private final Set<String> singletons = new LinkedHashSet<>();
    private final Set<String> instantiated = new TreeSet<>();
    private final Set<String> records = new TreeSet<>();
    private final Set<Callee.Virtual> virtualCalls = new LinkedHashSet<>();
    private final Map<MethodNode, String> exports = new LinkedHashMap<>();
    private final Set<String> symbolsSeen = new LinkedHashSet<>();
    private final Set<String> undefined = new TreeSet<>();
    private final Map<MethodNode, CallSites> callSites = new LinkedHashMap<>();
    private final Map<String, List<String>> references = new LinkedHashMap<>();
    private final Set<Callee> implied = new LinkedHashSet<>();

    /** What defines linker symbols besides compiled methods. */
    public interface SymbolSource {
        /**
         * Defines {@code symbol} from a template, if one does.
         *
         * @return the symbols that its code refers to, or null when there is no such template
         */
        List<String> define(String symbol);

        /** The method with a body that {@code symbol} names, or null. */
        MethodNode method(String symbol);
    }

    /** An analysis that has found nothing yet. */
    public Reachability(ClassRepository repository, CallResolver resolver, HostClasses host,
            SymbolSource symbols, Diagnostics diagnostics) {
        this.repository = repository;
        this.resolver = resolver;
        this.host = host;
        this.symbols = symbols;
        this.diagnostics = diagnostics;
    }

    /** Makes {@code method} a root whose code the linker knows as {@code symbol}. */
    public void export(MethodNode method, String symbol) {
        exports.put(method, symbol);
        symbolsSeen.add(symbol);
        reach(method);
    }

    /** Makes {@code method} a root. */
    public void reach(MethodNode method) {
        if (methods.add(method)) {
            work.add(method);
        }
    }

    /**
     * Has {@code symbol} defined, by a template or a method of that name.
     *
     * @return whether it is defined; symbols that start with two underscores are the linker's
     */
    public boolean needSymbol(String symbol) {
        if (!symbolsSeen.add(symbol)) {
            return !undefined.contains(symbol);
        }
        List<String> references = symbols.define(symbol);
        if (references != null) {
            this.references.put(symbol, references);
            references.forEach(this::needSymbol);
            return true;
        }
        MethodNode method = symbols.method(symbol);
        if (method != null) {
            exports.put(method, symbol);
            reach(method);
            return true;
        }
        if (!symbol.startsWith("__")) {
            undefined.add(symbol);
        }
        return symbol.startsWith("__");
    }

    /** Makes sure that the image has an object of {@code type}, a class without fields. */
    void needSingleton(String type) {
        singletons.add(type);
        instantiate(type);
    }

    /** Makes sure that the string {@code text} is in the image. */
    void needString(String text) {
        strings.add(text);
    }

    /** Follows everything from the roots and returns the world, complete. */
    public World run() {
        while (true) {
            drain();
            ImageHeap heap = snapshot();
            int before = methods.size() + instantiated.size();
            heap.types().forEach(this::instantiate);
            if (before == methods.size() + instantiated.size()) {
                CallGraph graph = new CallGraph(repository, resolver, callSites, instantiated,
                        records, exports, references);
                return new World(repository, resolver, heap, instantiated,
                        List.copyOf(methods), exports, graph);
            }
        }
    }

    private void drain() {
        while (!work.isEmpty()) {
            MethodNode method = work.remove();
            if (!method.hasCode()) {
                continue;
            }
            implied.clear();
            try {
                callSites.put(method, new MethodScan(this, method).run());
            } catch (Refusal refusal) {
                if (!method.owner().isJdk()) {
                    diagnostics.add(refusal.at(method.place()));
                }
            }
        }
    }

    private ImageHeap snapshot() {
        // All initialisers first: a later one may change what an earlier one has made.
        int before;
        do {
            before = statics.size();
            forEachStatic(this::followHandle);
        } while (statics.size() > before);
        while (true) {
            ImageHeap heap = new ImageHeap(repository);
            strings.forEach(heap::addString);
            singletons.forEach(heap::addSingleton);
            if (forEachStatic(field -> heap.addRoot(field, host.staticValue(field)))) {
                return heap;
            }
        }
    }

    /** A variable handle may be the only way to a static field. */
    private void followHandle(FieldNode field) {
        if (host.staticValue(field) instanceof VarHandle handle
                && HandleTarget.of(handle, repository) instanceof HandleTarget.Static target) {
            useStatic(target.field());
        }
    }

    /** Drops the fields whose value does not do; false when there was one. */
    private boolean forEachStatic(Consumer<FieldNode> action) {
        int before = statics.size();
        for (FieldNode field : List.copyOf(statics)) {
            try {
                action.accept(field);
            } catch (Refusal refusal) {
                if (refusal.problem() == Problem.INITIALIZER || !field.owner().isJdk()) {
                    diagnostics.add(refusal.at(
                            new Place(field.owner().sourceFile(), 0, field.toString())));
                }
                statics.remove(field);
                dropped.add(field);
            }
        }
        return statics.size() == before;
    }

    /** Notes that code makes objects of {@code type}: an internal name or an array descriptor. */
    void instantiate(String type) {
        ClassNode node = type.startsWith("[") ? null : repository.find(type);
        boolean isRecord = node != null && node.isRecord();
        if ((isRecord ? records : instantiated).add(type)) {
            for (Callee.Virtual call : List.copyOf(virtualCalls)) {
                link(call, type);
            }
        }
    }

    /** Notes an access to a static field. */
    void useStatic(FieldNode field) {
        if (!dropped.contains(field)) {
            statics.add(field);
        }
    }

    /** What the method that is being scanned has led to so far, its call instructions included. */
    List<Callee> implied() {
        return List.copyOf(implied);
    }

    /** Follows a call. */
    void call(Callee callee) {
        implied.add(callee);
        switch (callee) {
            case Callee.Code code -> reach(code.method());
            case Callee.Symbol symbol -> {
                if (!needSymbol(symbol.symbol())) {
                    throw new Refusal(Problem.UNDEFINED_SYMBOL, symbol.symbol());
                }
            }
            case Callee.Virtual virtual -> {
                if (virtualCalls.add(virtual)) {
                    List.copyOf(instantiated).forEach(type -> link(virtual, type));
                    List.copyOf(records).forEach(type -> link(virtual, type));
                }
            }
            case Callee.Builtin builtin -> { }
            case Callee.Refused refused -> { }
        }
    }

    private void link(Callee.Virtual call, String type) {
        if (repository.isSubclass(type, call.receiver())) {
            MethodNode target = resolver.implementation(type, call);
            if (target != null && target.hasCode()) {
                reach(target);
            }
        }
    }

    ClassRepository repository() {
        return repository;
    }

    CallResolver resolver() {
        return resolver;
    }
}
