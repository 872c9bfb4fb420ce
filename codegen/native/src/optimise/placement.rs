//! Where instructions stand: constants that take a register before the loops that use them, and
//! what a loop's variable becomes behind the last use of what it is.

use std::collections::{BTreeMap, BTreeSet};

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::entity::EntitySet;
use cranelift_codegen::ir::{
    types, Block, Function, Inst, InstBuilder, InstructionData, Opcode, Type, Value, ValueDef,
};

use super::effects::is_pure;
use super::graph::{self, Graph, Loop};
use super::ranges;

/// Registers that a loop may take, by what it uses anyway and by constants.
const REGISTERS: usize = 20;
/// Those that calls leave alone; saving one costs two instructions in each call of the function.
const REGISTERS_ACROSS_CALLS: usize = 9;
/// For what a loop computes on the way.
const TEMPORARIES: usize = 4;

/// A constant: whether it is a float, its type's bits, its own bits.
type Constant = (bool, u32, i64);

/// Moves constants out of loops, as far as registers last.
pub fn hoist_constants(function: &mut Function, graph: &Graph) {
    for number in 0..graph.loops.len() {
        let this = &graph.loops[number];
        let [entry] = this.entries[..] else { continue };
        if function.dfg.insts[entry.branch].opcode() != Opcode::Jump {
            continue;
        }
        let uses = uses(function, graph, number);
        let has_calls = has_calls(function, this);
        let limit = if has_calls { REGISTERS_ACROSS_CALLS } else { REGISTERS };
        for is_float in [false, true] {
            let taken = pressure(function, graph, number, is_float) + TEMPORARIES;
            let room = limit.saturating_sub(taken);
            let mut chosen: Vec<_> =
                uses.iter().filter(|((float, ..), _)| *float == is_float).collect();
            // The dearest first; equal ones stay in their order.
            chosen.sort_by_key(|((_, _, bits), places)| {
                std::cmp::Reverse(cost(is_float, *bits) * places.len())
            });
            if has_calls {
                chosen.retain(|((_, _, bits), _)| cost(is_float, *bits) > 1);
            }
            for (constant, places) in chosen.into_iter().take(room) {
                let value = make(function, entry.branch, *constant);
                for &(inst, index) in places {
                    function.dfg.inst_args_mut(inst)[index] = value;
                }
            }
        }
    }
}

fn has_calls(function: &Function, this: &Loop) -> bool {
    this.blocks.iter().any(|block| {
        let mut all = function.layout.block_insts(*block);
        all.any(|inst| function.dfg.insts[inst].opcode().is_call())
    })
}

/// Instructions that it takes to make a constant.
fn cost(is_float: bool, bits: i64) -> usize {
    match bits {
        0 => 1,
        _ if is_float => 3,
        _ if is_small(bits) => 1,
        _ => 2,
    }
}

/// Whether an instruction has room for it.
fn is_small(bits: i64) -> bool {
    (-2048..2048).contains(&bits)
}

fn make(function: &mut Function, place: Inst, (is_float, width, bits): Constant) -> Value {
    let ty = Type::int(width as u16).unwrap_or(types::I64);
    if !is_float {
        return ranges::make(function, place, ty, bits);
    }
    let location = function.srcloc(place);
    let mut at = FuncCursor::new(function).at_inst(place).with_srcloc(location);
    match width {
        32 => at.ins().f32const(f32::from_bits(bits as u32)),
        _ => at.ins().f64const(f64::from_bits(bits as u64)),
    }
}

/// The constants that a loop computes itself, and the operands for which they take a register.
fn uses(
    function: &Function,
    graph: &Graph,
    number: usize,
) -> BTreeMap<Constant, Vec<(Inst, usize)>> {
    let mut result = BTreeMap::<Constant, Vec<(Inst, usize)>>::new();
    let this = &graph.loops[number];
    let branched = branched(function, this);
    for &block in &this.blocks {
        for inst in function.layout.block_insts(block) {
            for (index, &value) in function.dfg.inst_args(inst).iter().enumerate() {
                let Some(constant) = constant(function, graph, number, value) else { continue };
                if takes_register(function, inst, index, constant, &branched) {
                    result.entry(constant).or_default().push((inst, index));
                }
            }
        }
    }
    result
}

/// The comparisons on which branches and traps depend: they have no room for a constant.
fn branched(function: &Function, this: &Loop) -> EntitySet<Inst> {
    let mut result = EntitySet::new();
    for &block in &this.blocks {
        for inst in function.layout.block_insts(block) {
            let opcode = function.dfg.insts[inst].opcode();
            if matches!(opcode, Opcode::Brif | Opcode::Trapz | Opcode::Trapnz | Opcode::Select) {
                let condition = function.dfg.resolve_aliases(function.dfg.inst_args(inst)[0]);
                if let ValueDef::Result(compare, _) = function.dfg.value_def(condition) {
                    result.insert(compare);
                }
            }
        }
    }
    result
}

fn constant(function: &Function, graph: &Graph, number: usize, value: Value) -> Option<Constant> {
    let dfg = &function.dfg;
    let value = dfg.resolve_aliases(value);
    let ValueDef::Result(inst, 0) = dfg.value_def(value) else { return None };
    if !graph.is_inside(function.layout.inst_block(inst)?, number) {
        return None;
    }
    match dfg.insts[inst] {
        InstructionData::UnaryImm { .. } => {
            let bits = ranges::constant(function, value)?;
            Some((false, dfg.value_type(value).bits(), bits))
        }
        InstructionData::UnaryIeee32 { imm, .. } => Some((true, 32, i64::from(imm.bits()))),
        InstructionData::UnaryIeee64 { imm, .. } => Some((true, 64, imm.bits() as i64)),
        _ => None,
    }
}

fn takes_register(
    function: &Function,
    inst: Inst,
    index: usize,
    (is_float, _, bits): Constant,
    branched: &EntitySet<Inst>,
) -> bool {
    let opcode = function.dfg.insts[inst].opcode();
    match opcode {
        _ if opcode.is_call() || opcode.is_branch() || opcode.is_return() => false,
        _ if is_float => true,
        Opcode::Imul | Opcode::Smulhi | Opcode::Umulhi => true,
        Opcode::Sdiv | Opcode::Udiv | Opcode::Srem | Opcode::Urem => true,
        _ if bits == 0 => false,
        Opcode::Iadd | Opcode::Band | Opcode::Bor | Opcode::Bxor => !is_small(bits),
        Opcode::Isub => index == 0 || !is_small(bits.wrapping_neg()),
        Opcode::Ishl | Opcode::Sshr | Opcode::Ushr | Opcode::Rotl | Opcode::Rotr => index == 0,
        Opcode::Icmp => branched.contains(inst) || !is_small(bits),
        Opcode::Select => index > 0,
        _ => opcode.can_store() && index == 0,
    }
}

/// About how many registers a loop takes: what it uses from outside, and its own variables.
fn pressure(function: &Function, graph: &Graph, number: usize, is_float: bool) -> usize {
    let this = &graph.loops[number];
    let dfg = &function.dfg;
    let mut outside = BTreeSet::<Value>::new();
    for &block in &this.blocks {
        for inst in function.layout.block_insts(block) {
            for value in dfg.inst_values(inst) {
                let value = dfg.resolve_aliases(value);
                let defined = match dfg.value_def(value) {
                    ValueDef::Result(inst, _) => function.layout.inst_block(inst),
                    ValueDef::Param(block, _) => Some(block),
                    ValueDef::Union(..) => None,
                };
                let is_outside = defined.is_some_and(|block| !graph.is_inside(block, number));
                if is_outside && dfg.value_type(value).is_float() == is_float {
                    outside.insert(value);
                }
            }
        }
    }
    let own = this.blocks.iter().filter(|block| {
        graph.innermost(**block).is_some_and(|inner| graph.loops[inner].header == **block)
    });
    let own = own.flat_map(|block| dfg.block_params(*block));
    let own = own.filter(|parameter| dfg.value_type(**parameter).is_float() == is_float);
    outside.len() + own.count()
}

/// Computes what a loop's variable becomes where nothing needs what it is any more: both can have
/// one register then.
pub fn delay_steps(function: &mut Function, graph: &Graph) {
    for this in &graph.loops {
        for &latch in &this.latches {
            if let InstructionData::Brif { arg, .. } = function.dfg.insts[latch.branch] {
                sink(function, arg, latch.from, latch.branch);
            }
            let passed = graph::arguments(function, latch);
            let parameters = function.dfg.block_params(this.header).to_vec();
            for (parameter, next) in parameters.into_iter().zip(passed) {
                delay(function, parameter, next, latch.from, latch.branch);
            }
        }
    }
}

/// Moves the chain from `parameter` to `next`, where that is short and in `block`, down to the
/// first use of `next`.
fn delay(function: &mut Function, parameter: Value, next: Value, block: Block, branch: Inst) {
    let mut chain = Vec::new();
    let mut value = next;
    while chain.len() < 3 {
        let ValueDef::Result(inst, 0) = function.dfg.value_def(value) else { return };
        let data = &function.dfg.insts[inst];
        if !is_pure(data.opcode()) || function.layout.inst_block(inst) != Some(block) {
            return;
        }
        chain.push(inst);
        let Some(&first) = function.dfg.inst_args(inst).first() else { return };
        value = function.dfg.resolve_aliases(first);
        if value == parameter {
            let mut place = branch;
            let mut wanted = next;
            for inst in chain {
                place = first_use(function, wanted, inst, place);
                let mut cursor = FuncCursor::new(function).at_inst(inst);
                cursor.remove_inst();
                cursor.goto_inst(place);
                cursor.insert_inst(inst);
                place = inst;
                wanted = function.dfg.inst_args(inst)[0];
            }
            return;
        }
    }
}

/// The first instruction behind `from`, up to `last`, that uses `value`.
fn first_use(function: &Function, value: Value, from: Inst, last: Inst) -> Inst {
    let value = function.dfg.resolve_aliases(value);
    let mut at = from;
    while let Some(next) = function.layout.next_inst(at) {
        at = next;
        let mut values = function.dfg.inst_values(at);
        if at == last || values.any(|v| function.dfg.resolve_aliases(v) == value) {
            return at;
        }
    }
    last
}

/// Moves a branch's condition down to it.
fn sink(function: &mut Function, condition: Value, block: Block, branch: Inst) {
    let ValueDef::Result(inst, 0) = function.dfg.value_def(condition) else { return };
    if !is_pure(function.dfg.insts[inst].opcode())
        || function.layout.inst_block(inst) != Some(block)
    {
        return;
    }
    let place = first_use(function, condition, inst, branch);
    let mut cursor = FuncCursor::new(function).at_inst(inst);
    cursor.remove_inst();
    cursor.goto_inst(place);
    cursor.insert_inst(inst);
}
