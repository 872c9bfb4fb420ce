class Main {
    record Point(int x) {}
    static Point held = new Point(1);
    static long run() {
        held = null; // expect
        return 1;
    }
}
