class Main {
    record Point(int x) {}
    static long run() {
        return new Point(1) == new Point(1) ? 1 : 0; // expect
    }
}
