package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import k23.sdk.riscv.IsaExtension;

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

    /**
     * The virtual-memory modes that the payload can run in, in order of preference: larger ones
     * first, each once. The loader takes the first that the machine has, and refuses to boot when
     * it has none of them; {@link k23.sdk.boot.BootInfo#pagingBits()} tells which it is. One mode
     * alone is that mode or a refusal.
     */
    Paging[] paging() default Paging.SV39;

    /**
     * The extensions of the instruction set that the payload cannot do without, besides those of
     * RV64GC. The loader refuses to boot, and names the extension, where a hart lacks one.
     */
    IsaExtension[] needs() default {};

    /**
     * Bytes of the region that each hart starts with, in which {@code new} makes objects until the
     * payload enters one of its own ({@link k23.sdk.memory.Region}). Only a program that makes
     * objects has it; 0 for none. With {@link #harts} 0 there is none: nobody knows how many.
     */
    int regionBytes() default 1 << 20;

    /** How many harts enter the payload; 0 for all that the machine has. */
    int harts() default 1;
}
