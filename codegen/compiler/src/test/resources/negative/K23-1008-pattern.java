class Main {
    sealed interface Shape permits Point {}
    record Point(int x) implements Shape {}
    static Shape held;
    static long run() {
        return held instanceof Point(int x) ? x : 0; // expect
    }
}
