package k23.tests.differential.cases;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/** Atomic objects, variable handles and volatile fields: what one hart alone sees of them. */
public final class AtomicCases {
    /** The number of cases. */
    public static final int COUNT = 40;

    private static final class Holder {
        private int number;
        private volatile long total;
        private volatile short small;
        private volatile boolean isOn;
        private byte tiny;
        private char letter;
        private Holder next;
    }

    private static final AtomicInteger INT = new AtomicInteger();
    private static final AtomicLong LONG = new AtomicLong();
    private static final AtomicBoolean FLAG = new AtomicBoolean();
    private static final AtomicReference<Holder> REFERENCE = new AtomicReference<>();
    private static final AtomicIntegerArray INTS = new AtomicIntegerArray(5);
    private static final AtomicLongArray LONGS = new AtomicLongArray(5);
    private static final Holder FIRST = new Holder();
    private static final Holder SECOND = new Holder();
    private static final long[] ELEMENTS = new long[4];
    private static volatile int shared;

    private static final VarHandle NUMBER;
    private static final VarHandle TOTAL;
    private static final VarHandle SMALL;
    private static final VarHandle ON;
    private static final VarHandle TINY;
    private static final VarHandle LETTER;
    private static final VarHandle NEXT;
    private static final VarHandle SHARED;
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            NUMBER = lookup.findVarHandle(Holder.class, "number", int.class);
            TOTAL = lookup.findVarHandle(Holder.class, "total", long.class);
            SMALL = lookup.findVarHandle(Holder.class, "small", short.class);
            ON = lookup.findVarHandle(Holder.class, "isOn", boolean.class);
            TINY = lookup.findVarHandle(Holder.class, "tiny", byte.class);
            LETTER = lookup.findVarHandle(Holder.class, "letter", char.class);
            NEXT = lookup.findVarHandle(Holder.class, "next", Holder.class);
            SHARED = lookup.findStaticVarHandle(AtomicCases.class, "shared", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private AtomicCases() {}

    /** Runs case {@code which}. */
    public static long run(int which, long a, long b) {
        return which < 12 ? ofObjects(which, a, b) : which < 24 ? ofHandles(which, a, b)
                : which < 32 ? ofTheRest(which, a, b) : ofNarrow(which, a, b);
    }

    private static long ofNarrow(int which, long a, long b) {
        TINY.setVolatile(FIRST, (byte) a);
        SMALL.setVolatile(FIRST, (short) a);
        LETTER.setVolatile(FIRST, (char) a);
        ON.setVolatile(FIRST, a > b);
        return switch (which) {
            case 32 -> mix((byte) TINY.getAndAdd(FIRST, (byte) b), FIRST.tiny);
            case 33 -> mix((short) SMALL.getAndAdd(FIRST, (short) b), FIRST.small);
            case 34 -> mix((char) LETTER.getAndAdd(FIRST, (char) b), FIRST.letter);
            case 35 -> mix(TINY.compareAndSet(FIRST, (byte) b, (byte) 7) ? 1 : 0,
                    (byte) TINY.compareAndExchange(FIRST, (byte) -1, (byte) b)) + FIRST.tiny;
            case 36 -> mix(SMALL.compareAndSet(FIRST, (short) b, (short) -7) ? 1 : 0,
                    (short) SMALL.compareAndExchange(FIRST, (short) 8, (short) b)) + FIRST.small;
            case 37 -> mix(LETTER.compareAndSet(FIRST, (char) b, '\uffff') ? 1 : 0,
                    (char) LETTER.getAndSet(FIRST, (char) b)) + FIRST.letter;
            case 38 -> mix(ON.compareAndSet(FIRST, b == 0, a < 0) ? 1 : 0,
                    (boolean) ON.getAndSet(FIRST, b < 7) ? 1 : 0) + (FIRST.isOn ? 2 : 0);
            default -> mix((byte) TINY.getAndBitwiseXor(FIRST, (byte) b),
                    (short) SMALL.getAndBitwiseAnd(FIRST, (short) b))
                    + ((boolean) ON.getAndBitwiseOr(FIRST, b == 2) ? 3 : 0)
                    + FIRST.tiny + FIRST.small + FIRST.letter + (FIRST.isOn ? 1 : 0);
        };
    }

    private static long ofObjects(int which, long a, long b) {
        INT.set((int) a);
        LONG.set(a);
        return switch (which) {
            case 0 -> mix(INT.getAndAdd((int) b), INT.get());
            case 1 -> mix(INT.incrementAndGet(), INT.getAndDecrement());
            case 2 -> mix(INT.compareAndSet((int) b, 7) ? 1 : 0, INT.get());
            case 3 -> mix(INT.compareAndExchange(-1, (int) b), INT.getAndSet((int) b));
            case 4 -> mix(INT.weakCompareAndSetVolatile(Integer.MIN_VALUE, (int) b) ? 1 : 0,
                    INT.getAcquire());
            case 5 -> mix(INT.updateAndGet(x -> x * 3), INT.accumulateAndGet((int) b, Math::max));
            case 6 -> mix(LONG.getAndAdd(b), LONG.get());
            case 7 -> mix(LONG.decrementAndGet(), LONG.getAndIncrement());
            case 8 -> mix(LONG.compareAndSet(b, 7) ? 1 : 0, LONG.getPlain());
            case 9 -> mix(LONG.compareAndExchangeAcquire(0x80000000L, b), LONG.getAndSet(b));
            case 10 -> mix(LONG.getAndUpdate(x -> x ^ b), LONG.getAndAccumulate(b, Long::sum));
            default -> {
                FLAG.set(a > b);
                yield mix(FLAG.compareAndSet(a == b, b == 0) ? 1 : 0, FLAG.getAndSet(true) ? 1 : 0)
                        + (FLAG.compareAndExchange(true, a < 0) ? 5 : 0) + (FLAG.get() ? 9 : 0);
            }
        };
    }

    private static long ofHandles(int which, long a, long b) {
        NUMBER.setVolatile(FIRST, (int) a);
        TOTAL.setRelease(FIRST, a);
        SHARED.setOpaque((int) a);
        return switch (which) {
            case 12 -> mix((int) NUMBER.getAndAdd(FIRST, (int) b), (int) NUMBER.get(FIRST));
            case 13 -> mix((int) NUMBER.getAndBitwiseOr(FIRST, (int) b),
                    (int) NUMBER.getVolatile(FIRST));
            case 14 -> mix((int) NUMBER.getAndBitwiseAndAcquire(FIRST, (int) b),
                    (int) NUMBER.getAcquire(FIRST));
            case 15 -> mix((int) NUMBER.getAndBitwiseXorRelease(FIRST, (int) b),
                    (long) NUMBER.getOpaque(FIRST));
            case 16 -> mix(NUMBER.compareAndSet(FIRST, (int) b, 0x8000_0000) ? 1 : 0,
                    (int) NUMBER.compareAndExchange(FIRST, (int) a, (int) b)) + FIRST.number;
            case 17 -> mix((long) TOTAL.getAndAddAcquire(FIRST, (int) b), FIRST.total);
            case 18 -> mix((long) TOTAL.getAndBitwiseXor(FIRST, b),
                    (long) TOTAL.getAndSetRelease(FIRST, b)) + FIRST.total;
            case 19 -> mix(TOTAL.weakCompareAndSetPlain(FIRST, a, b) ? 1 : 0,
                    (long) TOTAL.compareAndExchangeRelease(FIRST, b, (short) a)) + FIRST.total;
            case 20 -> mix((int) SHARED.getAndAdd((int) b), shared);
            case 21 -> {
                ELEMENT.setVolatile(ELEMENTS, 2, a);
                yield mix((long) ELEMENT.getAndAdd(ELEMENTS, (int) b & 3, b),
                        ELEMENTS[2] + (long) ELEMENT.getVolatile(ELEMENTS, (int) (a >>> 62)));
            }
            case 22 -> (long) ELEMENT.getAndBitwiseAnd(ELEMENTS, (int) a, b);
            default -> {
                NEXT.set(FIRST, (Holder) null);
                boolean isSet = NEXT.compareAndSet(FIRST, null, a < b ? FIRST : SECOND);
                Holder was = (Holder) NEXT.getAndSet(FIRST, (Holder) null);
                yield (isSet ? 1 : 0) + (was == FIRST ? 2 : 0) + (FIRST.next == null ? 4 : 0);
            }
        };
    }

    private static long ofTheRest(int which, long a, long b) {
        return switch (which) {
            case 24 -> {
                shared = (int) a;
                shared += (int) b;
                FIRST.total = a - shared;
                FIRST.small = (short) b;
                FIRST.small--;
                yield mix(FIRST.total, FIRST.small);
            }
            case 25 -> {
                FIRST.isOn = a > b;
                boolean before = FIRST.isOn;
                FIRST.isOn ^= b < 0;
                yield (before ? 1 : 0) + (FIRST.isOn ? 2 : 0);
            }
            case 26 -> {
                SMALL.setVolatile(FIRST, (short) a);
                ON.setOpaque(FIRST, a == b);
                yield mix((short) SMALL.getAcquire(FIRST), (boolean) ON.getVolatile(FIRST) ? 1 : 0);
            }
            case 27 -> {
                INTS.set((int) a, (int) b);
                yield INTS.getAndAdd((int) a, 3) + INTS.incrementAndGet((int) a);
            }
            case 28 -> {
                LONGS.set(4, a);
                yield mix(LONGS.compareAndSet(4, b, 1) ? 1 : 0, LONGS.addAndGet((int) b, a));
            }
            case 29 -> {
                REFERENCE.set(a < 0 ? null : FIRST);
                Holder was = REFERENCE.getAndUpdate(holder -> holder == null ? SECOND : null);
                yield (was == null ? 1 : 0) + (REFERENCE.get() == SECOND ? 2 : 0)
                        + (REFERENCE.compareAndSet(null, FIRST) ? 4 : 0);
            }
            case 30 -> {
                Holder holder = a == b ? null : SECOND;
                yield (int) NUMBER.getAndSet(holder, (int) a) & (long) TOTAL.getVolatile(holder);
            }
            default -> {
                VarHandle.fullFence();
                Thread.onSpinWait();
                var counter = new AtomicLong(a);
                VarHandle.releaseFence();
                yield counter.addAndGet(b);
            }
        };
    }

    private static long mix(long first, long second) {
        return first * 31 + second;
    }
}
