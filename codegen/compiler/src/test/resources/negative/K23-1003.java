class Main {
    static long run() {
        return Long.parseLong("12"); // expect
    }
}
