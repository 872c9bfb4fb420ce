class Main {
    static int[] make(int length) {
        return new int[length]; // expect
    }
    @k23.sdk.NoAllocation
    static long run() {
        return make(3).length;
    }
}
