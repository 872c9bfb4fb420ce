class Main {
    static long run() {
        return Old.answer(); // expect
    }
}
class Old {
    static long answer() {
        return 42;
    }
}
