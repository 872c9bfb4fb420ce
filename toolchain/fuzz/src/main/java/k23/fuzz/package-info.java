/**
 * Hostile input for what reads files, images and programs. A {@link k23.fuzz.FuzzTarget} is beside
 * the tests of what it calls; two ways run it:
 *
 * <ul>
 * <li>{@link k23.fuzz.Fuzzer}, some thousand inputs in the test's own process, in each test run;
 * <li>{@link k23.fuzz.GuidedFuzzer}, a million in a process of its own, led by the code that they
 * reach, in tests that are tagged {@code nightly}.
 * </ul>
 *
 * <pre>{@code
 * Fuzzer.run(new ElfTarget(), 20_000);
 * GuidedFuzzer.run(ElfTarget.class, 1_000_000);
 * }</pre>
 */
package k23.fuzz;
