package k23.codegen.compiler.translate;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.util.ArrayList;
import java.util.List;
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
    private List<JavaType> parameters;
    private PlainRecordMethod plain;
    private boolean isPlainKnown;
    private JavaType result;
    private Abi abi;
    private Abi foreignAbi;
    private Pieces pieces;
    private Sites sites;
    private int[] writes;

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
        if (result == null) {
            result = built != null ? built : returned();
        }
        return result;
    }

    /** The types of its parameters, receiver included. */
    List<JavaType> parameters() {
        if (parameters == null) {
            List<JavaType> types = new ArrayList<>();
            if (!method.isStatic()) {
                types.add(repository.typeOfClass(method.owner().name()));
            }
            method.type().parameterList().forEach(p -> types.add(repository.type(p)));
            parameters = List.copyOf(types);
        }
        return parameters;
    }

    /** How compiled code calls it where nothing else does. */
    Abi abi() {
        if (abi == null) {
            abi = Abi.of(parameters(), returned(), false);
        }
        return abi;
    }

    /** How it is called when assembly is on either side. */
    Abi foreignAbi() {
        if (foreignAbi == null) {
            foreignAbi = Abi.of(parameters(), returned(), true);
        }
        return foreignAbi;
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
        if (!isPlainKnown) {
            plain = !method.isStatic() && repository.typeOfClass(method.owner().name())
                    instanceof RecordType record ? PlainRecordMethod.of(method, record) : null;
            isPlainKnown = true;
        }
        return plain;
    }

    /** The pieces of its code. */
    Pieces pieces() {
        if (pieces == null) {
            pieces = new Pieces(method, repository);
        }
        return pieces;
    }

    /** What its instructions mean. */
    Sites sites() {
        if (sites == null) {
            sites = new Sites(method, world);
        }
        return sites;
    }

    /**
     * How many instructions write each local variable, and behind those each component of the
     * record that it constructs; not to be changed.
     */
    int[] writes() {
        if (writes == null) {
            writes = countWrites();
        }
        return writes;
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
