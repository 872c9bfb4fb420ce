package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method (or all methods of a type) that nothing keeps from breaking the program: it touches
 * memory or the machine's state as it is told. Only code with {@link RawAccessAllowed} may call it
 * (K23-1043).
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface RawAccess {
    /** What everyone else uses. */
    String instead();
}
