class Main {
    static long run() {
        try {
            return Integer.divideUnsigned(1, 0);
        } catch (ArithmeticException e) { // expect
            return 1;
        }
    }
}
