/**
 * Java types as the machine sees them: scalars, references, and records, which are nothing but
 * the sequence of their components.
 */
package k23.codegen.compiler.type;
