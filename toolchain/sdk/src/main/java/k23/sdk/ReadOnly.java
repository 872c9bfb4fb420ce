package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The array or object that this {@code static final} field holds is never written at run time: it
 * goes to {@code .rodata}, and a write to it is a page fault.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD})
public @interface ReadOnly {}
