package k23.sdk.sim;

/** A device model that answers accesses to its registers. */
public interface Device {
    /** Reads {@code width} bytes (1, 2, 4 or 8) at {@code offset} from the device's base. */
    long read(long offset, int width);

    /** Writes the low {@code width} bytes of {@code bits} at {@code offset}. */
    void write(long offset, int width, long bits);
}
