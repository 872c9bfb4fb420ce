package k23.runtime.module;

/** What a function or a block takes and gives (Core 2.0, section 2.3.6). */
public final class FunctionType {
    /** Takes nothing, gives nothing. */
    public static final FunctionType EMPTY = new FunctionType(new int[0], 0);

    private static final FunctionType[] SINGLE = singles();

    private final int[] codes;
    private final int parameterCount;

    /**
     * A type.
     *
     * @param codes          codes of the parameters' and then the results' types; kept
     * @param parameterCount how many of them are parameters
     */
    public FunctionType(int[] codes, int parameterCount) {
        this.codes = codes;
        this.parameterCount = parameterCount;
    }

    /** The type of a block that takes nothing and gives one value. */
    public static FunctionType giving(ValueType result) {
        FunctionType known = SINGLE[result.code() & 0x7f];
        return known != null ? known : new FunctionType(new int[] {result.code()}, 0);
    }

    private static FunctionType[] singles() {
        var types = new FunctionType[0x80];
        for (int code = ValueType.EXTERNREF_CODE; code < types.length; code++) {
            types[code] = new FunctionType(new int[] {code}, 0);
        }
        return types;
    }

    /** How many parameters. */
    public int parameterCount() {
        return parameterCount;
    }

    /** How many results. */
    public int resultCount() {
        return codes.length - parameterCount;
    }

    /** The type of a parameter. */
    public ValueType parameter(int index) {
        return new ValueType(parameterCode(index));
    }

    /** The type of a result. */
    public ValueType result(int index) {
        return new ValueType(resultCode(index));
    }

    /** The code of a parameter's type. */
    public int parameterCode(int index) {
        if (index >= parameterCount) {
            throw new IndexOutOfBoundsException("no such parameter");
        }
        return codes[index];
    }

    /** The code of a result's type. */
    public int resultCode(int index) {
        if (index < 0) {
            throw new IndexOutOfBoundsException("no such result");
        }
        return codes[parameterCount + index];
    }

    /** Whether both take and give the same. */
    public boolean matches(FunctionType other) {
        if (other == this) {
            return true;
        }
        if (parameterCount != other.parameterCount || codes.length != other.codes.length) {
            return false;
        }
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] != other.codes[i]) {
                return false;
            }
        }
        return true;
    }
}
