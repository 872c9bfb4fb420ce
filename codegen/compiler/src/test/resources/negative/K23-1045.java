import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

class Main {
    static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
    static final int[] COUNTS = {1, 2};
    static VarHandle handle(boolean isFirst) {
        return isFirst ? INTS : null; // expect
    }
    static long run() {
        return (int) handle(COUNTS[0] == 1).getAndAdd(COUNTS, 0, 1);
    }
}
