package k23.codegen.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A function type. Equal types are the same type, across modules too (Core 2.0, section 2.3.5).
 *
 * @param parameters what a function of it takes
 * @param results    what it gives
 */
public record FunctionType(List<ValueType> parameters, List<ValueType> results) {
    /** Copies the lists. */
    public FunctionType {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }

    /** The runtime's own type as one of these. */
    static FunctionType of(k23.runtime.module.FunctionType type) {
        var parameters = new ArrayList<ValueType>();
        for (int i = 0; i < type.parameterCount(); i++) {
            parameters.add(ValueType.of(type.parameterCode(i)));
        }
        var results = new ArrayList<ValueType>();
        for (int i = 0; i < type.resultCount(); i++) {
            results.add(ValueType.of(type.resultCode(i)));
        }
        return new FunctionType(parameters, results);
    }

    @Override
    public String toString() {
        return names(parameters) + " -> " + names(results);
    }

    private static String names(List<ValueType> types) {
        return types.stream().map(ValueType::text).collect(Collectors.joining(" ", "[", "]"));
    }
}
