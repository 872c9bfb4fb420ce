class Main {
    sealed interface Shape permits Point, Dot {}
    record Point(int x) implements Shape {}
    static final class Dot implements Shape {}
    static Shape held = new Dot();
    static long run() {
        return switch (held) { // expect
            case Point(int x) -> x;
            case Dot _ -> 1;
        };
    }
}
