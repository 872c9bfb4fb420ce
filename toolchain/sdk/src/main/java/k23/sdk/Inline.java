package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Asks the compiler to translate this method in place at every call, whatever its size. */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Inline {}
