package k23.codegen.compiler.intrinsic;

import java.util.List;
import java.util.Map;
import k23.codegen.compiler.translate.Activation;
import k23.codegen.compiler.translate.Operand;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;

/**
 * What of {@code Math}, {@code StrictMath}, {@code Float} and {@code Double} is an instruction or a
 * few; the rest is compiled from the JDK's own code.
 */
final class FloatIntrinsics {
    private static final List<String> MATH = List.of("java/lang/Math.", "java/lang/StrictMath.");

    private interface Unary {
        Value emit(FunctionBuilder f, Value x);
    }

    private interface Binary {
        Value emit(FunctionBuilder f, Value x, Value y);
    }

    private FloatIntrinsics() {}

    static void addTo(Map<String, Emitter> table) {
        for (String math : MATH) {
            unary(table, math + "sqrt(D)D", FunctionBuilder::sqrt);
            unary(table, math + "ceil(D)D", FunctionBuilder::ceil);
            unary(table, math + "floor(D)D", FunctionBuilder::floor);
            unary(table, math + "rint(D)D", FunctionBuilder::nearest);
            for (String type : List.of("F", "D")) {
                String two = "(" + type + type + ")" + type;
                unary(table, math + "abs(" + type + ")" + type, FunctionBuilder::fabs);
                binary(table, math + "min" + two, FunctionBuilder::fmin);
                binary(table, math + "max" + two, FunctionBuilder::fmax);
                table.put(math + "fma(" + type + type + type + ")" + type, (a, args) ->
                        word(a.f().fma(value(a, args, 0), value(a, args, 1), value(a, args, 2))));
            }
        }
        // StrictMath's takes every NaN for positive.
        binary(table, "java/lang/Math.copySign(DD)D", FunctionBuilder::fcopysign);
        binary(table, "java/lang/Math.copySign(FF)F", FunctionBuilder::fcopysign);
        table.put("java/lang/Float.floatToRawIntBits(F)I", (a, args) -> a.code().intWord(
                a.f().bitcast(Type.I32, value(a, args, 0))));
        table.put("java/lang/Float.intBitsToFloat(I)F", (a, args) -> word(
                a.f().bitcast(Type.F32, a.code().narrow((Word) args.getFirst()))));
        table.put("java/lang/Double.doubleToRawLongBits(D)J", (a, args) -> Word.ofLong(
                a.f().bitcast(Type.I64, value(a, args, 0))));
        table.put("java/lang/Double.longBitsToDouble(J)D", (a, args) -> word(
                a.f().bitcast(Type.F64, value(a, args, 0))));
    }

    private static Value value(Activation a, List<Operand> args, int index) {
        return a.code().value(args.get(index));
    }

    private static Word word(Value value) {
        return new Word(value.type(), value, 0);
    }

    private static void unary(Map<String, Emitter> table, String key, Unary emitter) {
        table.put(key, (a, args) -> word(emitter.emit(a.f(), value(a, args, 0))));
    }

    private static void binary(Map<String, Emitter> table, String key, Binary emitter) {
        table.put(key, (a, args) ->
                word(emitter.emit(a.f(), value(a, args, 0), value(a, args, 1))));
    }
}
