class Main {
    static long run() {
        return Removed.answer(); // expect
    }
}
class Removed {
    static long answer() {
        return 42;
    }
}
