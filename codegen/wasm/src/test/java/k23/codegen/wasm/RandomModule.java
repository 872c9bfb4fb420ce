package k23.codegen.wasm;

import static k23.codegen.wasm.ModuleWriter.bytes;
import static k23.codegen.wasm.ModuleWriter.export;
import static k23.codegen.wasm.ModuleWriter.join;
import static k23.codegen.wasm.ModuleWriter.type;
import static k23.codegen.wasm.ModuleWriter.unsigned;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A random module: functions of type [i32 i32 i64] -> [i64], and exports without parameters, each
 * of which calls one of them with constants. The last export is a checksum of the memory.
 *
 * @param seed      what it was made of
 * @param functions the code of each function
 * @param calls     what the exports are: a function and three arguments
 */
record RandomModule(long seed, List<List<Part>> functions, List<long[]> calls) {
    static final int I32_LOCALS = 6;
    static final int I64_LOCALS = 4;
    static final int F64_LOCALS = 2;
    static final int COUNTERS = 6;
    /** Index of the first local behind the parameters. */
    static final int FIRST_I32 = 3;
    static final int FIRST_I64 = FIRST_I32 + I32_LOCALS;
    static final int FIRST_F64 = FIRST_I64 + I64_LOCALS;
    static final int FUEL = FIRST_F64 + F64_LOCALS;
    static final int FIRST_COUNTER = FUEL + 1;
    static final int FIRST_LONG_COUNTER = FIRST_COUNTER + COUNTERS;
    private static final int FUEL_UNITS = 100;
    private static final int END = 0x0b;

    byte[] wasm() {
        var bodies = new ArrayList<byte[]>();
        var types = new ArrayList<byte[]>();
        var exports = new ArrayList<byte[]>();
        for (List<Part> function : functions) {
            types.add(bytes(0));
            bodies.add(body(code(function)));
        }
        for (int i = 0; i < calls.size(); i++) {
            long[] call = calls.get(i);
            exports.add(export("c" + i, 0, types.size()));
            types.add(bytes(1));
            bodies.add(body(join(bytes(0), constant(0x41, call[1]), constant(0x41, call[2]),
                    constant(0x42, call[3]), bytes(0x10, (int) call[0], END))));
        }
        exports.add(export("memory", 0, types.size()));
        types.add(bytes(1));
        bodies.add(body(checksum()));
        return new ModuleWriter()
                .section(1, List.of(type(List.of(ValueType.I32, ValueType.I32, ValueType.I64),
                        List.of(ValueType.I64)), type(List.of(), List.of(ValueType.I64))))
                .section(3, types)
                .section(4, List.of(bytes(0x70, 0, 4)))
                .section(5, List.of(bytes(1, 1, 2)))
                .section(6, List.of(bytes(0x7f, 1, 0x41, 7, END), bytes(0x7e, 1, 0x42, 9, END)))
                .section(7, exports)
                // In the table: function 0 twice, one of another type, none.
                .section(9, List.of(bytes(0, 0x41, 0, END, 3, 0, 0, functions.size())))
                .section(10, bodies)
                .bytes();
    }

    private static byte[] body(byte[] code) {
        return join(unsigned(code.length), code);
    }

    private static byte[] code(List<Part> parts) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(bytes(5, I32_LOCALS, 0x7f, I64_LOCALS, 0x7e, F64_LOCALS, 0x7c,
                1 + COUNTERS, 0x7f, COUNTERS, 0x7e));
        out.writeBytes(join(constant(0x41, FUEL_UNITS), bytes(0x21, FUEL)));
        parts.forEach(part -> part.write(out));
        // The result depends on every variable.
        out.writeBytes(bytes(0x42, 0));
        for (int i = 0; i < FIRST_I64; i++) {
            out.writeBytes(bytes(0x42, 31, 0x7e, 0x20, i));
            out.writeBytes(i == 2 ? bytes(0x7c) : bytes(0xac, 0x7c));
        }
        for (int i = FIRST_I64; i < FIRST_F64; i++) {
            out.writeBytes(bytes(0x42, 31, 0x7e, 0x20, i, 0x85));
        }
        for (int i = FIRST_F64; i < FUEL; i++) {
            out.writeBytes(bytes(0x42, 31, 0x7e, 0x20, i, 0xfc, 6, 0x85));
        }
        out.writeBytes(bytes(0x23, 0, 0xad, 0x85, 0x23, 1, 0x7c, END));
        return out.toByteArray();
    }

    /** {@code for (i = 0; i != 65536; i += 8) sum = (sum ^ memory[i]) * 0x100000001b3 }. */
    private static byte[] checksum() {
        return join(bytes(2, 1, 0x7f, 1, 0x7e), bytes(0x03, 0x40),
                bytes(0x20, 1, 0x20, 0, 0x29, 0, 0, 0x85), constant(0x42, 0x100_0000_01b3L),
                bytes(0x7e, 0x21, 1, 0x20, 0, 0x41, 8, 0x6a, 0x22, 0), constant(0x41, 65536),
                bytes(0x47, 0x0d, 0, END, 0x20, 1, END));
    }

    /** The instruction {@code opcode} with a signed number. */
    static byte[] constant(int opcode, long value) {
        var out = new ByteArrayOutputStream();
        out.write(opcode);
        long rest = value;
        while (rest >> 6 != 0 && rest >> 6 != -1) {
            out.write((int) rest & 0x7f | 0x80);
            rest >>= 7;
        }
        out.write((int) rest & 0x7f);
        return out.toByteArray();
    }

    /** Every module that is this one with less code. */
    List<RandomModule> smaller() {
        var result = new ArrayList<RandomModule>();
        for (int i = 0; i < functions.size(); i++) {
            for (List<Part> function : Part.withoutOne(functions.get(i))) {
                var changed = new ArrayList<>(functions);
                changed.set(i, function);
                result.add(new RandomModule(seed, changed, calls));
            }
        }
        for (int i = 0; i < calls.size(); i++) {
            var fewer = new ArrayList<>(calls);
            fewer.remove(i);
            result.add(new RandomModule(seed, functions, fewer));
        }
        return result;
    }
}
