/** The WASM front end on the machine: the same classes, compiled, say the same as on the JVM. */
package k23.tests.wasm;
