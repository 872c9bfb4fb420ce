/**
 * A JUnit Platform engine, "k23": every {@link k23.junit.KernelTest} is a payload that runs in a
 * virtual machine of its own.
 *
 * <p>{@link k23.junit.KernelTestEngine} finds the tests. {@code TestImages} compiles those of one
 * class that need the same kind of machine into one signed image, whose boot argument tells which
 * of them runs; {@code VirtualMachine} boots it; {@code Verdict} compares what came with what the
 * annotation expects.
 *
 * {@snippet :
 * class ArithmeticTest {
 *     @KernelTest
 *     static void shiftsAreMasked() {
 *         Check.equal(2, 1 << 33);
 *     }
 *
 *     @KernelTest(kernel = false, panic = "division by zero")
 *     static void divisionPanics() {
 *         Check.equal(0, 1 / zero);
 *     }
 * }
 * }
 */
package k23.junit;
