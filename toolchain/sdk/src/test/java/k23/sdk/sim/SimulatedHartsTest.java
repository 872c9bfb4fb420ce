package k23.sdk.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import k23.sdk.HartLocal;
import org.junit.jupiter.api.Test;

class SimulatedHartsTest {
    @HartLocal
    private static int count = 5;
    @HartLocal
    private static String name = "start";
    private static int shared;

    private static final class Wrong {
        @HartLocal
        private int instance;
    }

    private static void visit(String hart) {
        count++;
        name = hart;
        shared++;
    }

    @Test
    void everyHartHasItsOwn() {
        var harts = new SimulatedHarts(3, SimulatedHartsTest.class);
        harts.run(1, () -> visit("one"));
        harts.run(2, () -> {
            visit("two");
            harts.run(1, () -> assertEquals("one 6", name + " " + count));
            visit("two again");
        });
        harts.run(0, () -> assertEquals("start 5", name + " " + count));
        harts.run(2, () -> assertEquals("two again 7", name + " " + count));
        assertEquals(3, shared);
    }

    @Test
    void onlyStaticFieldsThatChange() {
        var e = assertThrows(IllegalArgumentException.class,
                () -> new SimulatedHarts(1, Wrong.class));
        assertEquals(0, new Wrong().instance, e.getMessage());
    }
}
