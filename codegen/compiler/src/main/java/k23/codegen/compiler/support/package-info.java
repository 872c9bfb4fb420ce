/**
 * Methods of the JDK that cannot be compiled from its own class files, written in the dialect: what
 * {@code String.indexOf} does is {@code JavaString.indexOf} here; an instance method takes its
 * receiver as first argument.
 */
package k23.codegen.compiler.support;
