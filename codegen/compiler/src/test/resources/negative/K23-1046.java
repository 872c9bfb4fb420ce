class Main {
    record Range(long from, long to) {}
    static volatile Range range = new Range(1, 2);
    static long run() {
        return range.from(); // expect
    }
}
