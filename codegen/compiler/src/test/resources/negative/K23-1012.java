class Main {
    static long run() {
        String text = "a " + new int[1]; // expect
        return text.length();
    }
}
