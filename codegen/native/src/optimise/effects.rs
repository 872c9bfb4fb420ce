//! What an instruction does besides computing its results.

use cranelift_codegen::ir::Opcode;

/// Whether an instruction does nothing but compute.
pub fn is_pure(opcode: Opcode) -> bool {
    !(opcode.can_load()
        || opcode.can_store()
        || opcode.can_trap()
        || opcode.is_call()
        || opcode.is_branch()
        || opcode.is_terminator()
        || opcode.other_side_effects())
}
