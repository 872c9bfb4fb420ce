/**
 * How long a boot takes: the bare program that can be no faster, the clock for it and ours, and a
 * tool that tells which of the loader's functions cost what.
 */
package k23.tests.bench.boot;
