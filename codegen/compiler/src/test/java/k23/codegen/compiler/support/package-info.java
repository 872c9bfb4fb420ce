/** What compiled code is given in place of methods of the JDK, against the JDK. */
package k23.codegen.compiler.support;
