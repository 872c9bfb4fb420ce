/** Whole boots: what the loader starts, on which machines, and what it refuses with which words. */
package k23.tests.boot;
