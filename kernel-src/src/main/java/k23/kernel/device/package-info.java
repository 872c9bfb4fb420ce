/**
 * Devices: found in the device tree, driven by polling.
 *
 * <p>{@link k23.kernel.device.VirtioDevice} and {@link k23.kernel.device.VirtQueue} are virtio's
 * transport over memory-mapped registers (Virtual I/O Device 1.2, section 4.2), {@link
 * k23.kernel.device.VirtioConsole} the console with several ports (section 5.3) that carries the
 * program's standard input and output, byte for byte. Ports are known by name: {@code k23.stdin}
 * and {@code k23.stdout}.
 *
 * {@snippet :
 * ConsolePort output = Devices.output();
 * boolean taken = output != null && output.write(bytes);
 * }
 */
package k23.kernel.device;
