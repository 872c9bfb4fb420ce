package k23.runtime.parse;

import k23.runtime.module.ErrorCode;
import k23.runtime.module.Features;
import k23.runtime.module.ValueType;

/** Reads value types (Core 2.0, section 5.3). */
final class TypeReader {
    private TypeReader() {}

    /** The code of a value type. */
    static int value(BinaryReader in, Features features) {
        int at = in.position();
        int code = in.u8();
        if (!isValue(code, features)) {
            in.fail(ErrorCode.VALUE_TYPE, at);
        }
        return code;
    }

    /** The code of a reference type. */
    static int reference(BinaryReader in, Features features) {
        int at = in.position();
        int code = in.u8();
        boolean known = code == ValueType.FUNCREF_CODE
                || code == ValueType.EXTERNREF_CODE && features.has(Features.REFERENCE_TYPES);
        if (!known) {
            in.fail(ErrorCode.REFERENCE_TYPE, at);
        }
        return code;
    }

    private static boolean isValue(int code, Features features) {
        return switch (code) {
            case ValueType.I32_CODE, ValueType.I64_CODE, ValueType.F32_CODE,
                 ValueType.F64_CODE -> true;
            case ValueType.V128_CODE -> features.has(Features.SIMD);
            case ValueType.FUNCREF_CODE, ValueType.EXTERNREF_CODE ->
                features.has(Features.REFERENCE_TYPES);
            default -> false;
        };
    }
}
