import java.util.function.Function;
class Main {
    static int number = 3;
    static int apply(Function<Integer, String> function) {
        return function.apply(null).length();
    }
    static long run() {
        return apply(x -> "x" + (x + 1)); // expect
    }
}
