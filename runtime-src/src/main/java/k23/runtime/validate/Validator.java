package k23.runtime.validate;

import k23.runtime.module.ErrorKind;
import k23.runtime.module.Failure;
import k23.runtime.module.Module;
import k23.runtime.parse.BodyScanner;

/** Says whether a module is valid (Core 2.0, section 3.4). */
public final class Validator {
    private Validator() {}

    /** Checks everything but the code of functions. */
    public static Declarations declarations(Module module) {
        return new DeclarationValidator(module).check();
    }

    /**
     * Checks all of a module that was read without failure, and returns what is wrong, or
     * {@link Failure#NONE}. Code is decoded here first, so it can also be malformed; that comes
     * before anything invalid, wherever it is.
     */
    public static Failure validate(Module module) {
        Declarations declarations = declarations(module);
        Failure failure = declarations.failure();
        if (!failure.isError()) {
            failure = bodies(declarations);
        }
        if (failure.kind() == ErrorKind.INVALID) {
            Failure malformed = BodyScanner.scan(module);
            return malformed.kind() == ErrorKind.MALFORMED ? malformed : failure;
        }
        return failure;
    }

    private static Failure bodies(Declarations declarations) {
        Module module = declarations.module();
        var walk = new FunctionWalk(declarations);
        boolean more = true;
        for (int i = module.importedFunctionCount(); more && i < module.functionCount(); i++) {
            walk.begin(i);
            while (walk.next()) {
                // Nothing but validation.
            }
            more = !walk.failure().isError();
        }
        return walk.failure();
    }
}
