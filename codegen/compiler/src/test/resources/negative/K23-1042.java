class Main {
    static void pause() {
        k23.sdk.riscv.Hart.waitForInterrupt(); // expect
    }
    @k23.sdk.Interrupt
    static long run() {
        pause();
        return 0;
    }
}
