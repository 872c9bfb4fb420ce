class Main {
    @k23.sdk.Symbol("answer")
    static long first() {
        return 1;
    }
    @k23.sdk.Symbol("answer")
    static long second() {
        return 2; // expect
    }
    static long run() {
        return first();
    }
}
