class Main {
    static double factor = 2;
    static long run() {
        return (long) (factor * 2); // expect
    }
}
