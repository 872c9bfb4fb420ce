class Main {
    @k23.sdk.Intrinsic
    static long magic() {
        return 1;
    }
    static long run() {
        return magic(); // expect
    }
}
