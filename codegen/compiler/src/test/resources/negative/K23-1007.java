class Main {
    static native long answer();
    static long run() {
        return answer(); // expect
    }
}
