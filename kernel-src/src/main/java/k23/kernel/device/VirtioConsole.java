package k23.kernel.device;

import k23.kernel.Timer;
import k23.sdk.word.Span;

/**
 * A virtio console with several ports (Virtual I/O Device 1.2, section 5.3). Control messages tell
 * which ports there are, what they are called, and whether the other side has them open.
 */
public final class VirtioConsole {
    /** The most ports that are used. */
    static final int MAX_PORTS = 4;

    private static final int MULTIPORT = 1;
    private static final int CONFIG_MAX_PORTS = 4;
    private static final int CONTROL_RECEIVE = 2;
    private static final int CONTROL_TRANSMIT = 3;
    private static final int MESSAGE_BYTES = 8;
    private static final long START_NANOS = 2_000_000_000L;

    private static final int DEVICE_READY = 0;
    private static final int DEVICE_ADD = 1;
    private static final int PORT_READY = 3;
    private static final int CONSOLE_PORT = 4;
    private static final int PORT_OPEN = 6;
    private static final int PORT_NAME = 7;

    private final VirtQueue controlReceive;
    private final VirtQueue controlTransmit;
    private final ConsolePort[] ports = new ConsolePort[MAX_PORTS];
    private int settled;
    private int controlBuffer;

    private VirtioConsole(VirtQueue controlReceive, VirtQueue controlTransmit) {
        this.controlReceive = controlReceive;
        this.controlTransmit = controlTransmit;
    }

    /** Sets the device up and waits until its ports are open; null when it is not usable. */
    static VirtioConsole open(VirtioDevice device) {
        long features = device.negotiate(1L << MULTIPORT);
        if ((features & 1L << MULTIPORT) == 0) {
            return null;
        }
        VirtQueue receive = VirtQueue.create(device, CONTROL_RECEIVE, true);
        VirtQueue transmit = VirtQueue.create(device, CONTROL_TRANSMIT, false);
        if (receive == null || transmit == null) {
            return null;
        }
        VirtioConsole console = new VirtioConsole(receive, transmit);
        int count = Math.min(MAX_PORTS, device.config32(CONFIG_MAX_PORTS));
        for (int i = 0; i < count; i++) {
            console.createPort(device, i);
        }
        device.ready();
        console.start();
        return console;
    }

    /** Port 0 has the queues 0 and 1, the control queues follow, then the other ports'. */
    private static int receiveQueue(int port) {
        return port == 0 ? 0 : 2 * port + 2;
    }

    private void createPort(VirtioDevice device, int index) {
        int queue = receiveQueue(index);
        VirtQueue receive = VirtQueue.create(device, queue, true);
        VirtQueue transmit = VirtQueue.create(device, queue + 1, false);
        if (receive != null && transmit != null) {
            ports[index] = new ConsolePort(this, receive, transmit);
        }
    }

    private void start() {
        for (ConsolePort port : ports) {
            if (port != null) {
                port.postReceiveBuffers();
            }
        }
        controlReceive.postAll();
        send(0, DEVICE_READY, 1);
        long deadline = Timer.monotonicNanos() + START_NANOS;
        int spins = 0;
        while (!isSettled() && Timer.monotonicNanos() < deadline) {
            serveControl();
            spins = ConsolePort.idle(spins);
        }
    }

    /** Whether standard input and output are there and open. */
    private boolean isSettled() {
        ConsolePort input = port(ConsolePort.STDIN);
        ConsolePort output = port(ConsolePort.STDOUT);
        return input != null && output != null && (settled & bit(input)) != 0
                && (settled & bit(output)) != 0;
    }

    private int bit(ConsolePort port) {
        for (int i = 0; i < MAX_PORTS; i++) {
            if (ports[i] == port) {
                return 1 << i;
            }
        }
        return 0;
    }

    /** The port with a role, or null. */
    ConsolePort port(int role) {
        for (ConsolePort port : ports) {
            if (port != null && port.has(role)) {
                return port;
            }
        }
        return null;
    }

    /** Sends a control message. */
    private void send(int port, int event, int value) {
        while (controlTransmit.inFlight() == VirtQueue.SIZE) {
            if (controlTransmit.hasUsed()) {
                controlTransmit.take();
            }
        }
        Span message = controlTransmit.buffer(controlBuffer);
        message.start().putInt(0, port);
        message.start().putShort(4, (short) event);
        message.start().putShort(6, (short) value);
        controlTransmit.post(controlBuffer, MESSAGE_BYTES);
        controlTransmit.notifyDevice();
        controlBuffer = controlBuffer + 1 & VirtQueue.SIZE - 1;
    }

    /** Answers the control messages that have come. */
    void serveControl() {
        while (controlReceive.hasUsed()) {
            VirtQueue.Used used = controlReceive.take();
            Span message = controlReceive.buffer(used.index()).slice(0, used.bytes());
            if (message.length() >= MESSAGE_BYTES) {
                serve(message);
            }
            controlReceive.post(used.index(), VirtQueue.BUFFER_BYTES);
            controlReceive.notifyDevice();
        }
    }

    private void serve(Span message) {
        int id = message.getInt(0);
        int value = message.getUnsignedShort(6);
        if (id < 0 || id >= MAX_PORTS || ports[id] == null) {
            return;
        }
        switch (message.getUnsignedShort(4)) {
            case DEVICE_ADD -> {
                send(id, PORT_READY, 1);
                send(id, PORT_OPEN, 1);
            }
            case CONSOLE_PORT -> ports[id].addRoles(ConsolePort.STDIN | ConsolePort.STDOUT);
            case PORT_NAME -> ports[id].addRoles(role(message.from(MESSAGE_BYTES)));
            case PORT_OPEN -> {
                ports[id].hostOpen(value != 0);
                settled |= 1 << id;
            }
            default -> { }
        }
    }

    private static int role(Span name) {
        if (isText(name, "k23.stdin")) {
            return ConsolePort.STDIN;
        }
        return isText(name, "k23.stdout") ? ConsolePort.STDOUT : 0;
    }

    /** Whether the bytes are {@code text}, with or without a zero behind. */
    private static boolean isText(Span bytes, String text) {
        int length = text.length();
        if (bytes.length() < length
                || bytes.length() > length && bytes.getUnsignedByte(length) != 0) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes.getUnsignedByte(i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
