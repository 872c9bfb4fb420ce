class Main {
    @k23.sdk.Template("broken")
    static void broken(k23.sdk.asm.Assembler a) {
        a.j(a.label()); // expect
    }
    @k23.sdk.Symbol("broken")
    static native long call();
    static long run() {
        return call();
    }
}
