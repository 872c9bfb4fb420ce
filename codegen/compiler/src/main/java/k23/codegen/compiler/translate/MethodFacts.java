package k23.codegen.compiler.translate;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.world.Bytecode;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.compiler.world.World;

/**
 * What translation asks of a method each time that it is called or translated in place, found
 * once. Threads that race here find the same.
 */
final class MethodFacts {
    private final MethodNode method;
    private final World world;
    private final ClassRepository repository;
    private final boolean isExported;
    private final String symbol;
    /** The record that it is a constructor of, or null. */
    private final RecordType built;
    // Threads that race for one of these make equals; volatile, so that they see what is in it.
    private volatile List<JavaType> parameters;
    private volatile Optional<PlainRecordMethod> plain;
    private volatile JavaType result;
    private volatile Abi abi;
    private volatile Abi foreignAbi;
    private volatile Pieces pieces;
    private volatile Sites sites;
    private volatile int[] writes;

    MethodFacts(MethodNode method, World world) {
        this.method = method;
        this.world = world;
        repository = world.repository();
        isExported = world.isExported(method);
        symbol = world.symbol(method);
        built = method.isConstructor() && method.owner().isRecord()
                ? (RecordType) repository.typeOfClass(method.owner().name()) : null;
    }

    /** The method. */
    MethodNode method() {
        return method;
    }

    /** Whether assembly may call it. */
    boolean isExported() {
        return isExported;
    }

    /** The linker symbol of its code. */
    String symbol() {
        return symbol;
    }

    /** The record that it is a constructor of, or null. */
    RecordType built() {
        return built;
    }

    /** The type of what it gives where it is translated in place. */
    JavaType result() {
        JavaType known = result;
        if (known == null) {
            known = built != null ? built : returned();
            result = known;
        }
        return known;
    }

    /** The types of its parameters, receiver included. */
    List<JavaType> parameters() {
        List<JavaType> known = parameters;
        if (known == null) {
            List<JavaType> types = new ArrayList<>();
            if (!method.isStatic()) {
                types.add(repository.typeOfClass(method.owner().name()));
            }
            method.type().parameterList().forEach(p -> types.add(repository.type(p)));
            known = List.copyOf(types);
            parameters = known;
        }
        return known;
    }

    /** How compiled code calls it where nothing else does. */
    Abi abi() {
        Abi known = abi;
        if (known == null) {
            known = Abi.of(parameters(), returned(), false);
            abi = known;
        }
        return known;
    }

    /** How it is called when assembly is on either side. */
    Abi foreignAbi() {
        Abi known = foreignAbi;
        if (known == null) {
            known = Abi.of(parameters(), returned(), true);
            foreignAbi = known;
        }
        return known;
    }

    private JavaType returned() {
        return repository.type(method.type().returnType());
    }

    /** How its own code is called. */
    Abi ownAbi() {
        return isExported ? foreignAbi() : abi();
    }

    /** What it is where a record has it as the language gives it; else null. */
    PlainRecordMethod plain() {
        Optional<PlainRecordMethod> known = plain;
        if (known == null) {
            known = !method.isStatic() && repository.typeOfClass(method.owner().name())
                    instanceof RecordType record
                    ? Optional.ofNullable(PlainRecordMethod.of(method, record)) : Optional.empty();
            plain = known;
        }
        return known.orElse(null);
    }

    /** The pieces of its code. */
    Pieces pieces() {
        Pieces known = pieces;
        if (known == null) {
            known = new Pieces(method, repository);
            pieces = known;
        }
        return known;
    }

    /** What its instructions mean. */
    Sites sites() {
        Sites known = sites;
        if (known == null) {
            known = new Sites(method, world);
            sites = known;
        }
        return known;
    }

    /**
     * How many instructions write each local variable, and behind those each component of the
     * record that it constructs; not to be changed.
     */
    int[] writes() {
        int[] known = writes;
        if (known == null) {
            known = countWrites();
            writes = known;
        }
        return known;
    }

    private int[] countWrites() {
        Bytecode code = method.bytecode();
        int locals = code.maxLocals();
        int[] counts = new int[locals + (built == null ? 0 : built.components().size())];
        for (int i = 0; i < locals; i++) {
            counts[i] = code.stores(i);
        }
        if (built != null) {
            code.instructions().forEach(instruction -> {
                if (instruction instanceof FieldInstruction access
                        && access.opcode() == Opcode.PUTFIELD
                        && access.owner().asInternalName().equals(built.name())) {
                    counts[locals + built.indexOf(access.name().stringValue())]++;
                }
            });
        }
        return counts;
    }
}
