/**
 * Methods that the compiler replaces by machine instructions: the SDK's intrinsics and the JDK's
 * arithmetic helpers, by owner, name and descriptor.
 */
package k23.codegen.compiler.intrinsic;
