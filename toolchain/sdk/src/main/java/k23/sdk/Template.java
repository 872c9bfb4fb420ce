package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A build-time method, {@code static void m(Assembler a)}, that emits the code of one symbol. It is
 * the only assembly there is. The compiler runs it on the host for every symbol that reachable code
 * or the entry needs.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Template {

    /** The global symbol that the emitted code defines. */
    String value();
}
