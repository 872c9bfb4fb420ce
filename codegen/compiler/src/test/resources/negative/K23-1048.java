class Main {
    @k23.sdk.TargetFeature(k23.sdk.riscv.IsaExtension.ZBB)
    static long rotated(long x) { return Long.rotateLeft(x, 3); }
    static long run() {
        return rotated(5); // expect
    }
}
