/** The differential suite: the same methods on the JVM and compiled, results and traps compared. */
package k23.tests.differential;
