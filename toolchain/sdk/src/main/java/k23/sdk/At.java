package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The offset of the field that an accessor of a {@link Struct} reads (no parameter) or writes (one
 * parameter). The width is that of the returned or written type.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface At {

    /** The byte offset of the field from the start of the structure. */
    int value();
}
