//! Rotations, where the processor has an instruction for them: the front end writes two shifts
//! and a sum, the shortest there is without.

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::{types, Function, Inst, InstBuilder, InstructionData, Opcode, Value};

use super::graph::Graph;
use super::ranges;

/// Makes one instruction of the sum of two shifts by constants that add up to the width.
pub fn run(function: &mut Function, graph: &Graph) {
    for &block in &graph.order {
        let mut next = function.layout.first_inst(block);
        while let Some(inst) = next {
            next = function.layout.next_inst(inst);
            if let Some((value, amount)) = rotation(function, inst) {
                let ty = function.dfg.value_type(value);
                let amount = ranges::make(function, inst, types::I32, amount);
                if ty == function.dfg.value_type(function.dfg.first_result(inst)) {
                    function.dfg.replace(inst).rotl(value, amount);
                } else {
                    let location = function.srcloc(inst);
                    let mut at = FuncCursor::new(function).at_inst(inst).with_srcloc(location);
                    let narrow = at.ins().rotl(value, amount);
                    function.dfg.replace(inst).sextend(types::I64, narrow);
                }
            }
        }
    }
}

/// What is rotated, and how far to the left.
fn rotation(function: &Function, inst: Inst) -> Option<(Value, i64)> {
    let InstructionData::Binary { opcode: Opcode::Iadd, args: [x, y] } = function.dfg.insts[inst]
    else {
        return None;
    };
    let (x, y) = (shift(function, x)?, shift(function, y)?);
    let (left, right) = match (x.0, y.0) {
        (Opcode::Ishl, Opcode::Ushr) => (x, y),
        (Opcode::Ushr, Opcode::Ishl) => (y, x),
        _ => return None,
    };
    let width = i64::from(function.dfg.value_type(left.1).bits());
    let is_whole = left.1 == right.1 && width >= 32 && left.2 > 0 && left.2 + right.2 == width;
    is_whole.then_some((left.1, left.2))
}

/// A shift by a constant, perhaps extended.
fn shift(function: &Function, value: Value) -> Option<(Opcode, Value, i64)> {
    let dfg = &function.dfg;
    let inst = dfg.value_def(dfg.resolve_aliases(value)).inst()?;
    match dfg.insts[inst] {
        InstructionData::Unary { opcode: Opcode::Sextend, arg }
            if dfg.value_type(arg) == types::I32 =>
        {
            shift(function, arg)
        }
        InstructionData::Binary { opcode, args: [x, y] } => {
            Some((opcode, dfg.resolve_aliases(x), ranges::constant(function, y)?))
        }
        _ => None,
    }
}
