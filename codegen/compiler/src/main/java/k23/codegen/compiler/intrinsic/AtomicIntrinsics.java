package k23.codegen.compiler.intrinsic;

import java.util.List;
import java.util.Map;
import k23.codegen.compiler.translate.Activation;
import k23.codegen.compiler.translate.AtomicAccess;
import k23.codegen.compiler.translate.Operand;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.cranelift.AtomicOperation;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Value;

/**
 * Fences, the hint of a waiting loop, and the operations of {@code jdk.internal.misc.Unsafe} that
 * {@code java.util.concurrent.atomic} consists of. Programs cannot call the latter: the package is
 * not exported.
 */
final class AtomicIntrinsics {
    private static final String UNSAFE = "jdk/internal/misc/Unsafe.";
    private static final String HANDLE = "java/lang/invoke/VarHandle.";
    private static final String OBJECT = "Ljava/lang/Object;";

    private interface Access {
        Operand emit(AtomicAccess variable, List<Operand> values);
    }

    private AtomicIntrinsics() {}

    static void addTo(Map<String, Emitter> table) {
        for (String fence : List.of("fullFence", "acquireFence", "releaseFence", "loadLoadFence",
                "storeStoreFence")) {
            table.put(HANDLE + fence + "()V", (a, args) -> {
                a.f().fence();
                return null;
            });
        }
        table.put("java/lang/Thread.onSpinWait()V", MachineIntrinsics.pause());
        addType(table, "Int", Scalar.INT);
        addType(table, "Long", Scalar.LONG);
        addType(table, "Reference", ReferenceType.OBJECT);
    }

    private static void addType(Map<String, Emitter> table, String name, JavaType type) {
        String t = type.descriptor();
        String place = "(" + OBJECT + "J";
        for (String mode : List.of("Volatile", "Acquire", "Opaque")) {
            atomic(table, "get" + name + mode + place + ")" + t, type,
                    (variable, _) -> variable.load());
        }
        for (String mode : List.of("Volatile", "Release", "Opaque")) {
            atomic(table, "put" + name + mode + place + t + ")V", type, (variable, values) -> {
                variable.store(values.getFirst());
                return null;
            });
        }
        // The plain get of numbers is one of UnsafeIntrinsics.
        if (type instanceof ReferenceType) {
            table.put(UNSAFE + "get" + name + place + ")" + t, (a, args) ->
                    a.code().load(type, MemoryFlags.TRUSTED, address(a, args), 0));
        }
        table.put(UNSAFE + "put" + name + place + t + ")V", (a, args) -> {
            a.code().store(args.get(3), type, MemoryFlags.TRUSTED, address(a, args), 0);
            return null;
        });
        for (String mode : List.of("", "Plain", "Acquire", "Release")) {
            atomic(table, "weakCompareAndSet" + name + mode + place + t + t + ")Z", type,
                    (variable, values) -> variable.replace(values.get(0), values.get(1)));
        }
        atomic(table, "compareAndSet" + name + place + t + t + ")Z", type,
                (variable, values) -> variable.replace(values.get(0), values.get(1)));
        for (String mode : List.of("", "Acquire", "Release")) {
            atomic(table, "compareAndExchange" + name + mode + place + t + t + ")" + t, type,
                    (variable, values) -> variable.exchange(values.get(0), values.get(1)));
            change(table, "getAndSet" + name + mode, type, AtomicOperation.EXCHANGE);
            if (type instanceof Scalar) {
                change(table, "getAndAdd" + name + mode, type, AtomicOperation.ADD);
            }
        }
    }

    private static void change(Map<String, Emitter> table, String name, JavaType type,
            AtomicOperation operation) {
        String t = type.descriptor();
        atomic(table, name + "(" + OBJECT + "J" + t + ")" + t, type,
                (variable, values) -> variable.change(operation, values.getFirst()));
    }

    private static void atomic(Map<String, Emitter> table, String key, JavaType type,
            Access access) {
        table.put(UNSAFE + key, (a, args) -> access.emit(
                new AtomicAccess(a.code(), type, address(a, args)),
                args.subList(3, args.size())));
    }

    /** Unsafe's own object is argument 0, the object 1, the offset 2. */
    private static Value address(Activation a, List<Operand> args) {
        return a.f().iadd(a.code().value(a.reference(args.get(1))), a.code().value(args.get(2)));
    }
}
