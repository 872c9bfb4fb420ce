package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A static field of which every hart has its own: it lives in the hart's block, behind
 * {@link k23.sdk.boot.PerHart}, and starts on each hart with what its initialiser gave it when the
 * program was built. An object that it refers to at the start is one for all harts.
 *
 * <p>An access finds the block through the thread pointer each time. Code that may be moved to
 * another hart in between may read one hart's copy and write another's.
 *
 * <p>On the JVM it is an ordinary static field; {@link k23.sdk.sim.SimulatedHarts} exchanges its
 * values when it goes from one simulated hart to another.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface HartLocal {}
