class Main {
    static long run() {
        return k23.sdk.sim.Machine.current().csr(1); // expect
    }
}
