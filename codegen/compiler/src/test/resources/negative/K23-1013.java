class Main {
    static long run() {
        Runnable nothing = (Runnable & java.io.Serializable) () -> { }; // expect
        nothing.run();
        return 1;
    }
}
