package k23.codegen.compiler.regime;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.world.CallGraph;
import k23.codegen.compiler.world.MethodNode;
import k23.sdk.Regime;

/** One thing that regimes forbid: who promises it, and what breaks the promise. */
enum Rule {
    /** No allocation. */
    ALLOCATION(Regime.NO_ALLOCATION, Problem.ALLOCATION, List.of("NoAllocation", "Interrupt")) {
        @Override
        Stream<Offence> offences(MethodNode method, CallGraph graph) {
            return graph.sites(method).allocations().stream().map(made ->
                    new Offence("new " + made.type().replace('/', '.'), made.line()));
        }
    },
    /** No floating-point instruction. */
    FLOAT(Regime.NO_FPU, Problem.FLOAT_REGIME, List.of("NoFpu", "Interrupt")) {
        @Override
        Stream<Offence> offences(MethodNode method, CallGraph graph) {
            return graph.floats(method).stream().map(use -> new Offence(use.what(), use.line()));
        }
    },
    /** No waiting for what was interrupted. */
    BLOCKING(Regime.INTERRUPT, Problem.BLOCKING, List.of("Interrupt")) {
        @Override
        Stream<Offence> offences(MethodNode method, CallGraph graph) {
            return graph.sites(method).calls().stream().flatMap(call -> Stream.concat(
                    Optional.ofNullable(graph.declared(call.callee())).stream(),
                    graph.targets(call.callee()).stream()).filter(Rule::isBlocking)
                    .map(called -> new Offence("call of " + called.display(), call.line())))
                    .distinct();
        }

        @Override
        boolean endsAt(MethodNode method) {
            return isBlocking(method);
        }
    };

    private final Regime regime;
    private final Problem problem;
    private final List<String> annotations;

    Rule(Regime regime, Problem problem, List<String> annotations) {
        this.regime = regime;
        this.problem = problem;
        this.annotations = annotations;
    }

    /**
     * What breaks a promise.
     *
     * @param what the offending operation
     * @param line its source line
     */
    record Offence(String what, int line) {}

    /** The operations of a method with code that this rule forbids. */
    abstract Stream<Offence> offences(MethodNode method, CallGraph graph);

    /** Whether a call of {@code method} is an offence by itself, so that none below it counts. */
    boolean endsAt(MethodNode method) {
        return false;
    }

    /** The regime that this rule is the own part of. */
    Regime regime() {
        return regime;
    }

    /** How an offence is reported. */
    Problem problem() {
        return problem;
    }

    /** The simple names of the SDK's annotations that promise it. */
    List<String> annotations() {
        return annotations;
    }

    /** Whether an exemption from {@code from} ends the checks of this rule. */
    boolean isEndedBy(Regime from) {
        return from == regime || from == Regime.INTERRUPT;
    }

    static boolean isBlocking(MethodNode method) {
        return Annotations.onMethodOrType(method, "Blocking").isPresent();
    }
}
