class Main {
    sealed interface Signal permits Light {}
    enum Light implements Signal { RED, GREEN }
    static Signal signal = Light.RED;
    static long run() {
        return switch (signal) { // expect
            case Light.RED -> 1;
            case Light.GREEN -> 2;
        };
    }
}
