package k23.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import k23.sdk.Paging;
import org.junit.platform.commons.annotation.Testable;

/**
 * A test that runs in a virtual machine of its own: a static method of the dialect without result,
 * with no parameters or with {@code (int hart, BootInfo boot)}. It passes when it returns.
 *
 * <p>Checks are those of {@link k23.junit.guest.Check}; every panic that is not expected is a
 * failure.
 */
@Testable
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface KernelTest {
    /** Whether the kernel is started before the test; otherwise there is only the loader. */
    boolean kernel() default true;

    /** Seconds of the host's clock after which the machine is stopped and the test has failed. */
    int timeoutSeconds() default 20;

    /** When not empty: the test has to panic, with this text in the panic's line. */
    String panic() default "";

    /** Texts that have to be on the console. */
    String[] console() default {};

    /** The machine's exit status, 0 to 255; a test that returns gives 0. */
    int status() default 0;

    /** How many harts the machine has, 1 to 64. */
    int harts() default 1;

    /**
     * Whether every hart runs the method, and not only the one that boots. The test ends when the
     * boot hart returns from it. Not with the kernel, which runs on one hart.
     */
    boolean everyHart() default false;

    /** The machine's memory in MiB, from 32. */
    int memoryMib() default 128;

    /** The virtual-memory modes, as in {@link k23.sdk.Entry#paging()}. */
    Paging[] paging() default Paging.SV39;
}
