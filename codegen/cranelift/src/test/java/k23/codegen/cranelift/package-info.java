/**
 * Tests of the native library through its bindings; machine code runs under {@code qemu-riscv64}.
 */
package k23.codegen.cranelift;
