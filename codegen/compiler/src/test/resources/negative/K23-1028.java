class Main { // expect file
    record Node(int value, Node next) {}
    static long run() {
        return new Node(1, null).value();
    }
}
