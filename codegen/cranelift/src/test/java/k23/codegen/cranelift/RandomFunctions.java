package k23.codegen.cranelift;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Functions of random instructions over two 64-bit arguments, the same for the same seed. */
final class RandomFunctions {
    private RandomFunctions() {}

    /** A function {@code (i64, i64) -> i64} with loops, branches, calls, memory and traps. */
    static FunctionDescription function(long seed, int size) {
        var random = new Random(seed);
        var signature = Signature.of(List.of(Type.I64, Type.I64), List.of(Type.I64));
        var f = new FunctionBuilder("random" + seed, signature);
        List<Value> arguments = f.entry();
        var variables = new ArrayList<Variable>();
        for (int i = 0; i < 4; i++) {
            Variable v = f.declare(Type.I64);
            f.define(v, arguments.get(i & 1));
            variables.add(v);
        }
        StackSlot slot = f.createStackSlot(64, 8);
        for (int i = 0; i < size; i++) {
            f.sourceLocation(i / 3);
            Value a = f.use(variables.get(random.nextInt(4)));
            Value b = f.use(variables.get(random.nextInt(4)));
            Value result = operation(f, random, slot, a, b);
            f.label(result, i % 3);
            f.define(variables.get(random.nextInt(4)), result);
        }
        f.returnValues(f.bxor(f.use(variables.get(0)), f.use(variables.get(1))));
        return f.finish();
    }

    private static Value operation(FunctionBuilder f, Random random, StackSlot slot, Value a,
                                   Value b) {
        return switch (random.nextInt(12)) {
            case 0 -> f.iadd(a, b);
            case 1 -> f.isub(a, f.iconst(Type.I64, random.nextLong()));
            case 2 -> f.imul(a, b);
            case 3 -> f.bxor(f.ishl(a, b), f.ushrImm(b, random.nextInt(64)));
            case 4 -> f.select(f.icmp(IntCondition.values()[random.nextInt(10)], a, b), a, b);
            case 5 -> f.sextend(Type.I64, f.ireduce(Type.I32, f.umulhi(a, b)));
            case 6 -> {
                f.stackStore(a, slot, 8 * random.nextInt(8));
                yield f.stackLoad(Type.I64, slot, 8 * random.nextInt(8));
            }
            case 7 -> {
                f.trapz(f.borImm(b, 1), TrapCode.user(1 + random.nextInt(250)));
                yield f.udiv(a, f.borImm(b, 1));
            }
            case 8 -> f.call(f.declareFunction("callee" + random.nextInt(3), f.signature()), a, b)
                    .getFirst();
            case 9 -> f.iadd(a, f.symbolAddress("data" + random.nextInt(3)));
            case 10 -> branch(f, a, b);
            default -> loop(f, a, b);
        };
    }

    private static Value branch(FunctionBuilder f, Value a, Value b) {
        Block then = f.createBlock();
        Block otherwise = f.createBlock();
        Block join = f.createBlock();
        Value result = f.appendParameter(join, Type.I64);
        f.brif(f.icmpImm(IntCondition.SIGNED_LESS_THAN, a, 5), then, otherwise);
        f.switchTo(then);
        f.jump(join, f.popcnt(b));
        f.switchTo(otherwise);
        f.setCold(otherwise);
        f.jump(join, f.rotl(a, b));
        f.switchTo(join);
        return result;
    }

    private static Value loop(FunctionBuilder f, Value a, Value b) {
        Block head = f.createBlock();
        Block exit = f.createBlock();
        Value counter = f.appendParameter(head, Type.I64);
        f.jump(head, f.bandImm(a, 7));
        f.switchTo(head);
        Value next = f.iaddImm(counter, -1);
        f.brif(f.icmpImm(IntCondition.SIGNED_GREATER_THAN, next, 0),
                new BlockCall(head, List.of(next)), new BlockCall(exit));
        f.switchTo(exit);
        return f.iadd(next, b);
    }
}
