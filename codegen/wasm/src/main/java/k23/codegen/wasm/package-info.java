/**
 * The ahead-of-time compiler of WebAssembly: a validated module becomes machine code through
 * Cranelift, and with its data a program: an ELF file that the runtime runs in user mode.
 *
 * <pre>{@code
 * ProgramElf program = WasmCompiler.compile(bytes, "app.wasm", WasmOptions.standard());
 * Files.write(path, program.bytes());
 * }</pre>
 *
 * <p>Each function takes the address of its instance's structure, then its parameters. Linear
 * memories are reservations with nothing mapped behind their length, so loads and stores need no
 * checks; other traps are illegal instructions that the table {@code .k23.traps} names. The
 * instantiation of a module is code as well: who starts a program only maps what its section
 * {@code .k23.wasm} asks for, and jumps to the entry.
 */
package k23.codegen.wasm;
