package k23.codegen.compiler.intrinsic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Activation;
import k23.codegen.compiler.translate.Operand;

/** The table of all intrinsics. */
public final class Intrinsics {
    private static final Map<String, Emitter> TABLE = table();

    private Intrinsics() {}

    private static Map<String, Emitter> table() {
        Map<String, Emitter> table = new TreeMap<>();
        MachineIntrinsics.addTo(table);
        ArithmeticIntrinsics.addTo(table);
        FloatIntrinsics.addTo(table);
        ObjectIntrinsics.addTo(table);
        UnsafeIntrinsics.addTo(table);
        AtomicIntrinsics.addTo(table);
        // Sorted, and found at once.
        return new LinkedHashMap<>(table);
    }

    /** The keys of all intrinsics, sorted: {@code owner.name} and descriptor. */
    public static Set<String> keys() {
        return TABLE.keySet();
    }

    /** Writes the intrinsic {@code key}; returns its result, null for void. */
    public static Operand emit(String key, Activation activation, List<Operand> arguments) {
        Emitter emitter = TABLE.get(key);
        if (emitter == null) {
            throw new Refusal(Problem.UNSUPPORTED_METHOD, key);
        }
        return emitter.emit(activation, arguments);
    }
}
