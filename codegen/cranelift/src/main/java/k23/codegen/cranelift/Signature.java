package k23.codegen.cranelift;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a function takes and gives.
 *
 * @param convention how they travel
 * @param parameters the parameters, in order
 * @param results the results, in order: two integers and two floats at most
 */
public record Signature(CallConvention convention, List<Parameter> parameters,
                        List<Parameter> results) {
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

    /** Copies the lists. */
    public Signature {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }

    /** A {@link CallConvention#SYSTEM_V} signature without extensions. */
    public static Signature of(List<Type> parameters, List<Type> results) {
        return of(CallConvention.SYSTEM_V, parameters, results);
    }

    /** A signature without extensions. */
    public static Signature of(CallConvention convention, List<Type> parameters,
                               List<Type> results) {
        return new Signature(convention, parameters.stream().map(Parameter::new).toList(),
                results.stream().map(Parameter::new).toList());
    }

    /** The parameters' types. */
    public List<Type> parameterTypes() {
        return parameters.stream().map(Parameter::type).toList();
    }

    /** The results' types. */
    public List<Type> resultTypes() {
        return results.stream().map(Parameter::type).toList();
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
