package k23.kernel.device;

import k23.sdk.word.Mmio;
import k23.sdk.word.PhysAddress;

/**
 * The registers of a virtio device, version 2 (Virtual I/O Device 1.2, section 4.2.2 "MMIO Device
 * Register Layout").
 *
 * @param registers the device's registers
 */
public record VirtioDevice(Mmio registers) {
    /** Device type: console. */
    public static final int CONSOLE = 3;
    /** Feature bit of every modern device. */
    public static final int VERSION_1 = 32;

    private static final int MAGIC = 0x000;
    private static final int VERSION = 0x004;
    private static final int DEVICE_ID = 0x008;
    private static final int DEVICE_FEATURES = 0x010;
    private static final int DEVICE_FEATURES_SELECT = 0x014;
    private static final int DRIVER_FEATURES = 0x020;
    private static final int DRIVER_FEATURES_SELECT = 0x024;
    private static final int QUEUE_SELECT = 0x030;
    private static final int QUEUE_SIZE_MAX = 0x034;
    private static final int QUEUE_SIZE = 0x038;
    private static final int QUEUE_READY = 0x044;
    private static final int QUEUE_NOTIFY = 0x050;
    private static final int STATUS = 0x070;
    private static final int QUEUE_DESCRIPTORS = 0x080;
    private static final int QUEUE_DRIVER = 0x090;
    private static final int QUEUE_DEVICE = 0x0a0;
    private static final int CONFIG = 0x100;

    private static final int MAGIC_VALUE = 0x74726976;
    private static final int MODERN = 2;
    private static final int ACKNOWLEDGE = 1;
    private static final int DRIVER = 2;
    private static final int DRIVER_OK = 4;
    private static final int FEATURES_OK = 8;
    private static final int FAILED = 128;

    /** Whether there is a device behind the registers that this driver understands. */
    public boolean isPresent() {
        return registers.read32(MAGIC) == MAGIC_VALUE && registers.read32(VERSION) == MODERN
                && type() != 0;
    }

    /** The device type, 0 when the slot is empty. */
    public int type() {
        return registers.read32(DEVICE_ID);
    }

    /**
     * Resets the device and agrees on features: those of {@code wanted} that it offers.
     *
     * @param wanted bit i for feature i; {@link #VERSION_1} is added
     * @return what was agreed on; 0 when the device refused
     */
    public long negotiate(long wanted) {
        registers.write32(STATUS, 0);
        registers.write32(STATUS, ACKNOWLEDGE);
        registers.write32(STATUS, ACKNOWLEDGE | DRIVER);
        long agreed = deviceFeatures() & (wanted | 1L << VERSION_1);
        registers.write32(DRIVER_FEATURES_SELECT, 0);
        registers.write32(DRIVER_FEATURES, (int) agreed);
        registers.write32(DRIVER_FEATURES_SELECT, 1);
        registers.write32(DRIVER_FEATURES, (int) (agreed >>> 32));
        registers.write32(STATUS, ACKNOWLEDGE | DRIVER | FEATURES_OK);
        boolean accepted = (registers.read32(STATUS) & FEATURES_OK) != 0;
        if (!accepted || agreed >>> VERSION_1 == 0) {
            registers.write32(STATUS, FAILED);
            return 0;
        }
        return agreed;
    }

    private long deviceFeatures() {
        registers.write32(DEVICE_FEATURES_SELECT, 0);
        long low = registers.read32(DEVICE_FEATURES) & 0xffffffffL;
        registers.write32(DEVICE_FEATURES_SELECT, 1);
        return low | (long) registers.read32(DEVICE_FEATURES) << 32;
    }

    /** Ends the set-up: queues are made, the device may use them. */
    public void ready() {
        registers.write32(STATUS, ACKNOWLEDGE | DRIVER | FEATURES_OK | DRIVER_OK);
    }

    /** The largest size of queue {@code index}; 0 when the device has no such queue. */
    public int queueSizeMax(int index) {
        registers.write32(QUEUE_SELECT, index);
        return registers.read32(QUEUE_SIZE_MAX);
    }

    /** Tells the device where the three parts of queue {@code index} lie. */
    public void queue(int index, int size, PhysAddress descriptors, PhysAddress driver,
            PhysAddress device) {
        registers.write32(QUEUE_SELECT, index);
        registers.write32(QUEUE_SIZE, size);
        address(QUEUE_DESCRIPTORS, descriptors);
        address(QUEUE_DRIVER, driver);
        address(QUEUE_DEVICE, device);
        registers.write32(QUEUE_READY, 1);
    }

    private void address(int register, PhysAddress value) {
        registers.write32(register, (int) value.value());
        registers.write32(register + 4, (int) (value.value() >>> 32));
    }

    /** Tells the device that queue {@code index} has new buffers. */
    public void notifyQueue(int index) {
        registers.write32(QUEUE_NOTIFY, index);
    }

    /** Reads a 32-bit field of the device's own configuration. */
    public int config32(int offset) {
        return registers.read32(CONFIG + offset);
    }
}
