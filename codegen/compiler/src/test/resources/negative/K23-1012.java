class Main {
    static String kept;
    static int number = 3;
    static long run() {
        kept = "number " + number; // expect
        return 1;
    }
}
