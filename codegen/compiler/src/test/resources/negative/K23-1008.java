class Main {
    record Point(int x) {}
    static Object held;
    static long run() {
        held = new Point(1); // expect
        return 1;
    }
}
