package k23.runtime.parse;

import k23.runtime.module.ConstantExpression;
import k23.runtime.module.ConstantKind;
import k23.runtime.module.DataSegment;
import k23.runtime.module.ElementSegment;
import k23.runtime.module.ErrorCode;
import k23.runtime.module.Features;
import k23.runtime.module.SegmentMode;
import k23.runtime.module.ValueType;

/** Reads element and data segments (Core 2.0, sections 5.5.12 and 5.5.14). */
final class SegmentParser {
    private static final int NOT_ACTIVE = 1;
    private static final int EXPLICIT = 2;
    private static final int EXPRESSIONS = 4;
    private static final int ELEMENT_FLAGS = 7;

    private final BinaryReader in;
    private final ConstantParser constants;
    private final Features features;

    SegmentParser(BinaryReader in, ConstantParser constants, Features features) {
        this.in = in;
        this.constants = constants;
        this.features = features;
    }

    ElementSegment[] elements() {
        var segments = new ElementSegment[ModuleParser.entries(in)];
        for (int i = 0; i < segments.length && !in.failed(); i++) {
            segments[i] = element();
        }
        return segments;
    }

    private ElementSegment element() {
        int at = in.position();
        int flags = in.u32();
        if ((flags & ~ELEMENT_FLAGS) != 0 || flags != 0 && !features.has(Features.BULK_MEMORY)) {
            in.fail(ErrorCode.ELEMENT_FLAGS, at);
        }
        boolean active = (flags & NOT_ACTIVE) == 0;
        int table = active && (flags & EXPLICIT) != 0 ? in.u32() : 0;
        ConstantExpression offset = active ? constants.read() : ConstantExpression.NONE;
        boolean expressions = (flags & EXPRESSIONS) != 0;
        ValueType type = ValueType.FUNCREF;
        if ((flags & (NOT_ACTIVE | EXPLICIT)) != 0) {
            type = expressions ? new ValueType(TypeReader.reference(in, features)) : elementKind();
        }
        ConstantExpression[] items = expressions ? expressions() : functions();
        SegmentMode mode = active ? SegmentMode.ACTIVE
                : (flags & EXPLICIT) != 0 ? SegmentMode.DECLARATIVE : SegmentMode.PASSIVE;
        return new ElementSegment(mode, type, table, offset, items);
    }

    private ValueType elementKind() {
        int at = in.position();
        if (in.u8() != 0) {
            in.fail(ErrorCode.ELEMENT_KIND, at);
        }
        return ValueType.FUNCREF;
    }

    private ConstantExpression[] expressions() {
        ConstantExpression[] items = new ConstantExpression[ModuleParser.entries(in)];
        for (int i = 0; i < items.length && !in.failed(); i++) {
            items[i] = constants.read();
        }
        return items;
    }

    private ConstantExpression[] functions() {
        ConstantExpression[] items = new ConstantExpression[ModuleParser.entries(in)];
        for (int i = 0; i < items.length && !in.failed(); i++) {
            items[i] = new ConstantExpression(ConstantKind.REF_FUNC, in.u32() & 0xffff_ffffL,
                    0, 0);
        }
        return items;
    }

    DataSegment[] data() {
        DataSegment[] segments = new DataSegment[ModuleParser.entries(in)];
        for (int i = 0; i < segments.length && !in.failed(); i++) {
            segments[i] = datum();
        }
        return segments;
    }

    private DataSegment datum() {
        int at = in.position();
        int flags = in.u32();
        if (flags < 0 || flags > EXPLICIT
                || flags != 0 && !features.has(Features.BULK_MEMORY)) {
            in.fail(ErrorCode.DATA_FLAGS, at);
        }
        int memory = flags == EXPLICIT ? in.u32() : 0;
        SegmentMode mode = flags == NOT_ACTIVE ? SegmentMode.PASSIVE : SegmentMode.ACTIVE;
        ConstantExpression offset = mode == SegmentMode.ACTIVE ? constants.read()
                : ConstantExpression.NONE;
        int length = in.length();
        int position = in.position();
        in.skip(length);
        return new DataSegment(mode, memory, offset, position, length);
    }
}
