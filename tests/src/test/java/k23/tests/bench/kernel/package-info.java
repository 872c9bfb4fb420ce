/**
 * The kernels of the code benchmark, in the dialect. Each has a twin of the same algorithm in
 * {@code tests/src/test/c/kernels.c}; both must return the same checksum.
 */
package k23.tests.bench.kernel;
