package k23.runtime.validate;

import k23.runtime.module.Failure;
import k23.runtime.module.Module;

/**
 * All of a module but the code of its functions, checked. Without a failure, every index and every
 * constant expression outside of code is valid.
 */
public final class Declarations {
    private final Module module;
    private final boolean[] referable;
    private final Failure failure;

    Declarations(Module module, boolean[] referable, Failure failure) {
        this.module = module;
        this.referable = referable;
        this.failure = failure;
    }

    /** The module. */
    public Module module() {
        return module;
    }

    /** What is wrong, or {@link Failure#NONE}. */
    public Failure failure() {
        return failure;
    }

    /** Whether code may take a reference to this function: something outside of code names it. */
    public boolean isReferable(int function) {
        return referable[function];
    }
}
