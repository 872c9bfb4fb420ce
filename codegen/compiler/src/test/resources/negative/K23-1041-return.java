class Main {
    record Point(int mark, float x) {}
    @k23.sdk.NoFpu
    static Point same(Point point) {
        return point; // expect
    }
    static long run() {
        return same(new Point(1, 2)).mark();
    }
}
