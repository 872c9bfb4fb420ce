package k23.tests.differential;

import k23.tests.differential.cases.ArrayCases;
import k23.tests.differential.cases.AtomicCases;
import k23.tests.differential.cases.ControlCases;
import k23.tests.differential.cases.ConversionCases;
import k23.tests.differential.cases.FloatBoundaries;
import k23.tests.differential.cases.FloatCases;
import k23.tests.differential.cases.FloatValueCases;
import k23.tests.differential.cases.IntCases;
import k23.tests.differential.cases.LambdaCases;
import k23.tests.differential.cases.LongCases;
import k23.tests.differential.cases.LoopCases;
import k23.tests.differential.cases.ObjectCases;
import k23.tests.differential.cases.PatternCases;
import k23.tests.differential.cases.RecordCases;
import k23.tests.differential.cases.TextCases;

/** All cases under one numbering, and the inputs that each is run on, pair by pair. */
public final class Cases {
    private static final int FAMILY = 100;
    private static final int BOUNDARIES = 13;

    /** The number of case numbers; some name no case. */
    public static final int COUNT = 15 * FAMILY;

    private static final int[] COUNTS = {
        IntCases.COUNT, LongCases.COUNT, ConversionCases.COUNT, ControlCases.COUNT,
        RecordCases.COUNT, ArrayCases.COUNT, ObjectCases.COUNT,
        LoopCases.COUNT, AtomicCases.COUNT, FloatCases.COUNT, TextCases.COUNT,
        LambdaCases.COUNT, FloatValueCases.COUNT, FloatBoundaries.COUNT,
        PatternCases.COUNT,
    };

    private static final long[] INPUTS = {
        0, 1, -1, 2, 7, 8, -8, 31, 32, 63, 64, 255, -128, 1000, 32767, -32768, 65536,
        Integer.MAX_VALUE, Integer.MIN_VALUE, 0x80000000L, 0xffffffffL, Long.MAX_VALUE,
        Long.MIN_VALUE, 0x123456789abcdef0L, -0x5851f42d4c957f2dL,
    };

    private Cases() {}

    /** How many inputs case {@code which} is run on; 0 when there is no such case. */
    public static int inputs(int which) {
        if (which % FAMILY >= COUNTS[which / FAMILY]) {
            return 0;
        }
        return which / FAMILY == BOUNDARIES ? FloatBoundaries.inputs() : INPUTS.length;
    }

    /** The {@code index}th input of case {@code which}. */
    public static long input(int which, int index) {
        return which / FAMILY == BOUNDARIES ? FloatBoundaries.input(index) : INPUTS[index];
    }

    /** Runs case {@code which}. */
    public static long run(int which, long a, long b) {
        int number = which % FAMILY;
        return switch (which / FAMILY) {
            case 0 -> IntCases.run(number, a, b);
            case 1 -> LongCases.run(number, a, b);
            case 2 -> ConversionCases.run(number, a, b);
            case 3 -> ControlCases.run(number, a, b);
            case 4 -> RecordCases.run(number, a, b);
            case 5 -> ArrayCases.run(number, a, b);
            case 6 -> ObjectCases.run(number, a, b);
            case 7 -> LoopCases.run(number, a, b);
            case 8 -> AtomicCases.run(number, a, b);
            case 9 -> FloatCases.run(number, a, b);
            case 10 -> TextCases.run(number, a, b);
            case 11 -> LambdaCases.run(number, a, b);
            case 12 -> FloatValueCases.run(number, a, b);
            case 13 -> FloatBoundaries.run(number, a, b);
            default -> PatternCases.run(number, a, b);
        };
    }
}
