/**
 * Random dialect programs, from a seed: {@link k23.tests.differential.random.ProgramGenerator}
 * writes them, {@link k23.tests.differential.random.ProgramBatch} runs many of them at once on the
 * JVM and on the machine. A difference is shrunk to few statements before it is reported.
 */
package k23.tests.differential.random;
