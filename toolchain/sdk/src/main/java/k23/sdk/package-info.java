/**
 * The dialect's core: annotations that the compiler reads and the few types every payload uses.
 *
 * <p>The dialect in three sentences: <b>a record is a value, a class is a reference, a static
 * initialiser runs at build time.</b> System code is plain Java that {@code javac} compiles; the
 * k23 compiler translates the class files reachable from an {@link k23.sdk.Entry} to RISC-V.
 *
 * <p>Whatever only a machine can do (raw memory, CSRs, SBI calls, fences) is an
 * {@link k23.sdk.Intrinsic}: the compiler replaces the method by instructions, while its Java body
 * <em>is its specification</em> over a {@linkplain k23.sdk.sim.Machine simulated machine}. So the
 * same code runs in an ordinary JUnit test.
 *
 * {@snippet :
 * public final class Hello {
 *     @Entry
 *     static void main(int hart, BootInfo boot) {
 *         Log.info("hello from hart " + hart);
 *     }
 * }
 * }
 */
package k23.sdk;
