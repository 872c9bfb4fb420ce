/**
 * Code of the JDK as the compiler's input: what nobody here wrote, compiled from its own class
 * files, against the same code on the JVM.
 */
package k23.tests.jdk;
