package k23.codegen.wasm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import k23.codegen.wasm.WasmModule.Constant;
import k23.codegen.wasm.WasmModule.ExternKind;
import k23.codegen.wasm.WasmModule.Mode;

/**
 * Makes a {@link WasmModule} of a binary that the runtime's validator has accepted (Core 2.0,
 * section 5.5): nothing is checked again.
 */
final class ModuleReader {
    private static final int HEADER_BYTES = 8;

    private final String name;
    private final byte[] bytes;
    private final CodeCursor in;
    private final List<FunctionType> types = new ArrayList<>();
    private final List<WasmModule.Import> imports = new ArrayList<>();
    private final List<WasmModule.Function> functions = new ArrayList<>();
    private final List<FunctionType> declared = new ArrayList<>();
    private final List<WasmModule.Table> tables = new ArrayList<>();
    private final List<WasmModule.Memory> memories = new ArrayList<>();
    private final List<WasmModule.Global> globals = new ArrayList<>();
    private final List<WasmModule.Export> exports = new ArrayList<>();
    private final List<WasmModule.ElementSegment> elements = new ArrayList<>();
    private final List<WasmModule.DataSegment> data = new ArrayList<>();
    private final Map<Integer, String> names = new HashMap<>();
    private int start = -1;

    private ModuleReader(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
        in = new CodeCursor(bytes, HEADER_BYTES);
    }

    /** Reads a validated module. */
    static WasmModule read(String name, byte[] bytes) {
        return new ModuleReader(name, bytes).module();
    }

    private WasmModule module() {
        while (in.position() < bytes.length) {
            int id = in.u8();
            int size = in.u32();
            int end = in.position() + size;
            section(id, end);
            in.position(end);
        }
        return new WasmModule(name, bytes, types, imports, functions, tables, memories, globals,
                exports, start, elements, data, names);
    }

    private void section(int id, int end) {
        switch (id) {
            case 0 -> custom(end);
            case 1 -> repeat(this::type);
            case 2 -> repeat(this::imported);
            case 3 -> repeat(() -> declared.add(types.get(in.u32())));
            case 4 -> repeat(() -> tables.add(table(false)));
            case 5 -> repeat(() -> memories.add(new WasmModule.Memory(false, limits())));
            case 6 -> repeat(this::global);
            case 7 -> repeat(() -> {
                String field = text();
                exports.add(new WasmModule.Export(field, kind(in.u8()), in.u32()));
            });
            case 8 -> start = in.u32();
            case 9 -> repeat(this::element);
            case 10 -> repeat(this::body);
            case 11 -> repeat(this::dataSegment);
            default -> { }
        }
    }

    private void repeat(Runnable entry) {
        for (int i = in.u32(); i > 0; i--) {
            entry.run();
        }
    }

    private void type() {
        in.u8();
        List<ValueType> parameters = valueTypes();
        types.add(new FunctionType(parameters, valueTypes()));
    }

    private List<ValueType> valueTypes() {
        var list = new ArrayList<ValueType>();
        repeat(() -> list.add(ValueType.of(in.u8())));
        return list;
    }

    private void imported() {
        String from = text();
        String field = text();
        ExternKind kind = kind(in.u8());
        int index = switch (kind) {
            case FUNCTION -> {
                functions.add(new WasmModule.Function(types.get(in.u32()), Optional.empty()));
                yield functions.size() - 1;
            }
            case TABLE -> {
                tables.add(table(true));
                yield tables.size() - 1;
            }
            case MEMORY -> {
                memories.add(new WasmModule.Memory(true, limits()));
                yield memories.size() - 1;
            }
            case GLOBAL -> {
                ValueType type = ValueType.of(in.u8());
                globals.add(new WasmModule.Global(type, in.u8() != 0, Optional.empty()));
                yield globals.size() - 1;
            }
        };
        imports.add(new WasmModule.Import(from, field, kind, index));
    }

    private static ExternKind kind(int code) {
        return ExternKind.values()[code];
    }

    private WasmModule.Table table(boolean imported) {
        ValueType element = ValueType.of(in.u8());
        return new WasmModule.Table(imported, element, limits());
    }

    private WasmModule.Limits limits() {
        boolean bounded = in.u8() != 0;
        long minimum = in.offset();
        return new WasmModule.Limits(minimum, bounded ? in.offset() : -1);
    }

    private void global() {
        ValueType type = ValueType.of(in.u8());
        boolean mutable = in.u8() != 0;
        globals.add(new WasmModule.Global(type, mutable, Optional.of(constant())));
    }

    private Constant constant() {
        Constant value = switch (in.u8()) {
            case 0x41 -> new Constant.Number(ValueType.I32, in.s32() & 0xffff_ffffL);
            case 0x42 -> new Constant.Number(ValueType.I64, in.s64());
            case 0x43 -> new Constant.Number(ValueType.F32, in.i32() & 0xffff_ffffL);
            case 0x44 -> new Constant.Number(ValueType.F64, in.i64());
            case 0x23 -> new Constant.GlobalValue(in.u32());
            case 0xd2 -> new Constant.FunctionReference(in.u32());
            case 0xd0 -> {
                in.u8();
                yield new Constant.Null();
            }
            default -> throw new WasmException(Diagnostic.UNSUPPORTED, name,
                    "a constant expression of this kind at offset " + (in.position() - 1)
                    + " is not supported; compile for the features of WebAssembly 2.0");
        };
        in.u8();
        return value;
    }

    /** Bit 0 of the flags: not active; bit 1: a table index or declarative; bit 2: expressions. */
    private void element() {
        int flags = in.u32();
        boolean explicit = (flags & 2) != 0;
        boolean expressions = (flags & 4) != 0;
        Mode mode;
        if ((flags & 1) == 0) {
            int table = explicit ? in.u32() : 0;
            mode = new Mode.Active(table, constant());
        } else {
            mode = explicit ? new Mode.Declarative() : new Mode.Passive();
        }
        ValueType type = ValueType.FUNCREF;
        if ((flags & 3) != 0) {
            int code = in.u8();
            type = expressions ? ValueType.of(code) : ValueType.FUNCREF;
        }
        var items = new ArrayList<Constant>();
        repeat(() -> items.add(expressions ? constant()
                : new Constant.FunctionReference(in.u32())));
        elements.add(new WasmModule.ElementSegment(mode, type, items));
    }

    private void body() {
        int size = in.u32();
        int end = in.position() + size;
        var locals = new ArrayList<ValueType>();
        repeat(() -> {
            int count = in.u32();
            ValueType type = ValueType.of(in.u8());
            for (int i = 0; i < count; i++) {
                locals.add(type);
            }
        });
        int index = functions.size() - importedFunctions();
        functions.add(new WasmModule.Function(declared.get(index),
                Optional.of(new WasmModule.Body(locals, in.position(), end))));
        in.position(end);
    }

    private int importedFunctions() {
        return (int) imports.stream().filter(i -> i.kind() == ExternKind.FUNCTION).count();
    }

    private void dataSegment() {
        int flags = in.u32();
        Mode mode = new Mode.Passive();
        if (flags != 1) {
            int memory = flags == 2 ? in.u32() : 0;
            mode = new Mode.Active(memory, constant());
        }
        int size = in.u32();
        data.add(new WasmModule.DataSegment(mode, in.position(), size));
        in.position(in.position() + size);
    }

    /** The name section; a damaged one is no error (Core 2.0, appendix 7.4), only not used. */
    private void custom(int end) {
        if (!text().equals("name")) {
            return;
        }
        while (in.position() < end) {
            int id = in.u8();
            int size = in.u32();
            int subsectionEnd = in.position() + size;
            if (size < 0 || subsectionEnd < in.position() || subsectionEnd > end) {
                return;
            }
            if (id == 1) {
                functionNames(subsectionEnd);
            }
            in.position(subsectionEnd);
        }
    }

    private void functionNames(int end) {
        for (int i = in.u32(); i > 0 && in.position() < end; i--) {
            int index = in.u32();
            int length = in.u32();
            if (length < 0 || length > end - in.position()) {
                return;
            }
            names.put(index, new String(bytes, in.position(), length, StandardCharsets.UTF_8));
            in.position(in.position() + length);
        }
    }

    private String text() {
        int length = in.u32();
        var text = new String(bytes, in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }
}
