package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that the compiler replaces by machine instructions. Its Java body runs only on the JVM,
 * over the current {@link k23.sdk.sim.Machine}, and is the specification of those instructions.
 *
 * <p>Only the SDK declares intrinsics; the compiler knows each by owner, name and descriptor and
 * refuses one that it does not know.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Intrinsic {}
