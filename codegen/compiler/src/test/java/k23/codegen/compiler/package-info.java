/** Tests of the dialect compiler: programs run under qemu-riscv64, programs that are refused. */
package k23.codegen.compiler;
