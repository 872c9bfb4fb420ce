package k23.codegen.compiler.translate;

import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.util.ArrayList;
import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;

/** The dynamic calls that javac writes, by their bootstrap method. */
final class DynamicInstructions {
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
                    activation.push(new Texts(activation).concatenate(call, arguments));
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
}
