class Main {
    @k23.sdk.Exempt(regime = k23.sdk.Regime.NO_ALLOCATION, reason = "")
    static int[] make(int length) {
        return new int[length]; // expect
    }
    @k23.sdk.NoAllocation
    static long run() {
        return make(3).length;
    }
}
