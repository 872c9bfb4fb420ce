class Main {
    static final Main ONE = new Main();
    static long run() {
        return ONE.hashCode(); // expect
    }
}
