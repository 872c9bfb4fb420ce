/**
 * The kernel's top: start, time, power, randomness, panic.
 *
 * <p>{@link k23.kernel.Kernel#start} brings everything up in the order in which it reads. Kernel
 * and WASM runtime are one image: the runtime's entry calls it, and then uses the services here,
 * in {@link k23.kernel.memory}, {@link k23.kernel.trap} and {@link k23.kernel.device}.
 *
 * <p>One hart runs the kernel, with interrupts off; a program is interrupted by the timer and is
 * back in the kernel then (I6).
 */
package k23.kernel;
