/** The runtime's entry, {@link k23.runtime.K23}: from a booted kernel to programs and their end. */
package k23.runtime;
