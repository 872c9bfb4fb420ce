//! Small computations that Cranelift repeats in each block that needs them, for the sake of
//! registers: done once, and before a loop, where there are registers to spare.

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::entity::SecondaryMap;
use cranelift_codegen::ir::{
    Block, Function, Inst, InstBuilder, InstructionData, Opcode, Value, ValueDef,
};

use super::effects::is_pure;
use super::graph::Graph;
use super::ranges;

const MAX_KNOWN: usize = 32;
const MAX_CASTS: usize = 3;
/// The greatest mask that leaves no sign in 32 bits.
const MAX_MASK: i64 = i32::MAX as i64;
/// Taken out of one loop at most.
const MAX_HOISTED: usize = 6;

/// An operand; constants are the same wherever they are made.
#[derive(Clone, Copy, PartialEq)]
enum Operand {
    Value(Value),
    Constant(i64),
}

type Computation = (u8, u32, Operand, Operand);

fn is_repeated(opcode: Opcode) -> bool {
    matches!(opcode, Opcode::Iadd | Opcode::Isub | Opcode::Band | Opcode::Bor | Opcode::Bxor)
}

fn computation(function: &Function, inst: Inst) -> Option<Computation> {
    let opcode = function.dfg.insts[inst].opcode();
    if !is_repeated(opcode) {
        return None;
    }
    let args = function.dfg.inst_args(inst);
    let operand = |value: Value| {
        let value = function.dfg.resolve_aliases(value);
        ranges::constant(function, value).map_or(Operand::Value(value), Operand::Constant)
    };
    let bits = function.dfg.value_type(function.dfg.first_result(inst)).bits();
    let (x, y) = (operand(args[0]), operand(args[1]));
    match (opcode, x, y) {
        // Low bits are the same in a wide number and in a narrow one.
        (Opcode::Band, Operand::Value(value), Operand::Constant(mask @ 0..=MAX_MASK)) => {
            let needed = 64 - mask.leading_zeros();
            Some((opcode as u8, 0, Operand::Value(low(function, value, needed)), y))
        }
        _ => Some((opcode as u8, bits, x, y)),
    }
}

/// The value that the low bits of `value` are those of.
fn low(function: &Function, mut value: Value, needed: u32) -> Value {
    let dfg = &function.dfg;
    for _ in 0..MAX_CASTS {
        let ValueDef::Result(inst, 0) = dfg.value_def(value) else { break };
        match dfg.insts[inst] {
            InstructionData::Unary {
                opcode: Opcode::Sextend | Opcode::Uextend | Opcode::Ireduce,
                arg,
            } if dfg.value_type(arg).bits() >= needed => value = dfg.resolve_aliases(arg),
            _ => break,
        }
    }
    value
}

/// Uses what was computed before on the way to a block, without a call between.
pub fn share(function: &mut Function, graph: &Graph) {
    let mut at_end = SecondaryMap::<Block, Vec<(Computation, Value)>>::new();
    let mut same: Vec<(Inst, Value)> = Vec::new();
    for &block in &graph.order {
        let mut known = match graph.predecessors(block) {
            [edge] if !graph.is_back(*edge, block) => at_end[edge.from].clone(),
            _ => Vec::new(),
        };
        for inst in function.layout.block_insts(block) {
            if function.dfg.insts[inst].opcode().is_call() {
                known.clear();
            }
            let Some(computation) = computation(function, inst) else { continue };
            match known.iter().find(|(other, _)| *other == computation) {
                Some(&(_, value)) => same.push((inst, value)),
                None => {
                    if known.len() == MAX_KNOWN {
                        known.remove(0);
                    }
                    known.push((computation, function.dfg.first_result(inst)));
                }
            }
        }
        at_end[block] = known;
    }
    for (inst, value) in same {
        let old = function.dfg.first_result(inst);
        let value = function.dfg.resolve_aliases(value);
        let (from, to) = (function.dfg.value_type(value), function.dfg.value_type(old));
        if from.bits() > to.bits() {
            function.dfg.replace(inst).ireduce(to, value);
            continue;
        } else if from.bits() < to.bits() {
            function.dfg.replace(inst).uextend(to, value);
            continue;
        }
        function.dfg.clear_results(inst);
        function.dfg.change_to_alias(old, value);
        function.layout.remove_inst(inst);
    }
    function.dfg.resolve_all_aliases();
}

/// Moves in front of a loop what is the same in all rounds; from the inside to the outside.
pub fn hoist(function: &mut Function, graph: &Graph) {
    for number in (0..graph.loops.len()).rev() {
        let this = &graph.loops[number];
        let [entry] = this.entries[..] else { continue };
        let has_calls = this.blocks.iter().any(|block| {
            let mut all = function.layout.block_insts(*block);
            all.any(|inst| function.dfg.insts[inst].opcode().is_call())
        });
        if has_calls || function.dfg.insts[entry.branch].opcode() != Opcode::Jump {
            continue;
        }
        let mut hoisted = 0;
        for &block in &this.blocks {
            let mut next = function.layout.first_inst(block);
            while let Some(inst) = next {
                next = function.layout.next_inst(inst);
                if hoisted < MAX_HOISTED && is_fixed(function, graph, number, inst) {
                    hoisted += 1;
                    before(function, inst, entry.branch);
                }
            }
        }
    }
}

/// Whether an instruction of a loop computes the same in all rounds.
fn is_fixed(function: &Function, graph: &Graph, number: usize, inst: Inst) -> bool {
    let opcode = function.dfg.insts[inst].opcode();
    let args = function.dfg.inst_args(inst);
    let is_computed = is_pure(opcode)
        && !args.is_empty()
        && function.dfg.inst_results(inst).len() == 1
        && function.dfg.value_type(function.dfg.first_result(inst)).is_int();
    is_computed
        && args.iter().all(|arg| {
            ranges::constant(function, *arg).is_some() || is_outside(function, graph, number, *arg)
        })
}

fn is_outside(function: &Function, graph: &Graph, number: usize, value: Value) -> bool {
    let block = match function.dfg.value_def(function.dfg.resolve_aliases(value)) {
        ValueDef::Result(inst, _) => function.layout.inst_block(inst),
        ValueDef::Param(block, _) => Some(block),
        ValueDef::Union(..) => None,
    };
    block.is_some_and(|block| !graph.is_inside(block, number))
}

/// Moves an instruction, with the constants that it takes, to `place`.
fn before(function: &mut Function, inst: Inst, place: Inst) {
    let args = function.dfg.inst_args(inst).to_vec();
    for (index, arg) in args.into_iter().enumerate() {
        let Some(constant) = ranges::constant(function, arg) else { continue };
        let made = ranges::make(function, place, function.dfg.value_type(arg), constant);
        function.dfg.inst_args_mut(inst)[index] = made;
    }
    let mut cursor = FuncCursor::new(function).at_inst(inst);
    cursor.remove_inst();
    cursor.goto_inst(place);
    cursor.insert_inst(inst);
}
