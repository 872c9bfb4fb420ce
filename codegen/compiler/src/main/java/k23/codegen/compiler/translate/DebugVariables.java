package k23.codegen.compiler.translate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.world.Bytecode.LocalName;
import k23.codegen.cranelift.CompiledFunction;
import k23.codegen.cranelift.CompiledFunction.LabelRange;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.Value;
import k23.codegen.link.DebugVariable;
import k23.codegen.link.Location;

/**
 * The local variables of one function and of what is inlined into it, for debuggers: each word of
 * a variable has a label of its own, which goes from value to value as the variable changes.
 */
public final class DebugVariables {
    /** A variable: two calls of one method that are inlined are two activations. */
    private record Key(Activation activation, LocalName name) {}

    /** The labels of a variable's words are {@code firstLabel} and those behind it. */
    private record Labelled(JavaType type, Location calledFrom, int firstLabel,
            Map<Integer, Long> constants) {}

    private final FunctionBuilder f;
    private final Map<Key, Labelled> variables = new LinkedHashMap<>();
    private int labels;

    DebugVariables(FunctionBuilder f) {
        this.f = f;
    }

    /** Notes that the variable {@code name} has this value from here on. */
    void define(Activation activation, Location calledFrom, LocalName name, Operand operand) {
        JavaType type = activation.type(name.descriptor());
        List<Operand> words = new ArrayList<>();
        if (!flatten(operand, words) || words.size() != Layouts.leaves(type).size()) {
            return;
        }
        Labelled variable = variables.computeIfAbsent(new Key(activation, name), _ -> {
            int first = labels;
            labels += words.size();
            return new Labelled(type, calledFrom, first, new TreeMap<>());
        });
        for (int i = 0; i < words.size(); i++) {
            Value value = value(words.get(i));
            if (value != null) {
                f.label(value, variable.firstLabel + i);
            } else if (words.get(i) instanceof Word word) {
                variable.constants.put(i, word.bits());
            }
        }
    }

    /** False where there is something that is no value at run time. */
    private static boolean flatten(Operand operand, List<Operand> words) {
        return switch (operand) {
            case Word word -> words.add(word);
            case Reference reference -> words.add(reference);
            case Tuple tuple -> tuple.components().stream().allMatch(c -> flatten(c, words));
            default -> false;
        };
    }

    private static Value value(Operand operand) {
        return switch (operand) {
            case Word word -> word.value();
            case Reference reference -> reference.value();
            default -> null;
        };
    }

    /** Where the variables are in the compiled function. */
    List<DebugVariable> places(CompiledFunction compiled, DebugStructures structures) {
        Map<Integer, List<DebugVariable.Range>> ranges = new TreeMap<>();
        for (LabelRange range : compiled.labelRanges()) {
            ranges.computeIfAbsent(range.label(), _ -> new ArrayList<>())
                    .add(new DebugVariable.Range(range.start(), range.end(), place(range.place())));
        }
        List<DebugVariable> result = new ArrayList<>();
        variables.forEach((key, variable) -> {
            List<DebugVariable.Piece> pieces = new ArrayList<>();
            List<Layouts.Leaf> leaves = Layouts.leaves(variable.type);
            for (int i = 0; i < leaves.size(); i++) {
                Long constant = variable.constants.get(i);
                pieces.add(new DebugVariable.Piece(leaves.get(i).offset(),
                        leaves.get(i).type().bytes(), constant == null
                        ? ranges.getOrDefault(variable.firstLabel + i, List.of())
                        : List.of(new DebugVariable.Range(0, compiled.code().length,
                                new DebugVariable.Place.Constant(constant)))));
            }
            result.add(new DebugVariable(key.name.name(), structures.type(variable.type),
                    key.name.start() == 0, key.activation.method().display(),
                    variable.calledFrom, pieces));
        });
        return result;
    }

    private static DebugVariable.Place place(CompiledFunction.Place place) {
        return switch (place) {
            case CompiledFunction.Place.Register(int number) ->
                    new DebugVariable.Place.Register(number);
            case CompiledFunction.Place.Frame(int offset) ->
                    new DebugVariable.Place.Frame(offset);
        };
    }
}
