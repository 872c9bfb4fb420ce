/**
 * The RISC-V assembler behind templates, and the small functions behind intrinsics.
 *
 * <p>{@link k23.codegen.asm.TemplateAssembler} implements {@link k23.sdk.asm.Assembler} and ends in
 * a {@link k23.codegen.link.Definition}. {@link k23.codegen.asm.IntrinsicStubs} uses it for what
 * Cranelift cannot emit: CSR accesses, fences, SBI calls, the thread pointer, device accesses.
 *
 * <pre>{@code
 * var assembler = new TemplateAssembler("memory_zero");
 * MemoryTemplates.zero(assembler);
 * Definition definition = assembler.finish();
 * }</pre>
 */
package k23.codegen.asm;
