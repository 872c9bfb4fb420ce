package k23.kernel.device;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import k23.kernel.SimulatedBoot;
import k23.sdk.sim.Device;
import k23.sdk.sim.Machine;

/**
 * The other side of a virtio console with two named ports, written from the specification: it acts
 * when it is notified, and checks what a device may rely on.
 */
final class ConsoleModel implements Device {
    private static final int DESCRIPTOR_WRITES = 2;

    private static final class Queue {
        private long descriptors;
        private long driver;
        private long used;
        private int size;
        private boolean ready;
        private int seen;
        private int returned;
    }

    private final Map<Integer, Queue> queues = new HashMap<>();
    private final Map<Integer, String> names;
    private final Map<Integer, ArrayDeque<byte[]>> input = new HashMap<>();
    private final Map<Integer, ByteArrayOutputStream> output = new HashMap<>();
    private final ArrayDeque<byte[]> control = new ArrayDeque<>();
    private final Map<Integer, Boolean> closed = new HashMap<>();
    private int selected;
    private int featureWord;
    private int status;
    private long features;

    ConsoleModel(Map<Integer, String> names) {
        this.names = names;
    }

    /** Bytes that the guest can read from a port. */
    void send(int port, byte[] bytes) {
        input.computeIfAbsent(port, _ -> new ArrayDeque<>()).add(bytes);
        deliver();
    }

    /** Closes a port from outside, behind everything that was sent. */
    void close(int port) {
        closed.put(port, true);
        deliver();
    }

    /** What the guest wrote to a port. */
    byte[] received(int port) {
        return output.getOrDefault(port, new ByteArrayOutputStream()).toByteArray();
    }

    @Override
    public long read(long offset, int width) {
        check(width == 4, "register width");
        return switch ((int) offset) {
            case 0 -> 0x74726976;
            case 4 -> 2;
            case 8 -> 3;
            case 0x10 -> featureWord == 0 ? 0b111 : 1;
            case 0x34 -> selected < 10 ? 64 : 0;
            case 0x70 -> status;
            case 0x104 -> 4;
            default -> throw new AssertionError("read of register " + Long.toHexString(offset));
        };
    }

    @Override
    public void write(long offset, int width, long bits) {
        check(width == 4, "register width");
        Queue queue = queues.computeIfAbsent(selected, _ -> new Queue());
        switch ((int) offset) {
            case 0x14, 0x24 -> featureWord = (int) bits;
            case 0x20 -> features |= (bits & 0xffffffffL) << 32 * featureWord;
            case 0x30 -> selected = (int) bits;
            case 0x38 -> queue.size = (int) bits;
            case 0x44 -> queue.ready = bits == 1;
            case 0x50 -> notified((int) bits);
            case 0x70 -> status = (int) bits;
            case 0x80 -> queue.descriptors = bits & 0xffffffffL;
            case 0x90 -> queue.driver = bits & 0xffffffffL;
            case 0xa0 -> queue.used = bits & 0xffffffffL;
            case 0x84, 0x94, 0xa4 -> check(bits == 0, "address above 4 GiB");
            default -> throw new AssertionError("write of register " + Long.toHexString(offset));
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private void notified(int number) {
        check((status & 4) != 0, "notified before DRIVER_OK");
        check(features == (1L << 32 | 2), "features " + features);
        if (number == 3) {
            byte[] message = take(number);
            while (message != null) {
                answer(message);
                message = take(number);
            }
        } else if (number % 2 == 1) {
            int port = number == 1 ? 0 : (number - 3) / 2;
            byte[] bytes = take(number);
            while (bytes != null) {
                output.computeIfAbsent(port, _ -> new ByteArrayOutputStream()).writeBytes(bytes);
                bytes = take(number);
            }
        }
        deliver();
    }

    private void answer(byte[] message) {
        int port = message[0];
        switch (message[4]) {
            case 0 -> names.keySet().forEach(p -> control(p, 1, 1, ""));
            case 3 -> control(port, 7, 1, names.get(port));
            case 6 -> control(port, 6, 1, "");
            default -> throw new AssertionError("control event " + message[4]);
        }
    }

    private void control(int port, int event, int value, String text) {
        byte[] name = text.getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[8 + name.length];
        message[0] = (byte) port;
        message[4] = (byte) event;
        message[6] = (byte) value;
        System.arraycopy(name, 0, message, 8, name.length);
        control.add(message);
    }

    private void deliver() {
        while (!control.isEmpty() && give(2, control.peek())) {
            control.remove();
        }
        input.forEach((port, pending) -> {
            int queue = port == 0 ? 0 : 2 * port + 2;
            while (!pending.isEmpty() && give(queue, pending.peek())) {
                pending.remove();
            }
        });
        names.keySet().forEach(port -> {
            if (closed.getOrDefault(port, false)
                    && input.getOrDefault(port, new ArrayDeque<>()).isEmpty()) {
                closed.put(port, false);
                control(port, 6, 0, "");
                deliver();
            }
        });
    }

    private static long at(long physical) {
        return SimulatedBoot.OFFSET + physical;
    }

    private static Machine machine() {
        return Machine.current();
    }

    /** The descriptor of the next buffer that the driver made available, or -1. */
    private int next(Queue queue) {
        check(queue != null && queue.ready && queue.size == 16, "queue is not set up");
        int index = (int) machine().load(at(queue.driver) + 2, 2);
        if ((short) queue.seen == (short) index) {
            return -1;
        }
        long slot = at(queue.driver) + 4 + 2L * (queue.seen++ & queue.size - 1);
        return (int) machine().load(slot, 2);
    }

    private void giveBack(Queue queue, int descriptor, int bytes) {
        long slot = at(queue.used) + 4 + 8L * (queue.returned++ & queue.size - 1);
        machine().store(slot, 4, descriptor);
        machine().store(slot + 4, 4, bytes);
        machine().store(at(queue.used) + 2, 2, queue.returned);
    }

    private byte[] take(int number) {
        Queue queue = queues.get(number);
        int descriptor = next(queue);
        if (descriptor < 0) {
            return null;
        }
        long entry = at(queue.descriptors) + 16L * descriptor;
        check((machine().load(entry + 12, 2) & DESCRIPTOR_WRITES) == 0, "direction");
        byte[] bytes = new byte[(int) machine().load(entry + 8, 4)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) machine().load(at(machine().load(entry, 8)) + i, 1);
        }
        giveBack(queue, descriptor, 0);
        return bytes;
    }

    private boolean give(int number, byte[] bytes) {
        Queue queue = queues.get(number);
        if (queue == null || !queue.ready) {
            return false;
        }
        int descriptor = next(queue);
        if (descriptor < 0) {
            return false;
        }
        long entry = at(queue.descriptors) + 16L * descriptor;
        check((machine().load(entry + 12, 2) & DESCRIPTOR_WRITES) != 0, "direction");
        check(machine().load(entry + 8, 4) >= bytes.length, "buffer too small");
        for (int i = 0; i < bytes.length; i++) {
            machine().store(at(machine().load(entry, 8)) + i, 1, bytes[i]);
        }
        giveBack(queue, descriptor, bytes.length);
        return true;
    }
}
