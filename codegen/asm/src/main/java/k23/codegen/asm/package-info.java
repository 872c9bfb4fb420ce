/**
 * The encoder behind {@link k23.sdk.asm.Assembler}, and the stubs of the machine's intrinsics.
 *
 * <p>{@link k23.codegen.asm.TemplateAssembler} turns one template into one
 * {@link k23.codegen.link.Definition}; {@link k23.codegen.asm.IntrinsicStubs} has the few functions
 * that need instructions which Cranelift cannot emit.
 */
package k23.codegen.asm;
