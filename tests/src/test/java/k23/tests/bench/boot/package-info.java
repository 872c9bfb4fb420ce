/** How long a boot takes: the bare program that can be no faster, and the clock for it and ours. */
package k23.tests.bench.boot;
