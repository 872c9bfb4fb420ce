/** ELF64 executables of RISC-V, as the loader reads them: checked headers, nothing believed. */
package k23.loader.elf;
