/**
 * The RISC-V assembler that templates write to. A template is a method with
 * {@link k23.sdk.Template}; the compiler runs it on the host, and the instructions that it asks for
 * become the code of one symbol.
 *
 * {@snippet :
 * @Template("k23_halt")
 * static void halt(Assembler a) {
 *     Label again = a.label();
 *     a.bind(again);
 *     a.wfi();
 *     a.j(again);
 * }
 * }
 */
package k23.sdk.asm;
