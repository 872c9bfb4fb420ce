/** Runs templates on the host: the only assembly in a program. */
package k23.codegen.compiler.template;
