package k23.runtime.parse;

import k23.runtime.module.ErrorCode;
import k23.runtime.module.Features;
import k23.runtime.module.FunctionType;
import k23.runtime.module.Limits;
import k23.runtime.module.ValueType;

/** The types of a function's locals, parameters first; filled anew for each function. */
public final class LocalTypes {
    private static final int FIRST_CAPACITY = 64;

    private int[] codes = new int[FIRST_CAPACITY];
    private int count;

    /** No locals yet. */
    public LocalTypes() {}

    /** How many. */
    public int count() {
        return count;
    }

    /** The code of a local's type. */
    public int code(int local) {
        return codes[local];
    }

    /** The type of a local. */
    public ValueType type(int local) {
        return new ValueType(codes[local]);
    }

    /** Reads the locals at the start of a body, behind the parameters of the function's type. */
    public void read(BinaryReader in, FunctionType type, Features features) {
        count = 0;
        for (int i = 0; i < type.parameterCount(); i++) {
            add(1, type.parameterCode(i));
        }
        int at = in.position();
        int runs = in.length();
        long total = 0;
        boolean fits = true;
        for (int i = 0; i < runs && !in.failed(); i++) {
            long length = in.u32() & 0xffff_ffffL;
            int code = TypeReader.value(in, features);
            total += length;
            fits &= count + total <= Limits.LOCALS;
            if (fits) {
                add((int) length, code);
                total -= length;
            }
        }
        if (count + total - type.parameterCount() >= 1L << 32) {
            in.fail(ErrorCode.TOO_MANY_LOCALS, at);
        } else if (!fits) {
            in.fail(ErrorCode.LIMIT_LOCALS, at);
        }
    }

    private void add(int length, int code) {
        int end = count + length;
        if (end > codes.length) {
            int[] grown = new int[Math.max(end, 2 * codes.length)];
            System.arraycopy(codes, 0, grown, 0, count);
            codes = grown;
        }
        for (int i = count; i < end; i++) {
            codes[i] = code;
        }
        count = end;
    }
}
