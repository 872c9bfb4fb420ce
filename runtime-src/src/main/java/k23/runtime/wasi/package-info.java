/** WASI preview 1 for programs: arguments, environment, clocks, random numbers, files. */
package k23.runtime.wasi;
