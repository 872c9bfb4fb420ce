package k23.tests.differential.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes random programs that end, that javac accepts, and that trap now and then. */
final class ProgramGenerator {
    private static final int METHODS = 3;
    private static final int EXPRESSION_DEPTH = 3;
    private static final int STATEMENT_DEPTH = 3;
    private static final long[] CONSTANTS = {
        0, 1, 2, 3, 7, 8, 31, 32, 63, 64, 100, 255, 65535, Integer.MAX_VALUE, 1L << 32,
        Long.MAX_VALUE, 0x123456789abcdefL,
    };

    private static final String[] DOUBLES = {
        "0.0", "(-0.0)", "1.0", "0.1", "2.5", "(-7.75)", "1e10", "1e300", "1e-310", "Double.NaN",
        "Double.POSITIVE_INFINITY", "0x1p31", "0x1p63",
    };

    private final long seed;
    private final Random random;
    private int method;
    private int loops;

    /** A generator of the program that belongs to {@code seed}. */
    ProgramGenerator(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    RandomProgram program() {
        List<List<Statement>> methods = new ArrayList<>();
        for (method = 0; method < METHODS; method++) {
            methods.add(block(4 + random.nextInt(8), 0, false));
        }
        return new RandomProgram(seed, methods);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private List<Statement> block(int count, int depth, boolean inLoop) {
        List<Statement> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            result.add(statement(depth, inLoop));
        }
        return result;
    }

    private Statement statement(int depth, boolean inLoop) {
        if (depth >= STATEMENT_DEPTH || random.nextInt(3) > 0) {
            return Statement.simple(simple(inLoop));
        }
        return switch (random.nextInt(6)) {
            case 0 -> nested("if (" + condition(0) + ") {", "}", depth, inLoop);
            case 1 -> new Statement("if (" + condition(0) + ") {",
                    List.of(nested("{", "}", depth, inLoop)), "} else { " + simple(inLoop) + " }");
            case 2 -> loop(depth);
            case 3 -> switchStatement(depth, inLoop);
            // A trap runs no finally on the machine: what is in one may neither trap nor outlive.
            case 4 -> nested("try {", "} finally { counter ^= " + intVariable() + "; }", depth,
                    false);
            default -> whileLoop(depth);
        };
    }

    private Statement nested(String head, String tail, int depth, boolean inLoop) {
        return new Statement(head, block(1 + random.nextInt(3), depth + 1, inLoop), tail);
    }

    private Statement loop(int depth) {
        String k = "k" + loops++;
        return nested("for (int " + k + " = 0; " + k + " < " + (1 + random.nextInt(9))
                + " && fuel-- > 0; " + k + "++) {", "}", depth, true);
    }

    private Statement whileLoop(int depth) {
        String k = "k" + loops++;
        Statement inner = nested("{", "}", depth, true);
        return new Statement("for (int " + k + " = 0; fuel-- > 0 && " + condition(1) + "; ) {",
                List.of(inner), "    if (++" + k + " > 6) { break; } }");
    }

    private Statement switchStatement(int depth, boolean inLoop) {
        List<Statement> cases = new ArrayList<>();
        int labels = 2 + random.nextInt(4);
        int step = random.nextInt(4) == 0 ? 1000 : 1;
        for (int i = 0; i < labels; i++) {
            cases.add(nested("case " + i * step + " -> {", "}", depth + 1, inLoop));
        }
        cases.add(nested("default -> {", "}", depth + 1, inLoop));
        return new Statement("switch (" + intValue(1) + " & " + (step == 1 ? 7 : 4095) + ") {",
                cases, "}");
    }

    private String simple(boolean inLoop) {
        if (inLoop && random.nextInt(12) == 0) {
            return "if (" + condition(1) + ") { " + pick("break", "continue") + "; }";
        }
        return assignment();
    }

    private String assignment() {
        return switch (random.nextInt(19)) {
            case 0, 1, 2 -> intVariable() + " = " + intValue(0) + ";";
            case 3, 4, 5 -> longVariable() + " = " + longValue(0) + ";";
            case 6 -> intVariable() + " " + pick("+=", "-=", "*=", "^=", "|=", "<<=", ">>>=")
                    + " " + intValue(1) + ";";
            case 7 -> longVariable() + " " + pick("+=", "-=", "*=", "&=", "|=", "^=", ">>=")
                    + " " + longValue(1) + ";";
            case 8 -> pick("p0", "p1") + " = " + pairValue() + ";";
            case 9 -> "x0[" + index(8) + "] " + pick("=", "+=", "^=") + " " + intValue(1) + ";";
            case 10 -> "x1[" + index(16) + "] = (byte) " + intValue(1) + ";";
            case 11 -> pick("s0", "s1") + " = " + shapeValue() + ";";
            case 12 -> intVariable() + pick("++", "--") + ";";
            case 13 -> "counter += " + intValue(1) + ";";
            case 14, 15 -> doubleVariable() + pick(" = ", " = ", " += ", " *= ")
                    + doubleValue(0) + ";";
            case 16 -> floatVariable() + pick(" = ", " = ", " -= ", " /= ")
                    + floatValue(0) + ";";
            case 17 -> pick("v0 = " + vectorValue(),
                    "x2[" + index(4) + "] " + pick("=", "+=", "/=") + " "
                    + doubleValue(1)) + ";";
            default -> "TABLE[" + intVariable() + " & 7] ^= " + longValue(1) + ";";
        };
    }

    private String intVariable() {
        return pick("i0", "i1", "i2", "i3");
    }

    private String longVariable() {
        return pick("l0", "l1", "l2", "l3");
    }

    /** An index that is nearly always inside of an array of {@code length} elements. */
    private String index(int length) {
        return random.nextInt(150) == 0 ? intValue(2)
                : "(" + intValue(2) + " & " + (length - 1) + ")";
    }

    private String pairValue() {
        return switch (random.nextInt(4)) {
            case 0 -> "new Pair(" + intValue(1) + ", " + longValue(1) + ")";
            case 1 -> pick("p0", "p1") + ".swapped()";
            case 2 -> condition(1) + " ? p0 : p1";
            default -> pick("p0", "p1");
        };
    }

    private String shapeValue() {
        return switch (random.nextInt(4)) {
            case 0 -> "new Circle(" + intValue(1) + ")";
            case 1 -> "new Box(" + intValue(1) + ", " + longValue(1) + ")";
            case 2 -> condition(1) + " ? s1 : s0";
            default -> random.nextInt(60) == 0 ? "null" : pick("s0", "s1");
        };
    }

    private String condition(int depth) {
        if (depth >= EXPRESSION_DEPTH) {
            return intVariable() + " > 0";
        }
        return switch (random.nextInt(9)) {
            case 0, 1 -> intValue(depth + 1) + comparison() + intValue(depth + 1);
            case 2, 3 -> longValue(depth + 1) + comparison() + longValue(depth + 1);
            case 4 -> "(" + condition(depth + 1) + pick(" && ", " || ", " ^ ")
                    + "(" + condition(depth + 1) + "))";
            case 5 -> "!(" + condition(depth + 1) + ")";
            case 6 -> doubleValue(depth + 1) + comparison() + doubleValue(depth + 1);
            case 7 -> floatValue(depth + 1) + comparison() + floatValue(depth + 1);
            default -> pick("s0", "s1") + pick(" instanceof Circle", " instanceof Box", " == s1",
                    " != null");
        };
    }

    private String comparison() {
        return pick(" < ", " <= ", " > ", " >= ", " == ", " != ");
    }

    private String intValue(int depth) {
        if (depth >= EXPRESSION_DEPTH || random.nextInt(4) == 0) {
            return pick(intVariable(), intVariable(), "(int) " + longVariable(),
                    "(" + (int) constant() + ")", "p0.left()", "(int) " + doubleVariable(),
                    "(int) " + floatVariable(), "x0[" + random.nextInt(8) + "]",
                    "x1[" + random.nextInt(16) + "]");
        }
        String a = intValue(depth + 1);
        String b = intValue(depth + 1);
        return switch (random.nextInt(11)) {
            case 0, 1, 2 -> "(" + a + operator() + b + ")";
            case 3 -> "(" + a + pick(" << ", " >> ", " >>> ") + b + ")";
            case 4 -> "(" + a + pick(" / ", " % ") + "(" + b + " | 1))";
            case 5 -> "(" + a + pick(" / ", " % ") + (random.nextInt(20) == 0 ? b : 3) + ")";
            case 6 -> "(" + condition(depth + 1) + " ? " + a + " : " + b + ")";
            case 7 -> "(" + pick("(byte) ", "(short) ", "(char) ", "(int) ", "-", "~") + a + ")";
            case 8 -> pick("Integer.bitCount", "Integer.numberOfLeadingZeros",
                    "Integer.reverseBytes", "Integer.numberOfTrailingZeros", "Math.abs",
                    "Integer.highestOneBit") + "(" + a + ")";
            case 9 -> pick("Double.compare(" + doubleValue(depth + 1) + ", " + doubleVariable(),
                    "Math.round(" + floatValue(depth + 1)) + ")";
            default -> pick("Math.min", "Math.max", "Integer.rotateLeft",
                    "Integer.compareUnsigned", "Integer.compare") + "(" + a + ", " + b + ")";
        };
    }

    private String longValue(int depth) {
        if (depth >= EXPRESSION_DEPTH || random.nextInt(4) == 0) {
            return pick(longVariable(), longVariable(), "(long) " + intVariable(),
                    "(long) " + doubleVariable(), "(long) " + floatVariable(),
                    "Double.doubleToLongBits(" + doubleVariable() + ")",
                    "(" + constant() + "L)", "p1.right()", "p0.hash()", "s0.area()", "sum(x0)",
                    "TABLE[" + random.nextInt(8) + "]");
        }
        String a = longValue(depth + 1);
        String b = longValue(depth + 1);
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> "(" + a + operator() + b + ")";
            case 3 -> "(" + a + pick(" << ", " >> ", " >>> ") + b + ")";
            case 4 -> "(" + a + pick(" / ", " % ") + "(" + b + " | 1))";
            case 5 -> method == 0 ? "(" + a + " - " + b + ")"
                    : "m" + random.nextInt(method) + "(" + a + ", " + b + ")";
            case 6 -> "(" + condition(depth + 1) + " ? " + a + " : " + b + ")";
            case 7 -> "(" + pick("-", "~") + a + ")";
            case 8 -> pick("Long.reverseBytes", "Long.highestOneBit", "Math.abs", "Long.bitCount",
                    "Long.numberOfTrailingZeros") + "(" + a + ")";
            default -> pick("Math.min", "Math.max", "Math.multiplyHigh", "Long.compareUnsigned",
                    "Math.unsignedMultiplyHigh") + "(" + a + ", " + b + ")";
        };
    }

    private String doubleValue(int depth) {
        if (depth >= EXPRESSION_DEPTH || random.nextInt(4) == 0) {
            return pick(doubleVariable(), doubleVariable(), "(double) " + floatVariable(),
                    "(double) " + longVariable(), "(double) " + intVariable(), "v0.x()",
                    "x2[" + random.nextInt(4) + "]", "v0.length()", pick(DOUBLES));
        }
        String a = doubleValue(depth + 1);
        String b = doubleValue(depth + 1);
        return switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> "(" + a + pick(" + ", " - ", " * ", " / ", " % ") + b + ")";
            case 4 -> "(" + condition(depth + 1) + " ? " + a + " : " + b + ")";
            case 5 -> "(-" + a + ")";
            case 6 -> pick("Math.sqrt", "Math.abs", "Math.floor", "Math.ceil", "Math.rint",
                    "Math.signum") + "(" + a + ")";
            default -> pick("Math.min(", "Math.max(", "Math.fma(" + doubleVariable() + ", ")
                    + a + ", " + b + ")";
        };
    }

    private String floatValue(int depth) {
        if (depth >= EXPRESSION_DEPTH || random.nextInt(4) == 0) {
            return pick(floatVariable(), floatVariable(), "(float) " + doubleVariable(),
                    "(float) " + longVariable(), "(float) " + intVariable(), "v0.y()",
                    "((float) " + pick(DOUBLES) + ")");
        }
        String a = floatValue(depth + 1);
        String b = floatValue(depth + 1);
        return switch (random.nextInt(7)) {
            case 0, 1, 2, 3 -> "(" + a + pick(" + ", " - ", " * ", " / ", " % ") + b + ")";
            case 4 -> "(" + condition(depth + 1) + " ? " + a + " : " + b + ")";
            case 5 -> pick("(-", "Math.abs(") + a + ")";
            default -> pick("Math.min", "Math.max", "Math.copySign") + "(" + a + ", "
                    + pick("2.5f", "-1f", intVariable()) + ")";
        };
    }

    private String vectorValue() {
        return switch (random.nextInt(3)) {
            case 0 -> "new Vector(" + doubleValue(1) + ", " + floatValue(1) + ")";
            case 1 -> "v0.scaled(" + doubleValue(1) + ")";
            default -> condition(1) + " ? v0 : new Vector(" + doubleVariable() + ", "
                    + floatVariable() + ")";
        };
    }

    private String doubleVariable() {
        return pick("d0", "d1");
    }

    private String floatVariable() {
        return pick("f0", "f1");
    }

    private String operator() {
        return pick(" + ", " - ", " * ", " & ", " | ", " ^ ");
    }

    private long constant() {
        long constant = CONSTANTS[random.nextInt(CONSTANTS.length)];
        return random.nextBoolean() ? constant : -constant;
    }
}
