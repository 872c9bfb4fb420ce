package k23.codegen.compiler.translate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.MethodNode;

/**
 * What translation asks of a method each time that it is called or translated in place, found
 * once, for all threads.
 */
public final class Methods {
    private final ClassRepository repository;
    private final Map<MethodNode, Abi> abis = new ConcurrentHashMap<>();
    private final Map<MethodNode, Abi> foreignAbis = new ConcurrentHashMap<>();
    private final Map<MethodNode, Pieces> pieces = new ConcurrentHashMap<>();

    /** Nothing is known yet. */
    public Methods(ClassRepository repository) {
        this.repository = repository;
    }

    /** How {@code method} is called by compiled code. */
    Abi abi(MethodNode method) {
        return abis.computeIfAbsent(method, _ -> Abi.of(method, repository));
    }

    /** How {@code method} is called when assembly is on either side. */
    Abi foreignAbi(MethodNode method) {
        return foreignAbis.computeIfAbsent(method, _ -> Abi.foreign(method, repository));
    }

    /** The pieces of the code of {@code method}. */
    Pieces pieces(MethodNode method) {
        return pieces.computeIfAbsent(method, _ -> new Pieces(method, repository));
    }
}
