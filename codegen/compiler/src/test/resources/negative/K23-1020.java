@k23.sdk.RawAccessAllowed(reason = "an example")
class Main {
    static int number = 0x100;
    static long run() {
        return k23.sdk.riscv.Csr.read(number); // expect
    }
}
