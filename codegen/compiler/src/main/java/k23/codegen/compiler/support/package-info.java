/**
 * Run-time support in the dialect: what stands in for methods of the JDK. The method
 * {@code java.lang.Math.floorMod} is {@code JavaMath.floorMod} here; an instance method takes its
 * receiver as first parameter.
 */
package k23.codegen.compiler.support;
