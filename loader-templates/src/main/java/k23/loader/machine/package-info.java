/**
 * What the loader is besides, on a machine without firmware: its SBI implementation, in M-mode.
 *
 * <p>{@link k23.loader.machine.MachineTemplates} is what a hart runs when the loader's first
 * instructions find it in M-mode. A copy of the loader goes to memory that physical memory
 * protection keeps from S-mode, and stays there as the {@link k23.loader.machine.Monitor}: it
 * starts the loader in S-mode as any firmware would, and answers the calls
 * ({@link k23.loader.machine.Services}) of the loader and of the payload.
 */
package k23.loader.machine;
