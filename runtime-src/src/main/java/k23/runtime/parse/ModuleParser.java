package k23.runtime.parse;

import k23.runtime.module.Body;
import k23.runtime.module.ConstantExpression;
import k23.runtime.module.ErrorCode;
import k23.runtime.module.ErrorKind;
import k23.runtime.module.Export;
import k23.runtime.module.ExternKind;
import k23.runtime.module.Failure;
import k23.runtime.module.Features;
import k23.runtime.module.FunctionType;
import k23.runtime.module.GlobalType;
import k23.runtime.module.Import;
import k23.runtime.module.Limits;
import k23.runtime.module.MemoryType;
import k23.runtime.module.Module;
import k23.runtime.module.ModuleBuilder;
import k23.runtime.module.Name;
import k23.runtime.module.SizeLimits;
import k23.runtime.module.TableType;
import k23.runtime.module.ValueType;

/**
 * Reads a module (Core 2.0, section 5.5), all but the code of its functions: that is decoded while
 * it is validated, see {@link k23.runtime.validate.FunctionWalk}.
 */
public final class ModuleParser {
    private static final int MAGIC = 0x6d736100;
    private static final int VERSION = 1;
    /** The form of a type is a small negative number: 0x60 as a byte. */
    private static final int FUNCTION_FORM = -0x20;
    private static final int FORM_BITS = 7;
    private static final int HAS_MAXIMUM = 1;
    private static final int WIDE = 4;

    private final BinaryReader in;
    private final ModuleBuilder module;
    private final Features features;
    private final ConstantParser constants;

    private ModuleParser(byte[] bytes, int start, int end, Features features) {
        this.features = features;
        in = new BinaryReader(bytes, start, end);
        module = new ModuleBuilder(bytes, start, end, features);
        constants = new ConstantParser(in, features);
    }

    /**
     * Reads the module in bytes {@code [start, end)}, which the result goes on to refer to. A
     * failure is malformed or a limit.
     */
    public static ParseResult parse(byte[] bytes, int start, int end, Features features) {
        var parser = new ModuleParser(bytes, start, end, features);
        if (end - start > Limits.MODULE_BYTES) {
            parser.in.fail(ErrorCode.LIMIT_MODULE, start);
        }
        parser.header();
        parser.sections();
        parser.counts();
        Module module = parser.module.build();
        return new ParseResult(module, parser.firstFailure(module));
    }

    /** Bodies were passed by their sizes; what is malformed in them comes before a failure. */
    private Failure firstFailure(Module read) {
        Failure failure = in.failure();
        if (failure.isError() && read.bodyCount() > 0) {
            Failure inCode = BodyScanner.scan(read);
            if (inCode.isError() && inCode.kind() == ErrorKind.MALFORMED
                    && inCode.code() != ErrorCode.DATA_COUNT_REQUIRED) {
                return inCode;
            }
        }
        return failure;
    }

    private void header() {
        int at = in.position();
        if (in.i32() != MAGIC) {
            in.fail(ErrorCode.MAGIC, at);
        }
        if (in.i32() != VERSION) {
            in.fail(ErrorCode.VERSION, at + Integer.BYTES);
        }
    }

    private void sections() {
        int last = 0;
        while (in.remaining() > 0 && !in.failed()) {
            int at = in.position();
            int id = in.u8();
            int order = Section.order(id);
            if (order < 0) {
                in.fail(ErrorCode.SECTION_ID, at);
            } else if (id != Section.CUSTOM) {
                if (order <= last) {
                    in.fail(ErrorCode.SECTION_ORDER, at);
                }
                last = order;
            }
            int size = in.length();
            int end = in.position() + size;
            if (!in.failed()) {
                section(id, end);
            }
            if (in.position() != end) {
                in.fail(ErrorCode.SECTION_SIZE, in.position());
            }
        }
    }

    private void section(int id, int end) {
        switch (id) {
            case Section.CUSTOM -> custom(end);
            case Section.TYPE -> types();
            case Section.IMPORT -> imports();
            case Section.FUNCTION -> functions();
            case Section.TABLE -> tables();
            case Section.MEMORY -> memories();
            case Section.GLOBAL -> globals();
            case Section.EXPORT -> exports();
            case Section.START -> module.startFunction(in.u32());
            case Section.ELEMENT ->
                module.elements(new SegmentParser(in, constants, features).elements());
            case Section.DATA_COUNT -> module.dataCount(in.u32());
            case Section.CODE -> code();
            default -> module.data(new SegmentParser(in, constants, features).data());
        }
    }

    private void custom(int end) {
        Name name = in.name();
        if (end - in.position() < 0 || end - in.position() > in.remaining()) {
            in.fail(ErrorCode.UNEXPECTED_END, in.position());
        }
        if (in.failed()) {
            return;
        }
        if (name.is(module.build().bytes(), "name")) {
            NameSection.read(module, in.position(), end);
        }
        in.position(end);
    }

    /** The number of entries of a section. */
    static int entries(BinaryReader in) {
        int at = in.position();
        int count = in.length();
        if (count > Limits.ENTRIES) {
            in.fail(ErrorCode.LIMIT_ENTRIES, at);
            return 0;
        }
        return count;
    }

    private void types() {
        var types = new FunctionType[entries(in)];
        for (int i = 0; i < types.length && !in.failed(); i++) {
            int at = in.position();
            if (in.signed(FORM_BITS) != FUNCTION_FORM) {
                in.fail(ErrorCode.TYPE_FORM, at);
            }
            types[i] = functionType();
        }
        module.types(types);
    }

    private FunctionType functionType() {
        int[] parameters = resultType();
        int[] results = resultType();
        int[] codes = new int[parameters.length + results.length];
        System.arraycopy(parameters, 0, codes, 0, parameters.length);
        System.arraycopy(results, 0, codes, parameters.length, results.length);
        return new FunctionType(codes, parameters.length);
    }

    private int[] resultType() {
        int at = in.position();
        int count = in.length();
        if (count > Limits.ARITY) {
            in.fail(ErrorCode.LIMIT_ARITY, at);
            return new int[0];
        }
        int[] codes = new int[count];
        for (int i = 0; i < count && !in.failed(); i++) {
            codes[i] = TypeReader.value(in, features);
        }
        return codes;
    }

    private void imports() {
        Import[] imports = new Import[entries(in)];
        for (int i = 0; i < imports.length && !in.failed(); i++) {
            Name from = in.name();
            Name name = in.name();
            int at = in.position();
            int kind = in.u8();
            imports[i] = switch (kind) {
                case 0 -> new Import(from, name, ExternKind.FUNCTION, module.function(in.u32()));
                case 1 -> new Import(from, name, ExternKind.TABLE, module.table(tableType()));
                case 2 -> new Import(from, name, ExternKind.MEMORY, module.memory(memoryType()));
                case 3 -> new Import(from, name, ExternKind.GLOBAL,
                        module.global(globalType(), ConstantExpression.NONE));
                default -> {
                    in.fail(ErrorCode.IMPORT_KIND, at);
                    yield new Import(from, name, ExternKind.FUNCTION, 0);
                }
            };
        }
        module.imports(imports);
    }

    private TableType tableType() {
        return new TableType(new ValueType(TypeReader.reference(in, features)),
                limits(Limits.TABLE_ELEMENTS, -1L));
    }

    private MemoryType memoryType() {
        return new MemoryType(limits(Limits.MEMORY_PAGES, Limits.MEMORY64_PAGES));
    }

    private SizeLimits limits(long most, long wideMost) {
        int flags = limitsFlags();
        boolean wide = (flags & WIDE) != 0;
        boolean hasMaximum = (flags & HAS_MAXIMUM) != 0;
        long minimum = size();
        long maximum = hasMaximum ? size() : wide ? wideMost : most;
        return new SizeLimits(minimum, maximum, hasMaximum, wide);
    }

    private int limitsFlags() {
        if (!features.has(Features.MEMORY64)) {
            return (int) in.unsigned(1);
        }
        int at = in.position();
        int flags = in.u8();
        if ((flags & ~(HAS_MAXIMUM | WIDE)) != 0) {
            in.fail(ErrorCode.LIMITS_FLAGS, at);
        }
        return flags;
    }

    private long size() {
        return features.has(Features.MEMORY64) ? in.u64() : in.u32() & 0xffff_ffffL;
    }

    private GlobalType globalType() {
        var type = new ValueType(TypeReader.value(in, features));
        int at = in.position();
        int mutable = in.u8();
        if (mutable > 1) {
            in.fail(ErrorCode.MUTABILITY, at);
        }
        return new GlobalType(type, mutable == 1);
    }

    private void functions() {
        int count = entries(in);
        for (int i = 0; i < count && !in.failed(); i++) {
            module.function(in.u32());
        }
    }

    private void tables() {
        int count = entries(in);
        for (int i = 0; i < count && !in.failed(); i++) {
            module.table(tableType());
        }
    }

    private void memories() {
        int count = entries(in);
        for (int i = 0; i < count && !in.failed(); i++) {
            module.memory(memoryType());
        }
    }

    private void globals() {
        int count = entries(in);
        for (int i = 0; i < count && !in.failed(); i++) {
            GlobalType type = globalType();
            module.global(type, constants.read());
        }
    }

    private void exports() {
        Export[] exports = new Export[entries(in)];
        for (int i = 0; i < exports.length && !in.failed(); i++) {
            Name name = in.name();
            int at = in.position();
            ExternKind kind = switch (in.u8()) {
                case 0 -> ExternKind.FUNCTION;
                case 1 -> ExternKind.TABLE;
                case 2 -> ExternKind.MEMORY;
                case 3 -> ExternKind.GLOBAL;
                default -> {
                    in.fail(ErrorCode.EXPORT_KIND, at);
                    yield ExternKind.FUNCTION;
                }
            };
            exports[i] = new Export(name, kind, in.u32());
        }
        module.exports(exports);
    }

    /** Notes where the bodies are; those in front of a failure too, for {@link #firstFailure}. */
    private void code() {
        int count = entries(in);
        if (count > module.definedFunctionCount()) {
            in.fail(ErrorCode.CODE_COUNT, in.position());
            return;
        }
        Body[] bodies = new Body[count];
        int read = 0;
        while (read < count && !in.failed()) {
            int size = in.length();
            int start = in.position();
            in.skip(size);
            bodies[read] = new Body(start, start + size);
            read += in.failed() ? 0 : 1;
        }
        Body[] known = new Body[read];
        for (int i = 0; i < read; i++) {
            known[i] = bodies[i];
        }
        module.bodies(read == count ? bodies : known);
    }

    private void counts() {
        if (module.bodyCount() != module.definedFunctionCount()) {
            in.fail(ErrorCode.CODE_COUNT, in.position());
        }
        int declared = module.declaredDataCount();
        if (declared != -1 && declared != module.dataSegmentCount()) {
            in.fail(ErrorCode.DATA_COUNT, in.position());
        }
    }
}
