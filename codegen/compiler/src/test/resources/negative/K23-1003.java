class Main {
    static long run() {
        return System.nanoTime(); // expect
    }
}
