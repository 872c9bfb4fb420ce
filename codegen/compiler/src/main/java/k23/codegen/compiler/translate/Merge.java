package k23.codegen.compiler.translate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.cranelift.Block;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.cranelift.Variable;

/** A place where several paths meet, each with a value of the same type. */
public final class Merge {
    private final FunctionCode code;
    private final JavaType type;
    private final List<Variable> variables = new ArrayList<>();
    private Block block;
    private BitSet facts;

    /** A meeting place that nobody has reached; {@code type} may be void. */
    public Merge(FunctionCode code, JavaType type) {
        this.code = code;
        this.type = type;
    }

    /** Ends the current block: it goes to the meeting place with {@code operand}. */
    public void arrive(Operand operand) {
        if (block == null) {
            block = code.f().createBlock();
            if (type.bytes() > 0) {
                for (Type word : FunctionCode.clifTypes(type)) {
                    variables.add(code.f().declare(word));
                }
            }
        }
        if (!variables.isEmpty()) {
            List<Value> values = code.values(operand, type);
            for (int i = 0; i < values.size(); i++) {
                code.f().define(variables.get(i), values.get(i));
            }
        }
        if (facts == null) {
            facts = code.facts();
        } else {
            code.restrict(facts);
        }
        code.f().jump(block);
    }

    /** Whether any path came here. */
    public boolean isReached() {
        return block != null;
    }

    /** Continues at the meeting place; returns the value, null for void. */
    public Operand leave() {
        code.f().switchTo(block);
        code.setFacts(facts);
        if (type.bytes() == 0) {
            return type instanceof RecordType record
                    ? new Operand.Tuple(record, List.of()) : null;
        }
        List<Value> values = new ArrayList<>(variables.size());
        for (Variable variable : variables) {
            values.add(code.f().use(variable));
        }
        return code.operand(type, values.iterator());
    }
}
