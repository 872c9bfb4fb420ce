class Main {
    static double factor = 2;
    static long run() {
        k23.sdk.Log.info("factor " + factor); // expect
        return 1;
    }
}
