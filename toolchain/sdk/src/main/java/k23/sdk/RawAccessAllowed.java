package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets the code of a package, a type (nested types included) or a method call {@link RawAccess}
 * methods. The compiler's report lists every permission with its reason and how often it is used.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PACKAGE, ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface RawAccessAllowed {
    /** Why this code needs it. An empty reason is an error (K23-1044). */
    String reason();
}
