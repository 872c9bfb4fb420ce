class Main {
    static int pick(Integer number) {
        return switch (number) { // expect
            case 1 -> 1;
            case Integer other -> 2;
        };
    }
    static long run() {
        return pick(null);
    }
}
