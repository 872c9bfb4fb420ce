/**
 * Methods that must give the same result on the JVM and compiled, traps included. Each class has
 * one method {@code run(which, a, b)}: a switch whose arms are the cases. They are dialect code.
 */
package k23.tests.differential.cases;
