/**
 * The linker: compiled and assembled pieces in, one ELF64 RISC-V file out.
 *
 * <p>A {@link k23.codegen.link.Definition} is one piece: a function or an object with its bytes,
 * its {@linkplain k23.codegen.link.Relocation relocations}, the places that may trap and where
 * its code comes from. {@link k23.codegen.link.Linker#link} keeps what is reachable from the
 * roots, places it, resolves every reference and writes the file together with the
 * {@code .k23.*} tables that let a running kernel name any program counter.
 *
 * <p>The result is deterministic: definitions keep the order in which they were given, and
 * nothing in the file depends on a clock, a path or a hash table's order.
 *
 * <p>{@link k23.codegen.link.ElfFile} reads such files (and those of others) back.
 *
 * <p>Example:
 * <pre>{@code
 * var start = Definition.function("_start", code).relocation(
 *         Relocation.callPlt(8, "main")).build();
 * LinkedImage image = Linker.link(LinkRequest.builder("_start", Layout.pie())
 *         .add(start).add(main).build());
 * Files.write(path, image.elf());
 * }</pre>
 */
package k23.codegen.link;
