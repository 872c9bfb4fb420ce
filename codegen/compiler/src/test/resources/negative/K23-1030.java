class Main { // expect nowhere
    @k23.sdk.Template("calls_nobody")
    static void broken(k23.sdk.asm.Assembler a) {
        a.call("nobody");
    }
    @k23.sdk.Symbol("calls_nobody")
    static native long call();
    static long run() {
        return call();
    }
}
