class Main {
    @k23.sdk.Symbol("nowhere")
    static native long call();
    static long run() {
        return call(); // expect
    }
}
