package k23.tests.differential.cases;

/** Strings of the region: concatenations, {@code toString}, and the methods of {@code String}. */
public final class TextCases {
    /** The number of cases. */
    public static final int COUNT = 24;

    private enum Level {
        LOW, MIDDLE {
            @Override
            public String toString() {
                return "between";
            }
        }, HIGH
    }

    private record Point(int x, long y) {}

    private record Named(String name, Point at, Level level, boolean flag, char sign) {}

    private record Short(int value) {
        @Override
        public String toString() {
            return "#" + value;
        }
    }

    private record Tag(int number, String name, Inner inner, Shape same) {}

    private record Inner(Box box, String text) {}

    private abstract static class Shape {
        @Override
        public String toString() {
            return "a shape";
        }
    }

    private static final class Box extends Shape {
        private final int side;

        Box(int side) {
            this.side = side;
        }

        @Override
        public String toString() {
            return "Box(" + side + ')';
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Box box && box.side == side;
        }

        @Override
        public int hashCode() {
            return side;
        }
    }

    private static final class Dot extends Shape {}

    private static final String[] WORDS = {
        "", "a", "b", "abcab", null, " cab\t", "ab", "\u00e9\u4e00"
    };

    private TextCases() {}

    private static String word(long index) {
        return WORDS[(int) index & 7];
    }

    private static String present(long index) {
        String word = word(index);
        return word == null ? "null" : word;
    }

    private static Level level(long index) {
        return Level.values()[(int) Long.remainderUnsigned(index, 3)];
    }

    private static Shape shape(long index) {
        return (index & 3) == 0 ? null : (index & 3) == 1 ? new Dot() : new Box((int) index);
    }

    private static Tag tag(long a, long b) {
        return new Tag((int) (a & 1), word(b), new Inner((b & 3) == 0 ? null : new Box((int) b),
                "t" + (a & 3)), a == b ? null : new Box(7));
    }

    private static long parse(String text) {
        return switch (text) {
            case "a0" -> 1;
            case "a1", "b1" -> 2;
            case "a-1" -> 3;
            default -> text.length();
        };
    }

    private static String loop(long a) {
        String text = "";
        for (int i = 0; i < (a & 7); i++) {
            text += i;
            text += ',';
        }
        return text;
    }

    /** Runs case {@code which}. */
    public static long run(int which, long a, long b) {
        return which < 11 ? made(which, a, b) : asked(which, a, b);
    }

    private static long made(int which, long a, long b) {
        return switch (which) {
            case 0 -> ("a" + a + "b" + b).hashCode();
            case 1 -> ((int) a + " " + (byte) b + (short) b + (char) a + (a < b)).hashCode();
            case 2 -> (word(a) + word(b)).hashCode();
            case 3 -> (level(a) + "/" + level(b)).hashCode();
            case 4 -> new Point((int) a, b).toString().hashCode();
            case 5 -> ("" + new Named(word(a), new Point((int) b, a), level(b), a > b, (char) b)
                    + new Short((int) a)).hashCode();
            case 6 -> (shape(a) + "," + shape(b) + (shape(a) == null)).hashCode();
            case 7 -> parse("a" + (b & 3)) * 100 + parse((a < 0 ? "a" : "b") + (b | 1));
            case 8 -> loop(a).hashCode();
            case 9 -> (a > b ? "greater " + a : "less " + b).length();
            default -> ("\1\2" + a + "\1" + (b + "\2" + word(a))).hashCode();
        };
    }

    private static long asked(int which, long a, long b) {
        String x = present(a);
        String y = present(b);
        return switch (which) {
            case 11 -> (x + y).equals(y + x) ? 1 : 0;
            case 12 -> x.compareTo(y) * 10L + (x.contains(y) ? 1 : 0);
            case 13 -> x.indexOf(y) * 100 + x.lastIndexOf(y) * 10 + x.indexOf('b', (int) b)
                    + x.lastIndexOf('a') * 1000L;
            case 14 -> (x + "abc").substring((int) b & 3).hashCode();
            case 15 -> x.substring((int) a, (int) b).hashCode();
            case 16 -> ("[" + x.trim() + "]" + y.strip() + "]").hashCode();
            case 17 -> x.concat(y).hashCode() + x.repeat((int) b & 3).hashCode();
            case 18 -> Integer.toHexString((int) a).hashCode() + Long.toHexString(b).hashCode();
            case 19 -> Integer.toString((int) a).hashCode() + Long.toString(b).hashCode()
                    + String.valueOf(a).hashCode() + String.valueOf((char) b).hashCode()
                    + String.valueOf(a == b).hashCode() + Boolean.toString(a < b).length();
            case 20 -> equal(shape(a), shape(b)) + equal(x + 1, y + 1) * 10
                    + equal(level(a), level(b)) * 100;
            case 21 -> tag(a, b).equals(tag(b, a)) ? 1 : tag(a, b).equals(tag(a, b)) ? 2 : 3;
            case 22 -> tag(a, b).hashCode();
            default -> String.valueOf(x.toCharArray()).equals(x) && x.startsWith(y, (int) b & 3)
                    ? 1 : 0;
        };
    }

    private static long equal(Object x, Object y) {
        return x == null ? 7 : x.equals(y) ? 1 : 0;
    }
}
