/**
 * The image heap: static initialisers run on the host in a class loader of their own; what static
 * fields hold afterwards, and every object that can be reached from there, becomes data of the
 * program.
 */
package k23.codegen.compiler.heap;
