package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A static method whose code is a linker symbol, usually one that a {@link Template} defines. The
 * call follows the RISC-V calling convention. A Java body, if there is one, is the JVM twin.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Symbol {

    /** The name of the linker symbol that is called. */
    String value();
}
