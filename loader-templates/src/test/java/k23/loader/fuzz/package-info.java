/**
 * Hostile input: {@link k23.loader.fuzz.Fuzzer} runs a target on changed copies of valid inputs.
 * The tests are beside what they test; each runs some thousand inputs with the other tests and a
 * million with those that are tagged {@code nightly}.
 */
package k23.loader.fuzz;
