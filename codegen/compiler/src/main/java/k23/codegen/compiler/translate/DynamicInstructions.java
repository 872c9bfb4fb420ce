package k23.codegen.compiler.translate;

import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ConstantDesc;
import java.util.ArrayList;
import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Concatenation;
import k23.codegen.compiler.translate.Operand.Piece;

/** The dynamic calls that javac writes, by their bootstrap method. */
final class DynamicInstructions {
    private static final char ARGUMENT = '\u0001';
    private static final char CONSTANT = '\u0002';

    private final Activation activation;

    DynamicInstructions(Activation activation) {
        this.activation = activation;
    }

    void invoke(InvokeDynamicInstruction call) {
        String owner = call.bootstrapMethod().owner().displayName();
        String bootstrap = call.bootstrapMethod().methodName();
        List<Operand> arguments = new ArrayList<>();
        for (int i = 0; i < call.typeSymbol().parameterCount(); i++) {
            arguments.addFirst(activation.pop());
        }
        switch (owner + "." + bootstrap) {
            case "StringConcatFactory.makeConcatWithConstants" ->
                    activation.push(concatenation(call, arguments));
            case "SwitchBootstraps.typeSwitch" -> activation.push(
                    new PatternSwitch(activation).typeSwitch(call.bootstrapArgs(), arguments));
            case "SwitchBootstraps.enumSwitch" -> activation.push(
                    new PatternSwitch(activation).enumSwitch(call.bootstrapArgs(), arguments));
            case "ObjectMethods.bootstrap" -> activation.push(
                    new RecordMethods(activation).call(call.name().stringValue(), arguments));
            case "LambdaMetafactory.metafactory" -> activation.push(
                    new ObjectInstructions(activation).lambda(arguments));
            case "LambdaMetafactory.altMetafactory" ->
                    throw new Refusal(Problem.LAMBDA, "an instance of "
                            + call.typeSymbol().returnType().displayName());
            default -> throw new Refusal(Problem.DYNAMIC, owner + "." + bootstrap);
        }
    }

    private Concatenation concatenation(InvokeDynamicInstruction call, List<Operand> arguments) {
        List<ConstantDesc> constants = call.bootstrapArgs();
        String recipe = (String) constants.getFirst();
        List<Piece> pieces = new ArrayList<>();
        int nextArgument = 0;
        int nextConstant = 1;
        int start = 0;
        for (int i = 0; i <= recipe.length(); i++) {
            char c = i == recipe.length() ? ARGUMENT : recipe.charAt(i);
            if (c != ARGUMENT && c != CONSTANT) {
                continue;
            }
            if (i > start) {
                pieces.add(new Piece(recipe.substring(start, i), null, null));
            }
            start = i + 1;
            if (i < recipe.length() && c == ARGUMENT) {
                pieces.add(new Piece(null, arguments.get(nextArgument), call.typeSymbol()
                        .parameterType(nextArgument).descriptorString()));
                nextArgument++;
            } else if (i < recipe.length()) {
                pieces.add(new Piece(constants.get(nextConstant++).toString(), null, null));
            }
        }
        return new Concatenation(List.copyOf(pieces));
    }
}
