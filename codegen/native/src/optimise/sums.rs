//! Sums that are needed twice, of which one need is a further sum. Cranelift's optimiser would
//! regroup the larger sum and compute the smaller one anew in it, and again in the next: a hash
//! function's rounds are such chains. Before it runs they go through a pair, into which it does
//! not look; afterwards the pair is taken out. The sum is then computed where the program says.

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::entity::SecondaryMap;
use cranelift_codegen::ir::{
    types, Function, Inst, InstBuilder, InstructionData, Opcode, Value, ValueDef,
};

use super::ranges;

/// What is done with a value.
#[derive(Clone, Copy, Default)]
struct Uses {
    all: u32,
    sums: u32,
}

/// Hides such sums from Cranelift's optimiser.
pub fn hide(function: &mut Function) {
    function.dfg.resolve_all_aliases();
    let uses = count(function);
    let blocks: Vec<_> = function.layout.blocks().collect();
    for block in blocks {
        let mut next = function.layout.first_inst(block);
        while let Some(inst) = next {
            next = function.layout.next_inst(inst);
            if let Some(sum) = sum(function, inst) {
                if uses[sum].all > 1 && uses[sum].sums > 0 && has_sum(function, inst) {
                    hide_one(function, inst, sum);
                }
            }
        }
    }
    function.dfg.resolve_all_aliases();
}

fn count(function: &Function) -> SecondaryMap<Value, Uses> {
    let mut uses = SecondaryMap::<Value, Uses>::new();
    for block in function.layout.blocks() {
        for inst in function.layout.block_insts(block) {
            let is_sum = sum(function, inst).is_some();
            for value in function.dfg.inst_values(inst) {
                uses[value].all += 1;
                uses[value].sums += u32::from(is_sum);
            }
        }
    }
    uses
}

/// The 64-bit sum or difference of two variables that `inst` computes.
fn sum(function: &Function, inst: Inst) -> Option<Value> {
    let InstructionData::Binary { opcode: Opcode::Iadd | Opcode::Isub, args } =
        function.dfg.insts[inst]
    else {
        return None;
    };
    let value = function.dfg.first_result(inst);
    let is_variable = |value: &Value| ranges::constant(function, *value).is_none();
    let is_wide = function.dfg.value_type(value) == types::I64;
    (is_wide && args.iter().all(is_variable)).then_some(value)
}

/// Whether a part of the sum is a sum itself.
fn has_sum(function: &Function, inst: Inst) -> bool {
    function.dfg.inst_args(inst).iter().any(|arg| match function.dfg.value_def(*arg) {
        ValueDef::Result(part, _) => sum(function, part).is_some(),
        _ => false,
    })
}

/// Has everything behind `inst` use a half of a pair instead of `sum`.
fn hide_one(function: &mut Function, inst: Inst, sum: Value) {
    let location = function.srcloc(inst);
    let data = function.dfg.insts[inst];
    let plain = function.dfg.make_inst(data);
    function.dfg.make_inst_results(plain, types::I64);
    let plain_sum = function.dfg.first_result(plain);
    function.layout.insert_inst(plain, inst);
    function.set_srcloc(plain, location);
    function.dfg.clear_results(inst);
    let mut at = FuncCursor::new(function).at_inst(inst).with_srcloc(location);
    let pair = at.ins().iconcat(plain_sum, plain_sum);
    let (half, _) = at.ins().isplit(pair);
    function.layout.remove_inst(inst);
    function.dfg.change_to_alias(sum, half);
}

/// Takes the pairs out again.
pub fn show(function: &mut Function) {
    let blocks: Vec<_> = function.layout.blocks().collect();
    for block in blocks {
        let mut next = function.layout.first_inst(block);
        while let Some(inst) = next {
            next = function.layout.next_inst(inst);
            if let Some(parts) = parts(function, inst) {
                let halves = [0, 1].map(|i| function.dfg.inst_results(inst)[i]);
                function.dfg.clear_results(inst);
                for (half, part) in halves.into_iter().zip(parts) {
                    function.dfg.change_to_alias(half, part);
                }
                function.layout.remove_inst(inst);
            }
        }
    }
    function.dfg.resolve_all_aliases();
}

/// What the halves of a pair were made of that `inst` splits.
fn parts(function: &Function, inst: Inst) -> Option<[Value; 2]> {
    let dfg = &function.dfg;
    let InstructionData::Unary { opcode: Opcode::Isplit, arg } = dfg.insts[inst] else {
        return None;
    };
    let pair = dfg.value_def(dfg.resolve_aliases(arg)).inst()?;
    match dfg.insts[pair] {
        InstructionData::Binary { opcode: Opcode::Iconcat, args } => Some(args),
        _ => None,
    }
}
