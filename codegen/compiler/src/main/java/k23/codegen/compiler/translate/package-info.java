/**
 * One method to one Cranelift function. An {@link k23.codegen.compiler.translate.Activation}
 * interprets the bytecode abstractly: the operand stack and the local variables hold
 * {@link k23.codegen.compiler.translate.Operand}s, a record is the tuple of its components, and
 * instructions go straight into the function's description. There is no representation between
 * bytecode and Cranelift.
 */
package k23.codegen.compiler.translate;
