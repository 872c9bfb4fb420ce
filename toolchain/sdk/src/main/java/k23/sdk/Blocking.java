package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that may wait for something that other code on the same hart has to do first: for an
 * interrupt, or for a lock that is also taken with interrupts on. {@link Interrupt} code may not
 * reach it. A lock that is only ever held with interrupts off is no such thing.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE})
public @interface Blocking {}
