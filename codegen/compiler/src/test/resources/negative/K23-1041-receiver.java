class Main {
    record Point(int mark, float x) {}
    @k23.sdk.NoFpu
    static int mark(Point point) {
        return point.mark(); // expect
    }
    static long run() {
        return mark(new Point(1, 2));
    }
}
