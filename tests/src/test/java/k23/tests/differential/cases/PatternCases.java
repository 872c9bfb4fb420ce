package k23.tests.differential.cases;

/** Pattern switches and {@code instanceof} with patterns. */
public final class PatternCases {
    /** The number of cases. */
    public static final int COUNT = 13;

    private sealed interface Shape permits Square, Circle, Line, Framed {}

    private static final class Square implements Shape {
        private final int side;

        Square(int side) {
            this.side = side;
        }
    }

    private static final class Circle implements Shape {
        private final long radius;

        Circle(long radius) {
            this.radius = radius;
        }
    }

    private enum Line implements Shape { FLAT, STEEP }

    private static final class Framed implements Shape {
        private final Frame frame;
        private final Shape inner;

        Framed(Frame frame, Shape inner) {
            this.frame = frame;
            this.inner = inner;
        }
    }

    private record Frame(Corner from, Corner to, Line style) {}

    private record Corner(int x, long y) {}

    private enum Color { RED, GREEN, BLUE }

    private static final String[] WORDS = {"a", "bb", null, "long", "Aa", "BB", "longer", ""};

    private PatternCases() {}

    private static Shape shape(long a, long b) {
        return switch ((int) a & 7) {
            case 0 -> null;
            case 1 -> new Square((int) b);
            case 2 -> new Circle(b);
            case 3 -> Line.FLAT;
            case 4 -> Line.STEEP;
            case 5 -> new Framed(frame(a, b), new Circle(a));
            case 6 -> new Framed(frame(b, a), null);
            default -> new Square(4);
        };
    }

    private static Frame frame(long a, long b) {
        return new Frame(new Corner((int) a, b), new Corner((int) b, a),
                b < 0 ? null : a < b ? Line.FLAT : Line.STEEP);
    }

    private static Color color(long a) {
        return (a & 3) == 3 ? null : Color.values()[(int) a & 3];
    }

    private static long overShapes(Shape shape) {
        return switch (shape) {
            case null -> 1;
            case Square s when s.side > 3 -> 2;
            case Square s -> s.side;
            case Circle c -> {
                long r = c.radius;
                while (r > 100) {
                    r /= 3;
                }
                yield r;
            }
            case Line.FLAT -> 5;
            case Line.STEEP -> 6;
            case Framed f when f.inner == null -> 7;
            case Framed f -> overShapes(f.inner) + 1;
        };
    }

    private static long overFrames(Frame frame) {
        return switch (frame) {
            case Frame(Corner(int x, long y), Corner to, Line style) when x > y -> x + to.y();
            case Frame(Corner(var x, var y), Corner(var u, var v), Line style)
                    when style == Line.FLAT -> x + y * 3 + u * 5 + v * 7;
            case Frame(Corner from, var to, Line style) -> from.x() - to.x();
        };
    }

    private static long overColors(Color color) {
        return switch (color) {
            case null -> -1;
            case RED -> 1;
            case Color c when c.ordinal() == 2 -> 2;
            case Color.GREEN -> 3;
            case Color c -> c.ordinal();
        };
    }

    private static long overWords(String word) {
        return switch (word) {
            case null -> -1;
            case "a" -> 1;
            case "bb" -> 2;
            case "Aa" -> 3;
            case String s when s.length() > 4 -> s.length();
            case "long" -> 4;
            case "BB" -> 5;
            case String s -> 6;
        };
    }

    private static long overObjects(Object object) {
        return switch (object) {
            case null -> -1;
            case String s when s.isEmpty() -> 1;
            case String s -> s.hashCode();
            case int[] array when array.length > 3 -> array[3];
            case int[] array -> array.length;
            case Color c -> c.ordinal() + 10;
            case Shape s -> overShapes(s);
            default -> 2;
        };
    }

    private static Object object(long a, long b) {
        return switch ((int) (a ^ b) & 7) {
            case 0 -> WORDS[(int) a & 7];
            case 1 -> new int[(int) b & 7];
            case 2 -> color(b);
            case 3 -> new long[1];
            default -> shape(b, a);
        };
    }

    /** Runs case {@code which}. */
    public static long run(int which, long a, long b) {
        return switch (which) {
            case 0 -> overShapes(shape(a, b));
            case 1 -> overFrames(frame(a, b));
            case 2 -> overColors(color(a)) * 10 + overColors(color(b));
            case 3 -> overWords(WORDS[(int) a & 7]) * 10 + overWords(WORDS[(int) b & 7] + "");
            case 4 -> overObjects(object(a, b));
            case 5 -> switch (color(a)) {
                case RED -> a;
                case GREEN -> b;
                case BLUE -> a ^ b;
            };
            case 6 -> frame(a, b) instanceof Frame(Corner(int x, long y), Corner(int u, long v),
                    var style) && x < u ? y - v : 3;
            case 7 -> {
                Frame frame = frame(a, b);
                if (!(frame instanceof Frame(Corner from, Corner(int x, long y), Line style))) {
                    yield -1;
                }
                yield from.x() * y - x + (style == null ? 1 : style.ordinal());
            }
            case 8 -> shape(a, b) instanceof Square s && s.side > 0 ? s.side : 0;
            case 9 -> shape(a, b) instanceof Framed f && f.frame instanceof Frame(var from, var to,
                    Line style) ? from.y() ^ to.y() : -7;
            case 10 -> switch (shape(a, b)) {
                case Square s when s.side == 4 -> 4;
                case Line l -> l.ordinal();
                case Shape s -> 9;
            };
            case 11 -> switch ((int) b) {
                case 1, 2, 7 -> 1;
                case Integer.MAX_VALUE -> {
                    long x = a;
                    yield x >>> 3;
                }
                case -8 -> throw new IllegalStateException("eight");
                default -> b;
            };
            default -> switch (color(a)) {
                case Color c when c == color(b) -> 1;
                case RED, BLUE -> 2;
                case Color c -> 3;
            };
        };
    }
}
