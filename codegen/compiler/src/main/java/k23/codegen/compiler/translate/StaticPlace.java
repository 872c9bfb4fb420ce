package k23.codegen.compiler.translate;

import java.util.List;
import k23.codegen.compiler.world.FieldNode;
import k23.codegen.cranelift.Signature;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;

/**
 * Where a static variable is.
 *
 * @param base   an address
 * @param offset the variable's distance from it
 */
record StaticPlace(Value base, int offset) {
    private static final Signature THREAD_POINTER = Signature.of(List.of(), List.of(Type.I64));

    /** The place of {@code field}, which is not final. */
    static StaticPlace of(FieldNode field, FunctionCode code) {
        if (!field.isHartLocal()) {
            return new StaticPlace(code.f().symbolAddress(field.symbol()), 0);
        }
        // Read anew each time: what is known of another hart's block is of no use.
        Value block = code.f().call(code.f().declareFunction("k23.tp.read", THREAD_POINTER),
                List.of()).getFirst();
        return new StaticPlace(block, code.world().hartLocals().offset(field));
    }

    /** Its address. */
    Value address(FunctionCode code) {
        return offset == 0 ? base : code.f().iaddImm(base, offset);
    }
}
