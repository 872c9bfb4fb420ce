class Main {
    static RuntimeException kept;
    static long run() {
        kept = new IllegalStateException("kept"); // expect
        return 1;
    }
}
