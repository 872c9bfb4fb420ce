package k23.codegen.compiler.translate;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.intrinsic.Intrinsics;
import k23.codegen.compiler.translate.Operand.Concatenation;
import k23.codegen.compiler.translate.Operand.Fresh;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Thrown;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.Callee;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.Invocation;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.compiler.world.World;
import k23.codegen.cranelift.Block;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.StackSlot;
import k23.codegen.cranelift.TrapCode;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.TrapKind;

/** Calls: direct, inlined, dispatched by type id, to symbols and to intrinsics. */
final class CallInstructions {
    private final Activation activation;
    /** Whether what the call in translation gives is returned as it is. */
    private boolean isReturned;

    CallInstructions(Activation activation) {
        this.activation = activation;
    }

    private FunctionBuilder f() {
        return activation.f();
    }

    private World world() {
        return activation.code().world();
    }

    private Methods methods() {
        return activation.code().methods();
    }

    private ClassRepository repository() {
        return world().repository();
    }

    /** The call instruction at which the activation is. */
    void invoke() {
        Invocation invocation = activation.bytecode().invocation(activation.index(),
                world().resolver());
        String owner = invocation.owner();
        String name = invocation.name();
        MethodTypeDesc type = invocation.type();
        boolean isStatic = invocation.isStatic();
        List<Operand> arguments = activation.pop(invocation.operands());
        if (name.equals("<init>")) {
            construct(invocation, arguments);
            return;
        }
        if (LogCalls.isLog(owner) && new LogCalls(activation).expand(name, arguments)) {
            return;
        }
        if (owner.equals(VariableHandles.OWNER) && !isStatic) {
            Operand given = new VariableHandles(activation).call(name, type, arguments);
            if (given != null) {
                activation.push(given);
            }
            return;
        }
        Callee callee = !isStatic && arguments.getFirst() instanceof Tuple tuple
                ? inRecord(tuple, invocation)
                : invocation.callee();
        if (callee instanceof Callee.Builtin builtin
                && new BranchInstructions(activation).compareAndBranch(builtin.key(), arguments)) {
            return;
        }
        if (isStatic && callee instanceof Callee.Refused
                && type.returnType().isClassOrInterface()
                && repository().type(type.returnType()) instanceof ReferenceType made
                && repository().isThrowable(made.name())) {
            activation.push(new Thrown(made.name(), null));
            return;
        }
        isReturned = callee instanceof Callee.Code && activation.isReturned()
                && activation.following() instanceof ReturnInstruction;
        Operand value = call(callee, arguments);
        isReturned = false;
        if (type.returnType().equals(ConstantDescs.CD_void)) {
            return;
        }
        if (value != null) {
            activation.push(value);
        } else {
            activation.end();
        }
    }

    /** The method of a record that a call through the record or one of its interfaces means. */
    private Callee inRecord(Tuple tuple, Invocation invocation) {
        String record = tuple.type().name();
        return invocation.callee() instanceof Callee.Code code
                && code.method().owner().name().equals(record) ? code
                : world().resolver().resolve(Opcode.INVOKESPECIAL, record, invocation.name(),
                        invocation.type().descriptorString());
    }

    private void construct(Invocation instruction, List<Operand> arguments) {
        String owner = instruction.owner();
        Operand object = arguments.getFirst();
        List<Operand> rest = arguments.subList(1, arguments.size());
        switch (object) {
            case Fresh fresh when repository().typeOfClass(fresh.type()) instanceof RecordType ->
                    activation.replace(fresh, inPlace(constructor(instruction), rest));
            case Fresh fresh ->
                    activation.replace(fresh, new Thrown(fresh.type(), message(rest)));
            case Operand.Building building -> {
                if (!owner.equals("java/lang/Record")) {
                    Tuple made = (Tuple) inPlace(constructor(instruction), rest);
                    for (int i = 0; i < made.components().size(); i++) {
                        activation.locals().setComponent(i, made.components().get(i));
                    }
                }
            }
            default -> {
                if (!owner.equals("java/lang/Object")) {
                    call(instruction.callee(), arguments);
                }
            }
        }
    }

    private MethodNode constructor(Invocation instruction) {
        if (instruction.callee() instanceof Callee.Code code
                && code.method().owner().name().equals(instruction.owner())) {
            return code.method();
        }
        MethodNode method = repository().get(instruction.owner())
                .method("<init>", instruction.type().descriptorString());
        if (method == null) {
            throw new Refusal(Problem.MEMBER_NOT_FOUND, instruction.owner());
        }
        return method;
    }

    private Operand inPlace(MethodNode constructor, List<Operand> arguments) {
        return inline(methods().of(constructor), arguments, false);
    }

    /** The constant part of an exception's message; null when there is none. */
    private static String message(List<Operand> arguments) {
        for (Operand argument : arguments) {
            if (argument instanceof Reference reference
                    && reference.host() instanceof String text) {
                return text;
            }
            if (argument instanceof Concatenation concatenation) {
                StringBuilder text = new StringBuilder();
                concatenation.pieces().forEach(piece ->
                        text.append(piece.text() != null ? piece.text() : "?"));
                return text.toString();
            }
        }
        return null;
    }

    /** Performs a call; null when it gives nothing or does not come back. */
    Operand call(Callee callee, List<Operand> arguments) {
        return switch (callee) {
            case Callee.Code code -> direct(code.method(), arguments, true);
            case Callee.Virtual virtual -> virtual(virtual, arguments);
            case Callee.Symbol symbol -> emit(symbol.symbol(),
                    methods().of(symbol.declared()).foreignAbi(), arguments);
            case Callee.Builtin builtin -> Intrinsics.emit(builtin.key(), activation, arguments);
            case Callee.Refused refused -> throw refused.refusal();
        };
    }

    /** Calls {@code method}, or translates it in place. */
    Operand direct(MethodNode method, List<Operand> arguments, boolean mayInline) {
        boolean mayForward = isReturned;
        isReturned = false;
        List<Operand> checked = !method.isStatic() && !method.isConstructor()
                && arguments.getFirst() instanceof Reference receiver
                ? withReceiver(arguments, activation.code().checkNull(receiver)) : arguments;
        if (!method.hasCode()) {
            throw new Refusal(Problem.NATIVE_METHOD, method.display());
        }
        MethodFacts callee = methods().of(method);
        if (onlyInPlace(callee, checked)) {
            if (!activation.code().hasFeaturesOf(method)) {
                throw new Refusal(Problem.VERSION_CALL, method.display()
                        + ": its arguments have it translated in place");
            }
            return inline(callee, checked, false);
        }
        if (mayInline && activation.code().inlining().isWanted(callee, activation)) {
            return inline(callee, checked, mayForward);
        }
        if (mayInline && Inlining.isTestWanted(callee, activation)) {
            return testInPlace(callee, checked);
        }
        return mayForward && forward(callee, checked) ? null : callOut(callee, checked);
    }

    /**
     * Has the called method write its result where the caller's own is wanted, and returns; false
     * when results of this type do not go through memory.
     */
    private boolean forward(MethodFacts callee, List<Operand> arguments) {
        Abi abi = callee.abi();
        if (!abi.inMemory() || callee.isExported()
                || world().isExported(activation.function().method())
                || !(activation.function().returns() instanceof Returns.FromFunction own)
                || !abi.result().equals(own.abi().result())) {
            return false;
        }
        activation.code().needs(callee.method());
        emit(callee.symbol(), abi, arguments, own.pointer());
        f().returnValues(List.of());
        return true;
    }

    private Operand callOut(MethodFacts callee, List<Operand> arguments) {
        activation.code().needs(callee.method());
        return emit(callee.symbol(), callee.ownAbi(), arguments);
    }

    /** Translates the test that {@code callee} starts with; what it leaves to do is called. */
    private Operand testInPlace(MethodFacts callee, List<Operand> arguments) {
        Merge merge = new Merge(activation.code(), callee.result());
        new Activation(activation.code(), callee, activation, new Returns.ToCaller(merge))
                .run(arguments, callee.pieces().rest(), () ->
                        merge.arrive(callOut(callee, arguments)));
        Operand value = merge.leave();
        activation.locate();
        return value;
    }

    /** Records behind interfaces, and what does not exist, only pass into methods in place. */
    private boolean onlyInPlace(MethodFacts callee, List<Operand> arguments) {
        List<JavaType> types = callee.parameters();
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i) instanceof ReferenceType && (arguments.get(i) instanceof Tuple
                    || arguments.get(i) instanceof Concatenation)
                    || arguments.get(i) instanceof Operand.Unavailable) {
                return activation.activations(callee.method()) == 0;
            }
        }
        return false;
    }

    /** Translates a method in place; {@code returned} when what it gives is returned as it is. */
    private Operand inline(MethodFacts method, List<Operand> arguments, boolean returned) {
        FunctionCode code = activation.code();
        PlainRecordMethod plain = code.debug() == null ? method.plain() : null;
        Operand known = plain == null ? null : plain.apply(arguments);
        if (known != null) {
            code.count(plain.instructions());
            return known;
        }
        if (method.method().bytecode().isOnePiece()) {
            Returns.Through through = new Returns.Through();
            inline(method, arguments, returned, through);
            return behind(through.returned(), through::result);
        }
        Merge merge = new Merge(code, method.result());
        inline(method, arguments, returned, new Returns.ToCaller(merge));
        return behind(merge.isReached(), merge::leave);
    }

    private void inline(MethodFacts method, List<Operand> arguments, boolean returned,
            Returns returns) {
        Activation callee = new Activation(activation.code(), method, activation, returns);
        if (returned) {
            callee.setReturned();
        }
        callee.run(arguments);
    }

    /** Goes on behind what was translated in place, if it comes back; what it gives. */
    private Operand behind(boolean comesBack, Supplier<Operand> result) {
        if (!comesBack) {
            activation.end();
            return null;
        }
        Operand value = result.get();
        activation.locate();
        return value;
    }

    /** Emits a call instruction. */
    Operand emit(String symbol, Abi abi, List<Operand> arguments) {
        int count = abi.result() == Scalar.VOID ? 0
                : FunctionCode.clifTypes(abi.result()).size();
        StackSlot slot = abi.inMemory() ? f().createStackSlot(8 * count, 8) : null;
        List<Value> results = emit(symbol, abi, arguments,
                slot == null ? null : f().stackAddress(slot, 0));
        if (abi.result() == Scalar.VOID) {
            return null;
        }
        if (slot != null) {
            List<Value> loaded = new ArrayList<>();
            List<Type> types = FunctionCode.clifTypes(abi.result());
            for (int i = 0; i < count; i++) {
                loaded.add(f().stackLoad(types.get(i), slot, 8 * i));
            }
            results = loaded;
        }
        return activation.code().received(abi.result(), results.iterator());
    }

    /** Emits a call instruction; a result in memory goes to {@code pointer}, else null. */
    private List<Value> emit(String symbol, Abi abi, List<Operand> arguments, Value pointer) {
        List<Value> words = new ArrayList<>();
        if (pointer != null) {
            words.add(pointer);
        }
        for (int i = 0; i < arguments.size(); i++) {
            activation.code().addValues(arguments.get(i), abi.parameters().get(i), words);
        }
        List<Type> carriers = abi.signature().parameterTypes();
        for (int i = 0; i < words.size(); i++) {
            if (carriers.get(i) == Type.I32) {
                words.set(i, f().ireduce(Type.I32, words.get(i)));
            }
        }
        List<Value> results = new ArrayList<>(
                f().call(f().declareFunction(symbol, abi.signature()), words));
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).type() == Type.I32) {
                results.set(i, f().sextend(Type.I64, results.get(i)));
            }
        }
        return results;
    }

    /** Calls whichever method the receiver's class has. */
    private Operand virtual(Callee.Virtual call, List<Operand> arguments) {
        Reference receiver = activation.reference(arguments.getFirst());
        boolean isNarrower = repository().isSubclass(receiver.type(), call.receiver());
        Callee.Virtual narrowed = isNarrower ? new Callee.Virtual(receiver.type(), call.name(),
                call.descriptor()) : call;
        World.Targets found = world().targets(narrowed);
        Map<MethodNode, List<Integer>> targets = found.methods();
        String without = found.without();
        if (targets.isEmpty() && without != null) {
            throw new Refusal(Problem.OBJECT_METHOD, call.name() + " of "
                    + without.replace('/', '.'));
        }
        if (targets.isEmpty()) {
            // No object of the type exists, so the receiver is null.
            f().trap(activation.code().trapCode(TrapKind.NULL));
            activation.end();
            return null;
        }
        if (targets.size() == 1 && without == null) {
            return direct(targets.keySet().iterator().next(), arguments, true);
        }
        Reference checked = activation.code().checkNull(receiver);
        Value id = ObjectInstructions.typeId(f(), activation.code().value(checked));
        return dispatch(targets, id, withReceiver(arguments, checked), without == null
                ? activation.code().trapCode(TrapKind.NO_MATCH)
                : activation.code().trapCode(TrapKind.THROW, call.name()
                        + " of an object that does not have it"));
    }

    private static List<Operand> withReceiver(List<Operand> arguments, Reference receiver) {
        if (arguments.getFirst() == receiver) {
            return arguments;
        }
        List<Operand> result = new ArrayList<>(arguments);
        result.set(0, receiver);
        return result;
    }

    private Operand dispatch(Map<MethodNode, List<Integer>> targets, Value id,
            List<Operand> arguments, TrapCode otherwise) {
        List<BranchInstructions.Choice> choices = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        targets.forEach((target, ids) -> {
            Block block = f().createBlock();
            blocks.add(block);
            ids.forEach(i -> choices.add(new BranchInstructions.Choice(i, block)));
        });
        choices.sort(Comparator.comparingInt(BranchInstructions.Choice::value));
        Block none = f().createBlock();
        BranchInstructions.choose(f(), id, Range.ANY, choices, none);
        f().switchTo(none);
        f().trap(otherwise);
        MethodNode first = targets.keySet().iterator().next();
        JavaType result = repository().type(first.type().returnType());
        Merge merge = new Merge(activation.code(), result);
        BitSet facts = activation.code().facts();
        int i = 0;
        for (MethodNode target : targets.keySet()) {
            f().switchTo(blocks.get(i++));
            activation.code().setFacts(facts);
            merge.arrive(direct(target, arguments, false));
        }
        return merge.leave();
    }
}
