package k23.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import k23.sdk.riscv.IsaExtension;

/**
 * Compiles a method, and what is inlined in it, for harts that have these extensions of the
 * instruction set besides what the program as a whole is compiled for: one version of a function
 * that has several. It is called where the hart is known to have them, and nowhere else: behind a
 * test by {@link k23.sdk.riscv.IsaExtensions#has}, or from a method with the same annotation
 * (K23-1048). The set that is tested must be that of the hart on which the code runs.
 *
 * {@snippet :
 * if (extensions.has(IsaExtension.ZBB)) {
 *     compressWithRotations(block);
 * } else {
 *     compress(block);
 * }
 * }
 *
 * <p>On the JVM the annotation means nothing: all versions run, and give the same.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface TargetFeature {
    /** The extensions: of Zba, Zbb, Zbs, Zbc, Zbkb and Zicond (K23-1049). */
    IsaExtension[] value();
}
