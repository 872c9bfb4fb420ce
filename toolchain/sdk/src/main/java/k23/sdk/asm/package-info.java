/**
 * What assembly templates are written against: the few pieces of code that no compiler can make,
 * such as the boot stub, the trap vector and the context switch.
 *
 * <p>A template is a {@link k23.sdk.Template} method that runs at build time and emits the code of
 * one symbol. Methods are named after the instructions of the RISC-V Unprivileged and Privileged
 * Specifications, operands stand in the order of the assembly manual, an offset stands
 * before its base register. Instructions are never compressed.
 *
 * {@snippet :
 * @Template("memory_zero")
 * static void zero(Assembler a) {
 *     Label loop = a.label("loop");
 *     Label done = a.label("done");
 *     a.bind(loop);
 *     a.bgeu(A0, A1, done);
 *     a.sd(ZERO, 0, A0);
 *     a.addi(A0, A0, 8);
 *     a.j(loop);
 *     a.bind(done);
 *     a.ret();
 * }
 * }
 */
package k23.sdk.asm;
