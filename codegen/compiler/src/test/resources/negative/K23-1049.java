class Main {
    @k23.sdk.TargetFeature(k23.sdk.riscv.IsaExtension.V)
    static long sum(long x) {
        return x + 1; // expect
    }
    static long run(long harts) {
        return new k23.sdk.riscv.IsaExtensions(harts).has(k23.sdk.riscv.IsaExtension.V)
                ? sum(harts) : 0;
    }
}
