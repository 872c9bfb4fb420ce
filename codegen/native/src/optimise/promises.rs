//! What the caller knows of values that Cranelift has no way to express.

use cranelift_codegen::entity::EntitySet;
use cranelift_codegen::ir::Value;

/// Sets of values, by what holds for them.
#[derive(Default)]
pub struct Promises {
    /// Never negative, and the same whenever they are loaded.
    pub lengths: EntitySet<Value>,
    /// Numbers of 32 bits with their signs extended.
    pub ints: EntitySet<Value>,
}
