package k23.codegen.cranelift;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a function takes and gives. */
public final class Signature {
    private final CallConvention convention;
    private final List<Parameter> parameters;
    private final List<Parameter> results;
    private final List<Type> parameterTypes;
    private final List<Type> resultTypes;
    private final int hash;

    /** How a narrow integer fills the register that carries it. */
    public enum Extension {
        /** The upper bits are undefined. */
        NONE,
        /** The upper bits are zero. */
        ZERO,
        /** The upper bits repeat the sign, as C's psABI wants of every 32-bit integer. */
        SIGN
    }

    /**
     * One parameter or result.
     *
     * @param type its type
     * @param extension what its carrier's upper bits hold
     */
    public record Parameter(Type type, Extension extension) {
        /** A parameter whose carrier's upper bits are undefined. */
        public Parameter(Type type) {
            this(type, Extension.NONE);
        }
    }

    /**
     * A signature; the lists are copied.
     *
     * @param convention how they travel
     * @param parameters the parameters, in order
     * @param results the results, in order: two integers and two floats at most
     */
    public Signature(CallConvention convention, List<Parameter> parameters,
                     List<Parameter> results) {
        this.convention = convention;
        this.parameters = List.copyOf(parameters);
        this.results = List.copyOf(results);
        parameterTypes = types(parameters);
        resultTypes = types(results);
        hash = 31 * parameterTypes.hashCode() + resultTypes.hashCode();
    }

    private static List<Type> types(List<Parameter> list) {
        Type[] types = new Type[list.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = list.get(i).type();
        }
        return List.of(types);
    }

    /** A {@link CallConvention#SYSTEM_V} signature without extensions. */
    public static Signature of(List<Type> parameters, List<Type> results) {
        return of(CallConvention.SYSTEM_V, parameters, results);
    }

    /** A signature without extensions. */
    public static Signature of(CallConvention convention, List<Type> parameters,
                               List<Type> results) {
        return new Signature(convention, plain(parameters), plain(results));
    }

    private static List<Parameter> plain(List<Type> types) {
        List<Parameter> result = new ArrayList<>(types.size());
        types.forEach(type -> result.add(new Parameter(type)));
        return result;
    }

    /** How parameters and results travel. */
    public CallConvention convention() {
        return convention;
    }

    /** The parameters, in order. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The results, in order. */
    public List<Parameter> results() {
        return results;
    }

    /** The parameters' types. */
    public List<Type> parameterTypes() {
        return parameterTypes;
    }

    /** The results' types. */
    public List<Type> resultTypes() {
        return resultTypes;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Signature that && hash == that.hash
                && convention == that.convention && parameters.equals(that.parameters)
                && results.equals(that.results);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return names(parameters) + " -> " + names(results) + " "
                + convention.name().toLowerCase(Locale.ROOT);
    }

    private static String names(List<Parameter> list) {
        return list.stream().map(p -> p.type().clifName())
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
