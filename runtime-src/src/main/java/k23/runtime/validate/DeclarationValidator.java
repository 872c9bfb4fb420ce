package k23.runtime.validate;

import k23.runtime.module.ConstantExpression;
import k23.runtime.module.DataSegment;
import k23.runtime.module.ElementSegment;
import k23.runtime.module.ErrorCode;
import k23.runtime.module.Export;
import k23.runtime.module.ExternKind;
import k23.runtime.module.Features;
import k23.runtime.module.FunctionType;
import k23.runtime.module.Limits;
import k23.runtime.module.Module;
import k23.runtime.module.SegmentMode;
import k23.runtime.module.SizeLimits;
import k23.runtime.module.TableType;
import k23.runtime.parse.BinaryReader;

/** Checks everything in a module but the code of its functions (Core 2.0, section 3.4). */
final class DeclarationValidator {
    private final Module module;
    private final BinaryReader in;
    private final ConstantValidator constants;
    private final boolean[] referable;

    DeclarationValidator(Module module) {
        this.module = module;
        in = new BinaryReader(module.bytes(), module.start(), module.end());
        referable = new boolean[module.functionCount()];
        constants = new ConstantValidator(module, in, referable);
    }

    Declarations check() {
        functions();
        tables();
        memories();
        if (!in.failed()) {
            globals();
            elements();
            data();
            start();
            exports();
        }
        return new Declarations(module, referable, in.failure());
    }

    /** Declarations have no place of their own in the module we keep: the start stands for it. */
    private void fail(ErrorCode code) {
        in.fail(code, module.start());
    }

    private void failUnknown(ErrorCode code, long index) {
        in.fail(code, index & 0xffff_ffffL, module.start());
    }

    private static boolean exists(int index, int count) {
        return Integer.compareUnsigned(index, count) < 0;
    }

    private void functions() {
        for (int i = 0; i < module.functionCount(); i++) {
            if (!exists(module.functionTypeIndex(i), module.typeCount())) {
                failUnknown(ErrorCode.UNKNOWN_TYPE, module.functionTypeIndex(i));
                return;
            }
        }
    }

    private void tables() {
        for (int i = 0; i < module.tableCount(); i++) {
            SizeLimits limits = module.table(i).limits();
            limits(limits, limits.wide() ? -1L : Limits.TABLE_ELEMENTS, ErrorCode.TABLE_SIZE);
        }
        if (module.tableCount() > 1 && !module.features().has(Features.REFERENCE_TYPES)) {
            fail(ErrorCode.MULTIPLE_TABLES);
        }
    }

    private void memories() {
        for (int i = 0; i < module.memoryCount(); i++) {
            SizeLimits limits = module.memory(i).limits();
            limits(limits, limits.wide() ? Limits.MEMORY64_PAGES : Limits.MEMORY_PAGES,
                    ErrorCode.MEMORY_SIZE);
        }
        if (module.memoryCount() > 1 && !module.features().has(Features.MULTI_MEMORY)) {
            fail(ErrorCode.MULTIPLE_MEMORIES);
        }
    }

    private void limits(SizeLimits limits, long most, ErrorCode tooLarge) {
        if (Long.compareUnsigned(limits.minimum(), most) > 0
                || Long.compareUnsigned(limits.maximum(), most) > 0) {
            fail(tooLarge);
        } else if (Long.compareUnsigned(limits.minimum(), limits.maximum()) > 0) {
            fail(ErrorCode.SIZE_ORDER);
        }
    }

    private void globals() {
        boolean earlier = module.features().has(Features.EXTENDED_CONST);
        for (int i = module.importedGlobalCount(); i < module.globalCount(); i++) {
            constants.check(module.globalValue(i), module.global(i).type().code(),
                    earlier ? i : module.importedGlobalCount());
        }
    }

    /** How many globals the constant expressions of segments may name. */
    private int visibleGlobals() {
        return module.features().has(Features.EXTENDED_CONST) ? module.globalCount()
                : module.importedGlobalCount();
    }

    private void elements() {
        for (int i = 0; i < module.elementCount() && !in.failed(); i++) {
            ElementSegment segment = module.element(i);
            if (segment.mode() == SegmentMode.ACTIVE) {
                activeElements(segment);
            }
            for (int j = 0; j < segment.size() && !in.failed(); j++) {
                item(segment, segment.item(j));
            }
        }
    }

    private void activeElements(ElementSegment segment) {
        if (!exists(segment.table(), module.tableCount())) {
            failUnknown(ErrorCode.UNKNOWN_TABLE, segment.table());
            return;
        }
        TableType table = module.table(segment.table());
        constants.check(segment.offset(), table.limits().addressCode(), visibleGlobals());
        if (!table.element().is(segment.type())) {
            fail(ErrorCode.TYPE_MISMATCH);
        }
    }

    private void item(ElementSegment segment, ConstantExpression item) {
        if (item.hasCode()) {
            constants.check(item, segment.type().code(), visibleGlobals());
        } else if (!exists((int) item.bits(), module.functionCount())) {
            failUnknown(ErrorCode.UNKNOWN_FUNCTION, item.bits());
        } else {
            referable[(int) item.bits()] = true;
        }
    }

    private void data() {
        for (int i = 0; i < module.dataCount() && !in.failed(); i++) {
            DataSegment segment = module.data(i);
            if (segment.mode() == SegmentMode.ACTIVE) {
                if (!exists(segment.memory(), module.memoryCount())) {
                    failUnknown(ErrorCode.UNKNOWN_MEMORY, segment.memory());
                    return;
                }
                constants.check(segment.offset(),
                        module.memory(segment.memory()).limits().addressCode(),
                        visibleGlobals());
            }
        }
    }

    private void start() {
        int start = module.startFunction();
        if (start == -1 || in.failed()) {
            return;
        }
        if (!exists(start, module.functionCount())) {
            failUnknown(ErrorCode.UNKNOWN_FUNCTION, start);
            return;
        }
        FunctionType type = module.functionType(start);
        if (type.parameterCount() != 0 || type.resultCount() != 0) {
            fail(ErrorCode.START_FUNCTION);
        }
    }

    private void exports() {
        for (int i = 0; i < module.exportCount() && !in.failed(); i++) {
            Export export = module.export(i);
            int index = export.index();
            switch (export.kind()) {
                case FUNCTION -> known(index, module.functionCount(), ErrorCode.UNKNOWN_FUNCTION);
                case TABLE -> known(index, module.tableCount(), ErrorCode.UNKNOWN_TABLE);
                case MEMORY -> known(index, module.memoryCount(), ErrorCode.UNKNOWN_MEMORY);
                case GLOBAL -> known(index, module.globalCount(), ErrorCode.UNKNOWN_GLOBAL);
            }
            if (!in.failed() && export.kind() == ExternKind.FUNCTION) {
                referable[index] = true;
            }
        }
        if (!in.failed() && ExportNames.hasDuplicate(module)) {
            fail(ErrorCode.DUPLICATE_EXPORT);
        }
    }

    private void known(int index, int count, ErrorCode unknown) {
        if (!exists(index, count)) {
            failUnknown(unknown, index);
        }
    }
}
