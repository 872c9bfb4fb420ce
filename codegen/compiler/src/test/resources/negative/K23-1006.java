class Main {
    static final Main LOCK = new Main();
    static long run() {
        synchronized (LOCK) { // expect
            return 1;
        }
    }
}
