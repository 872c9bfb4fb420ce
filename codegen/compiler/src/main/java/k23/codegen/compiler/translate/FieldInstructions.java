package k23.codegen.compiler.translate;

import java.lang.classfile.instruction.FieldInstruction;
import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Building;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.world.FieldNode;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Value;

/** Static fields, object fields and record components. */
final class FieldInstructions {
    private final Activation activation;

    FieldInstructions(Activation activation) {
        this.activation = activation;
    }

    void access(FieldInstruction instruction) {
        FieldSite site = activation.sites().field(activation.index());
        switch (instruction.opcode()) {
            case GETSTATIC -> activation.push(site.constant() != null ? site.constant()
                    : getStatic(site.field(), site.type()));
            case PUTSTATIC -> putStatic(site.field(), site.type());
            case GETFIELD -> activation.push(get(site));
            default -> put(site);
        }
    }

    private Operand getStatic(FieldNode field, JavaType type) {
        FunctionCode code = activation.code();
        StaticPlace place = StaticPlace.of(field, code);
        if (field.isVolatile()) {
            return single(field, type, place.base(), place.offset()).load(type);
        }
        return code.load(type, MemoryFlags.TRUSTED, place.base(), place.offset());
    }

    private void putStatic(FieldNode field, JavaType type) {
        FunctionCode code = activation.code();
        Operand value = activation.pop();
        if (field.isFinal()) {
            throw new Refusal(Problem.INITIALIZER, field + " is final and set at run time");
        }
        StaticPlace place = StaticPlace.of(field, code);
        if (field.isVolatile()) {
            single(field, type, place.base(), place.offset()).store(value, type);
            return;
        }
        code.store(value, type, MemoryFlags.TRUSTED, place.base(), place.offset());
    }

    private Operand get(FieldSite site) {
        FieldNode field = site.field();
        JavaType type = site.type();
        Operand object = activation.pop();
        if (object instanceof Tuple tuple) {
            return tuple.components().get(tuple.type().indexOf(field.name()));
        }
        if (object instanceof Building building) {
            return activation.locals().component(building.type().indexOf(field.name()));
        }
        Reference reference = activation.reference(object);
        int offset = site.offset(activation.code().world().repository());
        if (field.isVolatile()) {
            return single(field, type, nonNull(reference), offset).load(type);
        }
        MemoryFlags flags = activation.code().access(reference, offset + type.bytes());
        return activation.code().load(type, flags, activation.code().value(reference), offset);
    }

    private void put(FieldSite site) {
        FieldNode field = site.field();
        JavaType type = site.type();
        Operand value = activation.pop();
        Operand object = activation.pop();
        if (object instanceof Building building) {
            activation.locals().setComponent(building.type().indexOf(field.name()), value);
            return;
        }
        Reference reference = activation.reference(object);
        int offset = site.offset(activation.code().world().repository());
        if (field.isVolatile()) {
            single(field, type, nonNull(reference), offset).store(value, type);
            return;
        }
        MemoryFlags flags = activation.code().access(reference, offset + type.bytes());
        activation.code().store(value, type, flags, activation.code().value(reference), offset);
    }

    private Value nonNull(Reference reference) {
        return activation.code().value(activation.code().checkNull(reference));
    }

    /** Accesses to a volatile field, which are whole or not at all: it is one word. */
    private AtomicAccess single(FieldNode field, JavaType type, Value base, int offset) {
        List<Layouts.Leaf> leaves = Layouts.leaves(type);
        if (leaves.size() != 1) {
            throw new Refusal(Problem.VOLATILE_RECORD, field.toString());
        }
        return new AtomicAccess(activation.code(), leaves.getFirst().type(),
                activation.f().iaddImm(base, offset + leaves.getFirst().offset()));
    }
}
