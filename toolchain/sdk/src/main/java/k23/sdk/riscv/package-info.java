/** The RISC-V hart and its firmware: CSRs, fences, the thread pointer and SBI calls. */
package k23.sdk.riscv;
