class Main {
    static final boolean IS_FAST = Boolean.parseBoolean("true");
    static int half(int x) {
        return (int) (x * 0.5); // expect
    }
    @k23.sdk.NoFpu
    static long run() {
        return IS_FAST ? 3 >> 1 : half(3);
    }
}
