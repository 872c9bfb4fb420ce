package k23.codegen.compiler.translate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.compiler.world.World;

/** What translation knows of methods, for all threads. */
public final class Methods {
    private final World world;
    private final Map<MethodNode, MethodFacts> facts = new ConcurrentHashMap<>();

    /** Nothing is known yet. */
    public Methods(World world) {
        this.world = world;
    }

    /** What is known of {@code method}. */
    MethodFacts of(MethodNode method) {
        MethodFacts known = facts.get(method);
        return known != null ? known
                : facts.computeIfAbsent(method, m -> new MethodFacts(m, world));
    }
}
