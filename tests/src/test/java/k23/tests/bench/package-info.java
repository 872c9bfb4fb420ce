/** The benchmarks behind {@code make bench}: figures, ratios taken in one run, no assertions. */
package k23.tests.bench;
