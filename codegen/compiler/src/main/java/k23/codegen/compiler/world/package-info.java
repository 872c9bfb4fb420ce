/**
 * The closed world: every class file that can be reached from the entry points, the methods and
 * fields that are really used, the classes that really have objects, and their type ids.
 */
package k23.codegen.compiler.world;
