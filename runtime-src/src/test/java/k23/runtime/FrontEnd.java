package k23.runtime;

import k23.runtime.module.Failure;
import k23.runtime.module.Features;
import k23.runtime.parse.ModuleParser;
import k23.runtime.parse.ParseResult;
import k23.runtime.validate.Validator;

/** Parser and validator together. */
public final class FrontEnd {
    private FrontEnd() {}

    /** What is wrong with a binary, or {@link Failure#NONE}. */
    public static Failure check(byte[] bytes, Features features) {
        ParseResult result = ModuleParser.parse(bytes, 0, bytes.length, features);
        return result.failure().isError() ? result.failure()
                : Validator.validate(result.module());
    }
}
