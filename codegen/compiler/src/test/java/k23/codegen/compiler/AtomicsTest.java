package k23.codegen.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Atomic objects and variable handles in image and region; their values: AtomicCases. */
class AtomicsTest {
    @TempDir
    private Path folder;

    private LinuxProgram.Run run(String main) throws Exception {
        return LinuxProgram.run(folder, main);
    }

    @Test
    void objectsOfTheImageKeepWhatTheBuildGaveThem() throws Exception {
        var run = run("""
                class Main {
                    static final AtomicInteger COUNT = new AtomicInteger(40);
                    static final AtomicLong TOTAL = new AtomicLong(-5_000_000_000L);
                    static final AtomicBoolean DONE = new AtomicBoolean(true);
                    static final AtomicReference<String> NAME = new AtomicReference<>("one");
                    static final AtomicIntegerArray INTS = new AtomicIntegerArray(new int[] {1, 2});
                    static final AtomicLongArray LONGS = new AtomicLongArray(3);
                    static long run() {
                        Linux.print(COUNT.incrementAndGet());
                        Linux.print(',');
                        Linux.print(TOTAL.getAndAdd(7));
                        Linux.print(',');
                        Linux.print(TOTAL.get());
                        Linux.print(DONE.compareAndSet(true, false) && !DONE.get() ? 'y' : 'n');
                        Linux.print(NAME.getAndSet("two"));
                        Linux.print(NAME.compareAndSet("one", "three") ? 'y' : 'n');
                        Linux.print(NAME.get());
                        Linux.print(INTS.addAndGet(1, 40) + INTS.length());
                        Linux.print(',');
                        Linux.print(LONGS.decrementAndGet(2));
                        return COUNT.updateAndGet(x -> x / 2);
                    }
                }
                """);
        assertEquals(new LinuxProgram.Run(20, "41,-5000000000,-4999999993yonentwo44,-1"), run);
    }

    @Test
    void objectsOfARegion() throws Exception {
        var run = run("""
                class Main {
                    static final class Counter extends AtomicLong {
                        private static final long serialVersionUID = 1;
                        Counter(long start) { super(start); }
                        long twice() { return 2 * get(); }
                    }
                    static long run() {
                        Linux.enterRegion();
                        AtomicInteger count = new AtomicInteger();
                        for (int i = 0; i < 10; i++) {
                            count.getAndAdd(i);
                        }
                        AtomicReference<AtomicInteger> box = new AtomicReference<>(count);
                        Counter counter = new Counter(50);
                        counter.incrementAndGet();
                        AtomicIntegerArray array = new AtomicIntegerArray(4);
                        array.set(3, box.get().get());
                        return array.get(3) + counter.twice();
                    }
                }
                """);
        assertEquals(new LinuxProgram.Run(147, ""), run);
    }

    @Test
    void variableHandlesOfFieldsStaticsAndElements() throws Exception {
        var run = run("""
                class Main {
                    static final class Node {
                        private int count = 5;
                        private volatile long total;
                        private Node next;
                        private boolean isDone;
                    }
                    private static int shared = 3;
                    private static final VarHandle COUNT;
                    private static final VarHandle TOTAL;
                    private static final VarHandle NEXT;
                    private static final VarHandle DONE;
                    private static final VarHandle SHARED;
                    private static final VarHandle LONGS =
                            MethodHandles.arrayElementVarHandle(long[].class);
                    static {
                        try {
                            var lookup = MethodHandles.lookup();
                            COUNT = lookup.findVarHandle(Node.class, "count", int.class);
                            TOTAL = lookup.findVarHandle(Node.class, "total", long.class);
                            NEXT = lookup.findVarHandle(Node.class, "next", Node.class);
                            DONE = lookup.findVarHandle(Node.class, "isDone", boolean.class);
                            SHARED = lookup.findStaticVarHandle(Main.class, "shared", int.class);
                        } catch (ReflectiveOperationException e) {
                            throw new ExceptionInInitializerError(e);
                        }
                    }
                    static final Node NODE = new Node();
                    static long run() {
                        long[] numbers = NUMBERS;
                        Linux.print((int) COUNT.getAndAdd(NODE, 2));
                        Linux.print((long) COUNT.getVolatile(NODE));
                        COUNT.getAndBitwiseXor(NODE, -1);
                        Linux.print((int) COUNT.get(NODE));
                        Linux.print(TOTAL.compareAndSet(NODE, 0, 9L) ? 'y' : 'n');
                        Linux.print((long) TOTAL.compareAndExchange(NODE, 0L, 1L));
                        Linux.print(NEXT.compareAndSet(NODE, null, NODE) ? 'y' : 'n');
                        Node next = (Node) NEXT.getAcquire(NODE);
                        Linux.print(next == NODE ? 'y' : 'n');
                        DONE.setRelease(NODE, true);
                        Linux.print((boolean) DONE.getOpaque(NODE) ? 'y' : 'n');
                        Linux.print((int) SHARED.getAndSet(7));
                        LONGS.setVolatile(numbers, 1, 8);
                        LONGS.getAndAdd(numbers, 1, (short) 2);
                        VarHandle.fullFence();
                        Thread.onSpinWait();
                        return numbers[1] * 10 + shared;
                    }
                    static final long[] NUMBERS = new long[2];
                }
                """);
        assertEquals(new LinuxProgram.Run(107, "57-8y9yyy3"), run);
    }

    @Test
    void volatileFieldsOfEveryWidth() throws Exception {
        var run = run("""
                class Main {
                    static volatile boolean isSet;
                    static volatile byte tiny = -3;
                    static volatile short small = -300;
                    static volatile char letter = 65000;
                    static volatile int number = -3;
                    static volatile Address place = new Address(77);
                    volatile String text = "ok";
                    static final Main MAIN = new Main();
                    static long run() {
                        Linux.print(tiny + small + letter + number);
                        tiny = (byte) (tiny * 100);
                        letter++;
                        isSet = !isSet;
                        Linux.print(',');
                        Linux.print(tiny);
                        Linux.print(isSet ? 'y' : 'n');
                        Linux.print(MAIN.text);
                        MAIN.text = null;
                        place = place.plus(1);
                        return letter - 65000 + place.value() + (MAIN.text == null ? 1 : 0);
                    }
                }
                """);
        assertEquals(new LinuxProgram.Run(80, "64694,-44yok"), run);
    }

    @Test
    void floatsAreReadAndSetWhole() throws Exception {
        var run = run("""
                class Main {
                    static volatile double ratio = 2.5;
                    volatile float part = -0.5f;
                    static final Main MAIN = new Main();
                    static final VarHandle PART;
                    static {
                        try {
                            PART = MethodHandles.lookup().findVarHandle(Main.class, "part",
                                    float.class);
                        } catch (ReflectiveOperationException e) {
                            throw new ExceptionInInitializerError(e);
                        }
                    }
                    static long run() {
                        ratio = ratio * 4 + MAIN.part;
                        PART.setRelease(MAIN, (float) ratio * 2);
                        return (long) (ratio * 10) + (long) (float) PART.getAcquire(MAIN);
                    }
                }
                """);
        assertEquals(new LinuxProgram.Run(114, ""), run);
    }

    @Test
    void anIndexOutsideIsATrap() throws Exception {
        var run = run("""
                class Main {
                    static final AtomicIntegerArray INTS = new AtomicIntegerArray(2);
                    static long run() { return INTS.get(INTS.length()); }
                }
                """);
        assertEquals(128 + 4, run.status());
    }
}
