class Main {
    static Object kept;
    static long run() {
        kept = Main.class; // expect
        return 1;
    }
}
