/** WASM on the machine: the front end says what it says on the JVM, and the official suite runs. */
package k23.tests.wasm;
