package k23.codegen.wasm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import k23.codegen.wasm.WasmModule.Constant;
import k23.codegen.wasm.WasmModule.ExternKind;
import k23.codegen.wasm.WasmModule.Limits;
import k23.codegen.wasm.WasmModule.Mode;
import k23.runtime.module.ConstantExpression;
import k23.runtime.module.DataSegment;
import k23.runtime.module.ElementSegment;
import k23.runtime.module.ErrorKind;
import k23.runtime.module.Failure;
import k23.runtime.module.Features;
import k23.runtime.module.GlobalType;
import k23.runtime.module.Import;
import k23.runtime.module.Module;
import k23.runtime.module.Name;
import k23.runtime.module.SegmentMode;
import k23.runtime.module.SizeLimits;
import k23.runtime.parse.ModuleParser;
import k23.runtime.parse.ParseResult;
import k23.runtime.validate.Validator;

/**
 * Decodes and validates a binary with the runtime's own parser and validator, and shows it to the
 * compiler with lists in the place of cursors.
 */
final class FrontEnd {
    private static final Features FEATURES = Features.CORE_2;

    private final String name;
    private final Module module;

    private FrontEnd(String name, Module module) {
        this.name = name;
        this.module = module;
    }

    /**
     * Reads a module.
     *
     * @throws WasmException K23-3001 when it is malformed or invalid, K23-3002 when it exceeds a
     *     limit
     */
    static WasmModule read(byte[] wasm, String name) {
        ParseResult parsed = ModuleParser.parse(wasm, 0, wasm.length, FEATURES);
        check(parsed.failure(), name);
        check(Validator.validate(parsed.module()), name);
        return new FrontEnd(name, parsed.module()).view();
    }

    private static void check(Failure failure, String name) {
        if (!failure.isError()) {
            return;
        }
        String place = name + "+0x" + Integer.toHexString(failure.offset());
        if (failure.kind() == ErrorKind.LIMIT) {
            throw new WasmException(Diagnostic.UNSUPPORTED, place,
                    "beyond a limit of this system: " + failure.message());
        }
        String kind = failure.kind() == ErrorKind.MALFORMED ? "malformed" : "invalid";
        throw new WasmException(Diagnostic.INVALID, place, kind + " module: " + failure.message()
                + "; features up to WebAssembly 2.0 without SIMD are supported");
    }

    private WasmModule view() {
        return new WasmModule(name, Validator.declarations(module), types(), imports(),
                functions(), tables(), memories(), globals(), exports(), module.startFunction(),
                elements(), data(), names());
    }

    private List<FunctionType> types() {
        var types = new ArrayList<FunctionType>();
        for (int i = 0; i < module.typeCount(); i++) {
            types.add(FunctionType.of(module.type(i)));
        }
        return types;
    }

    private List<WasmModule.Import> imports() {
        var imports = new ArrayList<WasmModule.Import>();
        for (int i = 0; i < module.importCount(); i++) {
            Import imported = module.imported(i);
            imports.add(new WasmModule.Import(text(imported.module()), text(imported.name()),
                    kind(imported.kind()), imported.index()));
        }
        return imports;
    }

    private List<WasmModule.Function> functions() {
        var functions = new ArrayList<WasmModule.Function>();
        for (int i = 0; i < module.functionCount(); i++) {
            boolean imported = i < module.importedFunctionCount();
            functions.add(new WasmModule.Function(FunctionType.of(module.functionType(i)),
                    imported, imported ? 0 : module.body(i).start()));
        }
        return functions;
    }

    private List<WasmModule.Table> tables() {
        var tables = new ArrayList<WasmModule.Table>();
        for (int i = 0; i < module.tableCount(); i++) {
            tables.add(new WasmModule.Table(i < module.importedTableCount(),
                    ValueType.of(module.table(i).element().code()),
                    limits(module.table(i).limits())));
        }
        return tables;
    }

    private List<WasmModule.Memory> memories() {
        var memories = new ArrayList<WasmModule.Memory>();
        for (int i = 0; i < module.memoryCount(); i++) {
            memories.add(new WasmModule.Memory(i < module.importedMemoryCount(),
                    limits(module.memory(i).limits())));
        }
        return memories;
    }

    private static Limits limits(SizeLimits limits) {
        return new Limits(limits.minimum(), limits.hasMaximum() ? limits.maximum() : -1);
    }

    private List<WasmModule.Global> globals() {
        var globals = new ArrayList<WasmModule.Global>();
        for (int i = 0; i < module.globalCount(); i++) {
            GlobalType global = module.global(i);
            globals.add(new WasmModule.Global(ValueType.of(global.type().code()),
                    global.mutable(), i < module.importedGlobalCount() ? Optional.empty()
                    : Optional.of(constant(module.globalValue(i)))));
        }
        return globals;
    }

    private List<WasmModule.Export> exports() {
        var exports = new ArrayList<WasmModule.Export>();
        for (int i = 0; i < module.exportCount(); i++) {
            exports.add(new WasmModule.Export(text(module.export(i).name()),
                    kind(module.export(i).kind()), module.export(i).index()));
        }
        return exports;
    }

    private List<WasmModule.ElementSegment> elements() {
        var elements = new ArrayList<WasmModule.ElementSegment>();
        for (int i = 0; i < module.elementCount(); i++) {
            ElementSegment segment = module.element(i);
            var items = new ArrayList<Constant>();
            for (int k = 0; k < segment.size(); k++) {
                items.add(constant(segment.item(k)));
            }
            elements.add(new WasmModule.ElementSegment(
                    mode(segment.mode(), segment.table(), segment.offset()), items));
        }
        return elements;
    }

    private List<WasmModule.DataSegment> data() {
        var data = new ArrayList<WasmModule.DataSegment>();
        for (int i = 0; i < module.dataCount(); i++) {
            DataSegment segment = module.data(i);
            data.add(new WasmModule.DataSegment(
                    mode(segment.mode(), segment.memory(), segment.offset()),
                    segment.position(), segment.length()));
        }
        return data;
    }

    private Mode mode(SegmentMode mode, int target, ConstantExpression offset) {
        return switch (mode) {
            case ACTIVE -> new Mode.Active(target, constant(offset));
            case PASSIVE -> new Mode.Passive();
            case DECLARATIVE -> new Mode.Declarative();
        };
    }

    private Constant constant(ConstantExpression expression) {
        long bits = expression.bits();
        return switch (expression.kind()) {
            case I32 -> new Constant.Number(ValueType.I32, bits & 0xffff_ffffL);
            case I64 -> new Constant.Number(ValueType.I64, bits);
            case F32 -> new Constant.Number(ValueType.F32, bits & 0xffff_ffffL);
            case F64 -> new Constant.Number(ValueType.F64, bits);
            case REF_NULL -> new Constant.Null();
            case REF_FUNC -> new Constant.FunctionReference((int) bits);
            case GLOBAL -> new Constant.GlobalValue((int) bits);
            case NONE, COMPUTED -> throw new IllegalStateException(name
                    + ": a constant expression of kind " + expression.kind());
        };
    }

    private Map<Integer, String> names() {
        var names = new HashMap<Integer, String>();
        for (int i = 0; i < module.functionCount(); i++) {
            Name function = module.functionName(i);
            if (function.length() > 0) {
                names.put(i, text(function));
            }
        }
        return names;
    }

    private static ExternKind kind(k23.runtime.module.ExternKind kind) {
        return switch (kind) {
            case FUNCTION -> ExternKind.FUNCTION;
            case TABLE -> ExternKind.TABLE;
            case MEMORY -> ExternKind.MEMORY;
            case GLOBAL -> ExternKind.GLOBAL;
        };
    }

    private String text(Name text) {
        return new String(module.bytes(), text.position(), text.length(), StandardCharsets.UTF_8);
    }
}
