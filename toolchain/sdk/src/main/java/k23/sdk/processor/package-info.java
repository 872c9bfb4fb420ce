/**
 * The annotation processor of the dialect: a wrong {@link k23.sdk.Entry} is an error in javac, in
 * the editor, before any k23 tool runs.
 *
 * <p>The sdk's jar names it as a service. JDK 23 and newer run such processors only when asked:
 * {@code javac -proc:full -cp k23-sdk.jar Hello.java}.
 */
package k23.sdk.processor;
