package k23.kernel.device;

import k23.kernel.memory.Frames;
import k23.kernel.memory.PhysicalMap;
import k23.sdk.riscv.Hart;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/**
 * A split virtqueue of {@value #SIZE} single buffers, each of which belongs to one descriptor for
 * good (Virtual I/O Device 1.2, section 2.7). What the device writes is checked before it is used.
 */
final class VirtQueue {
    /** Buffers of a queue. */
    static final int SIZE = 16;
    /** The size of a buffer in bytes. */
    static final int BUFFER_BYTES = (int) Frames.BYTES;

    private static final int AVAILABLE = 1024;
    private static final int USED = 2048;
    private static final int DESCRIPTOR_BYTES = 16;
    private static final int USED_BYTES = 8;
    private static final int INDEX = 2;
    private static final int RING = 4;
    private static final short NO_INTERRUPT = 1;
    private static final short DEVICE_WRITES = 2;

    private final VirtioDevice device;
    private final int number;
    private final boolean deviceWrites;
    private final Address ring;
    private final Address buffers;
    private int posted;
    private int taken;

    private VirtQueue(VirtioDevice device, int number, boolean deviceWrites, Address ring,
            Address buffers) {
        this.device = device;
        this.number = number;
        this.deviceWrites = deviceWrites;
        this.ring = ring;
        this.buffers = buffers;
    }

    /**
     * Sets queue {@code number} up.
     *
     * @param deviceWrites whether the device fills the buffers; else it reads them
     * @return null when the device has no such queue, or memory is out
     */
    static VirtQueue create(VirtioDevice device, int number, boolean deviceWrites) {
        if (device.queueSizeMax(number) < SIZE) {
            return null;
        }
        PhysAddress ring = Frames.allocateZeroed(0);
        // Not zeroed: the device is told how much of a buffer to read, and all of that is written.
        PhysAddress memory = Frames.allocate(Frames.orderOf(SIZE * BUFFER_BYTES));
        if (Frames.isNone(ring) || Frames.isNone(memory)) {
            return null;
        }
        VirtQueue queue = new VirtQueue(device, number, deviceWrites, PhysicalMap.at(ring),
                PhysicalMap.at(memory));
        for (int i = 0; i < SIZE; i++) {
            Address descriptor = queue.ring.plus(i * DESCRIPTOR_BYTES);
            descriptor.putLong(0, memory.value() + (long) i * BUFFER_BYTES);
            descriptor.putInt(8, BUFFER_BYTES);
            descriptor.putShort(12, deviceWrites ? DEVICE_WRITES : 0);
        }
        queue.ring.putShort(AVAILABLE, NO_INTERRUPT);
        device.queue(number, SIZE, ring, ring.plus(AVAILABLE), ring.plus(USED));
        return queue;
    }

    /** The memory of buffer {@code index}. */
    Span buffer(int index) {
        return new Span(buffers.plus((long) index * BUFFER_BYTES), BUFFER_BYTES);
    }

    /** Gives all buffers to the device, which fills them. */
    void postAll() {
        for (int i = 0; i < SIZE; i++) {
            post(i, BUFFER_BYTES);
        }
        notifyDevice();
    }

    /** Gives {@code bytes} bytes of a buffer to the device. */
    void post(int index, int bytes) {
        ring.plus(index * DESCRIPTOR_BYTES).putInt(8, bytes);
        ring.putShort(AVAILABLE + RING + 2 * (posted & SIZE - 1), (short) index);
        posted++;
        // The device may look as soon as the index says so: the entry comes first.
        Hart.fence();
        ring.putShort(AVAILABLE + INDEX, (short) posted);
    }

    /** Tells the device to look. */
    void notifyDevice() {
        Hart.fence();
        device.notifyQueue(number);
    }

    /** How many buffers the device has. */
    int inFlight() {
        return posted - taken;
    }

    /** Whether the device gave a buffer back that was not {@linkplain #take taken}. */
    boolean hasUsed() {
        Hart.fence();
        return ring.getShort(USED + INDEX) != (short) taken;
    }

    /**
     * A buffer that came back.
     *
     * @param index the buffer
     * @param bytes how many bytes the device wrote, at most the buffer's size
     */
    record Used(int index, int bytes) {}

    /** Takes the next buffer that came back; only when {@link #hasUsed}. */
    Used take() {
        // What the device wrote before it moved the index is read behind this fence.
        Hart.fence();
        Address entry = ring.plus(USED + RING + (taken & SIZE - 1) * USED_BYTES);
        taken++;
        int index = entry.getInt(0);
        int bytes = entry.getInt(4);
        if (index < 0 || index >= SIZE) {
            throw new IllegalStateException("virtio device returned a buffer that it never had");
        }
        int limit = deviceWrites ? BUFFER_BYTES : 0;
        return new Used(index, Integer.compareUnsigned(bytes, limit) < 0 ? bytes : limit);
    }
}
