package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes a method, and what only it calls, out of a regime's check. The compiler's report lists
 * every exemption with its reason, and says of each whether a check really ended there.
 *
 * {@snippet :
 * @Exempt(regime = Regime.NO_ALLOCATION, reason = "runs once, before the first interrupt")
 * static void prepare() { ... }
 * }
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
@Repeatable(Exemptions.class)
public @interface Exempt {
    /** The regime; {@link Regime#INTERRUPT} stands for all that it includes. */
    Regime regime();

    /** Why this is safe. An empty one is an error (K23-1044). */
    String reason();
}
