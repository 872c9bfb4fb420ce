package k23.codegen.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;

/** What {@code return} does in an activation. */
sealed interface Returns {
    /** Ends the current path with {@code result}, null for void. */
    void emit(Operand result);

    /**
     * Returns from the function.
     *
     * @param code    the function
     * @param abi     how it is called
     * @param pointer where a result in memory goes, else null
     */
    record FromFunction(FunctionCode code, Abi abi, Value pointer) implements Returns {
        @Override
        public void emit(Operand result) {
            if (result == null) {
                code.f().returnValues(List.of());
                return;
            }
            List<Value> values = code.values(result, abi.result());
            if (!abi.inMemory()) {
                code.f().returnValues(carried(values));
                return;
            }
            for (int i = 0; i < values.size(); i++) {
                code.f().store(MemoryFlags.TRUSTED, values.get(i), pointer, 8 * i);
            }
            code.f().returnValues(List.of());
        }

        /** The values as the signature carries them: narrow where assembly may look. */
        private List<Value> carried(List<Value> values) {
            List<Type> types = abi.signature().resultTypes();
            List<Value> result = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                result.add(types.get(i) == Type.I32
                        ? code.f().ireduce(Type.I32, values.get(i)) : values.get(i));
            }
            return result;
        }
    }

    /**
     * Goes on behind the inlined call.
     *
     * @param merge where
     */
    record ToCaller(Merge merge) implements Returns {
        @Override
        public void emit(Operand result) {
            merge.arrive(result);
        }
    }

    /** Falls out of an inlined method that has one piece only; the operand stays as it is. */
    final class Through implements Returns {
        private Operand result;
        private boolean returned;

        @Override
        public void emit(Operand operand) {
            result = operand;
            returned = true;
        }

        Operand result() {
            return result;
        }

        boolean returned() {
            return returned;
        }
    }
}
