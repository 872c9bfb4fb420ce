/**
 * Compiles one function at a time to RISC-V machine code with Cranelift.
 *
 * <p>A {@link k23.codegen.cranelift.FunctionBuilder} writes the <em>description</em> of one
 * function: a flat array of 32-bit words, instructions in CLIF's own terms, in the order of their
 * definition. A {@link k23.codegen.cranelift.Worker} hands it to the native library in one call
 * and returns a {@link k23.codegen.cranelift.CompiledFunction}: code, relocations that name
 * symbols by string, trap sites, and source ranges.
 *
 * <pre>{@code
 * var f = new FunctionBuilder("gcd", Signature.of(List.of(Type.I64, Type.I64), List.of(Type.I64)));
 * Block head = f.createBlock(), step = f.createBlock(), done = f.createBlock();
 * List<Value> arguments = f.entry();
 * Variable a = f.declare(Type.I64), b = f.declare(Type.I64);
 * f.define(a, arguments.get(0));
 * f.define(b, arguments.get(1));
 * f.jump(head);
 * f.switchTo(head);
 * f.brif(f.use(b), step, done);
 * f.switchTo(step);
 * Value rest = f.urem(f.use(a), f.use(b));
 * f.define(a, f.use(b));
 * f.define(b, rest);
 * f.jump(head);
 * f.switchTo(done);
 * f.returnValues(f.use(a));
 * CompiledFunction gcd = worker.compile(f.finish());
 * }</pre>
 *
 * <p>Variables are the front end's mutable names; SSA form is built on the native side. Blocks
 * need not be sealed one by one: {@code finish} seals what is open, {@code seal} early only saves
 * work.
 *
 * <p>What Cranelift decides for us, and callers must know: two integer and two float results
 * travel in registers, more are refused; a call does not preserve {@code fs1}, unlike in the
 * psABI, so assembly that calls compiled code must not keep anything there; the frame record is
 * {@code s0 = sp} with the caller's {@code s0} at {@code [s0]} and {@code ra} at {@code [s0+8]};
 * plain loads and stores may be merged or dropped, so device accesses are fenced off with {@code
 * fence} or a call; every symbol is treated as part of this link.
 */
package k23.codegen.cranelift;
