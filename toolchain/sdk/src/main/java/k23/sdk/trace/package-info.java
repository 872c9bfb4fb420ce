/**
 * Names for program counters: reads the {@code .k23.*} tables that the linker writes
 * (docs/FORMATS.md) and prints backtraces.
 *
 * <p>{@link k23.sdk.trace.CodeTables} holds the tables of one ELF file: those of the running image
 * by {@link k23.sdk.trace.CodeTables#linked()}, those of a user program by
 * {@link k23.sdk.trace.CodeTables#ofElf}. Nothing here allocates, and a damaged table of a program
 * only loses names: every read is checked.
 *
 * {@snippet :
 * CodeTables code = CodeTables.linked();
 * TrapSite site = code.trapAt(pc);
 * Backtrace.print(code, pc, ra, framePointer, stack);
 * }
 */
package k23.sdk.trace;
