/**
 * Traps: from user mode they return to the kernel like a function, from the kernel they end it.
 *
 * <p>{@link k23.kernel.trap.UserMode#run} enters a program and comes back when it traps, whatever
 * the reason: a call of the kernel, a fault, a timer interrupt. So the code that runs a program is
 * an ordinary loop. The kernel itself runs with interrupts off (I6); a trap in it is either a page
 * of a program's memory that is to be backed, or a bug that ends in {@link k23.kernel.Panic}.
 *
 * {@snippet :
 * while (running) {
 *     long cause = UserMode.run(context);
 *     if (cause == Cause.USER_CALL) {
 *         serve(context);
 *         context.pc(context.pc() + 4);
 *     }
 * }
 * }
 */
package k23.kernel.trap;
