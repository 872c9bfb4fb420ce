class Main {
    record Inner(double x) {}
    record Outer(int mark, Inner inner) {}
    static final class Box {
        Outer value;
        Box next;
    }
    static final Box BOX = new Box();
    @k23.sdk.NoFpu
    static long run() {
        BOX.next = BOX;
        BOX.value = BOX.next.value; // expect
        return 0;
    }
}
