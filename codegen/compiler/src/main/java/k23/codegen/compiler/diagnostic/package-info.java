/**
 * What the compiler tells a user whose program is not in the dialect: numbered problems with a
 * place, the reason, and what to do instead. They are collected over the whole program and sorted.
 */
package k23.codegen.compiler.diagnostic;
