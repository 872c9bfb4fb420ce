package k23.codegen.compiler.intrinsic;

import java.util.List;
import k23.codegen.compiler.translate.Activation;
import k23.codegen.compiler.translate.Operand;

/** Writes the instructions that replace one call. */
@FunctionalInterface
interface Emitter {
    /** Writes them; returns the call's result, null for void. */
    Operand emit(Activation activation, List<Operand> arguments);
}
