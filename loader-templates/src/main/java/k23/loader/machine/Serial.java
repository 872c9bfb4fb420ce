package k23.loader.machine;

import k23.sdk.word.Mmio;

/**
 * The serial port "ns16550a", at the speed that it has.
 *
 * @param registers the device, address 0 when there is none
 * @param shift     a register's number is shifted by so much
 */
record Serial(Mmio registers, int shift) {
    private static final int DATA = 0;
    private static final int INTERRUPT_ENABLE = 1;
    private static final int FIFO_CONTROL = 2;
    private static final int LINE_CONTROL = 3;
    private static final int LINE_STATUS = 5;
    private static final int EIGHT_BITS = 3;
    private static final int FIFO_ON = 1;
    private static final int RECEIVED = 1;
    private static final int ROOM = 1 << 5;

    /** Whether there is one. */
    boolean isPresent() {
        return registers.value() != 0;
    }

    /** Eight bits, no parity, no interrupts. */
    void prepare() {
        if (isPresent()) {
            registers.write8(INTERRUPT_ENABLE << shift, 0);
            registers.write8(LINE_CONTROL << shift, EIGHT_BITS);
            registers.write8(FIFO_CONTROL << shift, FIFO_ON);
        }
    }

    private boolean has(int status) {
        return (registers.read8(LINE_STATUS << shift) & status) != 0;
    }

    /** Writes one byte, when there is room for it; terminals want more for the end of a line. */
    void write(int character) {
        if (character == '\n') {
            put('\r');
        }
        put(character);
    }

    private void put(int character) {
        if (isPresent()) {
            while (!has(ROOM)) {
                continue;
            }
            registers.write8(DATA, character);
        }
    }

    /** The next byte, or -1 when none has come. */
    int read() {
        return isPresent() && has(RECEIVED) ? registers.read8(DATA) : -1;
    }

    /** Writes ASCII text. */
    void write(String text) {
        for (int i = 0; i < text.length(); i++) {
            write(text.charAt(i));
        }
    }

    /** Writes sixteen hexadecimal digits. */
    void writeHex(long number) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            int digit = (int) (number >>> shift) & 15;
            write(digit < 10 ? '0' + digit : 'a' - 10 + digit);
        }
    }
}
