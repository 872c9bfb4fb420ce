package k23.runtime.wasi;

/** Clocks and waiting. */
final class ClockCalls {
    private static final int REALTIME = 0;
    private static final int LAST_CLOCK = 3;
    private static final int SUBSCRIPTION_BYTES = 48;
    private static final int EVENT_BYTES = 32;
    private static final int TAG_CLOCK = 0;
    private static final int TAG_WRITE = 2;
    private static final int MAX_SUBSCRIPTIONS = 1 << 16;
    private static final long NEVER = Long.MAX_VALUE;

    private final Host host;
    private final Guest guest;
    private final Descriptors descriptors;
    /** The clocks when the waiting began, from which relative times count. */
    private long startMonotonic;
    private long startRealtime;

    ClockCalls(Host host, Guest guest, Descriptors descriptors) {
        this.host = host;
        this.guest = guest;
        this.descriptors = descriptors;
    }

    /** {@code clock_res_get}. */
    int resolution(long clock, long at) {
        if (Guest.unsigned(clock) > LAST_CLOCK) {
            return Errno.INVAL;
        }
        if (!guest.holds(at, 8)) {
            return Errno.FAULT;
        }
        guest.putLong(at, host.tickNanos());
        return Errno.SUCCESS;
    }

    /** {@code clock_time_get}; a program that is alone has the machine's time as its own. */
    int time(long clock, long at) {
        if (Guest.unsigned(clock) > LAST_CLOCK) {
            return Errno.INVAL;
        }
        if (!guest.holds(at, 8)) {
            return Errno.FAULT;
        }
        guest.putLong(at, now((int) clock));
        return Errno.SUCCESS;
    }

    /** {@code poll_oneoff}: descriptors are ready at once; clocks when their time has come. */
    int poll(long in, long out, long count, long eventsAt) {
        if (count == 0) {
            return Errno.INVAL;
        }
        if (count > MAX_SUBSCRIPTIONS || !guest.holds(in, count * SUBSCRIPTION_BYTES)
                || !guest.holds(out, count * EVENT_BYTES) || !guest.holds(eventsAt, 4)) {
            return Errno.FAULT;
        }
        startMonotonic = host.monotonicNanos();
        startRealtime = host.realtimeNanos();
        long first = NEVER;
        for (long i = 0; i < count; i++) {
            first = Math.min(first, deadline(in + i * SUBSCRIPTION_BYTES));
        }
        host.sleepUntil(first);
        // Whatever was to be ready by then is reported, also when the clock counts in coarse ticks.
        long until = Math.max(first, host.monotonicNanos());
        long events = 0;
        for (long i = 0; i < count; i++) {
            long subscription = in + i * SUBSCRIPTION_BYTES;
            if (deadline(subscription) <= until) {
                putEvent(out + events * EVENT_BYTES, subscription);
                events++;
            }
        }
        guest.putInt(eventsAt, events);
        return Errno.SUCCESS;
    }

    /** When a subscription's event comes, on the monotonic clock: 0 when it is there. */
    private long deadline(long at) {
        if (guest.getByte(at + 8) != TAG_CLOCK) {
            return 0;
        }
        int clock = guest.getInt(at + 16);
        if (Guest.unsigned(clock) > LAST_CLOCK) {
            return 0;
        }
        long timeout = guest.getLong(at + 24);
        long now = clock == REALTIME ? startRealtime : startMonotonic;
        boolean absolute = (guest.getByte(at + 40) & 1) != 0;
        if (absolute && Long.compareUnsigned(timeout, now) <= 0) {
            return 0;
        }
        long wait = absolute ? timeout - now : timeout;
        long end = startMonotonic + wait;
        return wait < 0 || end < 0 ? NEVER : end;
    }

    private void putEvent(long at, long subscription) {
        guest.span(at, EVENT_BYTES).clear();
        guest.putLong(at, guest.getLong(subscription));
        int tag = guest.getByte(subscription + 8);
        guest.put(at + 8, eventError(tag, subscription), 2);
        guest.put(at + 10, tag, 1);
        if (tag != TAG_CLOCK) {
            guest.putLong(at + 16, 1);
        }
    }

    private int eventError(int tag, long subscription) {
        if (tag == TAG_CLOCK) {
            return Guest.unsigned(guest.getInt(subscription + 16)) > LAST_CLOCK
                    ? Errno.INVAL : Errno.SUCCESS;
        }
        if (tag > TAG_WRITE) {
            return Errno.INVAL;
        }
        return descriptors.get(guest.getInt(subscription + 16)) == null
                ? Errno.BADF : Errno.SUCCESS;
    }

    private long now(int clock) {
        return clock == REALTIME ? host.realtimeNanos() : host.monotonicNanos();
    }
}
