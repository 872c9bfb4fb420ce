package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A typed view of a structure in raw memory: a record of one {@link k23.sdk.word.Address}
 * component whose accessor methods carry {@link At}. Fields may not overlap nor leave the size.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE})
public @interface Struct {

    /** The size of the structure in bytes. */
    int size();
}
