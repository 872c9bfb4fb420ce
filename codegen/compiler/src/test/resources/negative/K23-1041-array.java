class Main {
    record Point(int mark, float x) {}
    static final Point[] POINTS = {new Point(1, 2), new Point(3, 4)};
    static void copy(Point[] to, Point[] from, int i) {
        to[i] = from[i]; // expect
    }
    @k23.sdk.NoFpu
    static long run() {
        copy(POINTS, POINTS, 1);
        return 0;
    }
}
