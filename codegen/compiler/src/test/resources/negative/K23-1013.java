class Main {
    static long run() {
        Runnable nothing = () -> { }; // expect
        nothing.run();
        return 1;
    }
}
