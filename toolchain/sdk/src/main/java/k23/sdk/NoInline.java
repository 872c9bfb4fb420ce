package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Asks the compiler to call this method wherever it can, instead of translating it in place. */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface NoInline {}
