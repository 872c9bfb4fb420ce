package k23.codegen.compiler.world;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;

/** Finds what the texts need that one method makes: strings, {@code toString} methods, memory. */
final class TextScan {
    private final Reachability world;
    private final MethodNode method;

    TextScan(Reachability world, MethodNode method) {
        this.world = world;
        this.method = method;
    }

    /** Whether {@code instruction} makes a text. */
    static boolean concerns(Instruction instruction) {
        return TextUse.isConcatenation(instruction) || TextUse.isRecordText(instruction)
                || TextUse.isValueOf(instruction);
    }

    /** Reaches what the instruction {@code index} needs; true when it allocates a string. */
    boolean scan(int index) {
        TextUse use = TextUse.of(world.resolver(), method, index);
        if (use == TextUse.MESSAGE) {
            return false;
        }
        Support.needsLog(world);
        Instruction instruction = method.bytecode().instructions().get(index);
        boolean isString = use == TextUse.STRING;
        if (instruction instanceof InvokeDynamicInstruction call
                && TextUse.isConcatenation(call)) {
            MethodScan.pieces((String) call.bootstrapArgs().getFirst())
                    .forEach(world::needString);
            call.bootstrapArgs().stream().skip(1)
                    .forEach(constant -> world.needString(constant.toString()));
            call.typeSymbol().parameterList().stream().map(ClassDesc::descriptorString)
                    .forEach(this::text);
        } else if (TextUse.isRecordText(instruction)) {
            components((RecordType) world.repository().typeOfClass(method.owner().name()));
        } else {
            String type = method.stackFlow().taken(index);
            text(type);
            isString = isString && type.startsWith("L") && world.repository().type(type)
                    instanceof RecordType record
                    && RecordText.own(world.resolver(), record) == null;
        }
        if (isString) {
            Support.needsText(world);
        }
        return isString;
    }

    /** Reaches what the text of a value of this type needs; what has none is told later. */
    private void text(String descriptor) {
        if (descriptor.equals("F") || descriptor.equals("D")) {
            Support.needsDecimal(world, descriptor);
        }
        if (!descriptor.startsWith("L")) {
            return;
        }
        switch (world.repository().type(descriptor)) {
            case RecordType record when RecordText.isAddress(record) -> { }
            case RecordType record -> {
                MethodNode own = RecordText.own(world.resolver(), record);
                if (own != null) {
                    world.call(new Callee.Code(own));
                } else {
                    components(record);
                }
            }
            case ReferenceType type when !type.name().equals("java/lang/String") -> world.call(
                    toText(world.resolver(), type.name()));
            case ReferenceType _, Scalar _ -> { }
        }
    }

    private void components(RecordType record) {
        for (int i = 0; i < record.components().size(); i++) {
            world.needString(RecordText.before(record, i));
            text(record.components().get(i).type().descriptor());
        }
        world.needString(RecordText.before(record, record.components().size()));
    }

    /** What gives the text of an object of class {@code type}. */
    static Callee toText(CallResolver resolver, String type) {
        return resolver.resolve(Opcode.INVOKEVIRTUAL, type, "toString", "()Ljava/lang/String;");
    }
}
