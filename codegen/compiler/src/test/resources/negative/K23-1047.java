class Main {
    @k23.sdk.HartLocal
    static final long[] COUNTS = {1, 2};
    static long run() {
        return COUNTS[0]; // expect
    }
}
