package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Code of trap and interrupt handlers: it may run between any two instructions of the code that it
 * interrupts, on the same hart. So nothing reachable from it allocates ({@link NoAllocation}),
 * touches a floating-point register ({@link NoFpu}), or waits for what only the interrupted code
 * could do: it may not reach a {@link Blocking} method (K23-1042). The compiler checks all three
 * over the whole call graph.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE, ElementType.PACKAGE})
public @interface Interrupt {}
