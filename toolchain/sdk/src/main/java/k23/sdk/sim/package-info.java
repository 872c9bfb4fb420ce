/**
 * The simulated machine behind the JVM twins: sparse memory, CSRs, SBI and device models. Never
 * part of a payload; the compiler refuses to compile it.
 */
package k23.sdk.sim;
