package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The entry point of a payload: {@code static void main(int hart, BootInfo boot)}.
 *
 * <p>An annotation processor rejects every other signature in javac. The options land in the
 * payload's {@code .loader_config} section, where the loader reads them. A payload whose entry
 * returns powers the machine off with exit code 0.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Entry {
    /** Bytes of stack for each hart; rounded up to whole pages. */
    int stackBytes() default 64 << 10;

    /** The virtual-memory mode that the payload runs in. */
    Paging paging() default Paging.SV39;

    /** How many harts enter the payload; 0 for all that the machine has. */
    int harts() default 1;
}
