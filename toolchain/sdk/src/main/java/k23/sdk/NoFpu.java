package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Promises that nothing reachable from this method (or from any method of this type or package)
 * touches a floating-point register: no arithmetic on, and no copy of, a {@code float} or
 * {@code double}. The compiler checks it over the whole call graph (K23-1041). A template is what
 * its author writes: it may save and restore the registers of others.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE, ElementType.PACKAGE})
public @interface NoFpu {}
