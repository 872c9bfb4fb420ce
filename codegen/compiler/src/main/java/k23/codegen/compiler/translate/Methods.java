package k23.codegen.compiler.translate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.MethodNode;

/**
 * What translation asks of a method each time that it is called or translated in place, found
 * once. For all threads: two that race find the same.
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
        Abi known = abis.get(method);
        if (known == null) {
            known = Abi.of(method, repository);
            abis.put(method, known);
        }
        return known;
    }

    /** How {@code method} is called when assembly is on either side. */
    Abi foreignAbi(MethodNode method) {
        Abi known = foreignAbis.get(method);
        if (known == null) {
            known = Abi.foreign(method, repository);
            foreignAbis.put(method, known);
        }
        return known;
    }

    /** The pieces of the code of {@code method}. */
    Pieces pieces(MethodNode method) {
        Pieces known = pieces.get(method);
        if (known == null) {
            known = new Pieces(method, repository);
            pieces.put(method, known);
        }
        return known;
    }
}
