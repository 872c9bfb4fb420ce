/**
 * QEMU's {@code virt} machine, as {@code k23 run} uses it.
 *
 * <p>The program's standard input and output are a virtio serial port of their own, connected to
 * the command's: bytes, nothing else. The guest's serial console, where firmware, loader, kernel
 * and the program's standard error write, goes to the command's standard error. The exit status is
 * what the guest stores into the {@code sifive_test} device.
 */
package k23.cli.machine;
