/**
 * Says whether a module is valid (Core 2.0, section 3), and hands its code to compilers in the
 * same pass.
 *
 * <p>{@link k23.runtime.validate.Validator#declarations} checks everything but code; holding a
 * {@link k23.runtime.validate.Declarations} without failure proves it. With that, a
 * {@link k23.runtime.validate.FunctionWalk} goes through functions instruction by instruction:
 * decoded, typed, with its operand and block stacks. The ahead-of-time translator and the baseline
 * compiler both live on it; {@link k23.runtime.validate.Validator#validate} just runs it through.
 */
package k23.runtime.validate;
