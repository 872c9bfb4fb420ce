class Main {
    static long run() {
        return new java.util.ArrayList<String>().size(); // expect
    }
}
