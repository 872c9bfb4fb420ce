//! Loads that need not be done again: lengths, which never change, and what was loaded or stored
//! just before. Cranelift sees the latter for loads without an extension only.

use std::collections::BTreeMap;

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::entity::{EntitySet, SecondaryMap};
use cranelift_codegen::ir::{
    types, Block, Function, Inst, InstBuilder, InstructionData, MemFlags, Opcode, Type, Value,
    ValueDef,
};

use super::effects::is_pure;
use super::graph::Graph;

/// What is known of memory at one place; more is forgotten.
const MAX_KNOWN: usize = 32;

/// An address and an offset from it.
type Place = (Value, i32);

/// A load whose value never changes: `lengths` has its result.
fn length(function: &Function, lengths: &EntitySet<Value>, inst: Inst) -> Option<(Value, Place)> {
    let InstructionData::Load { arg, offset, .. } = function.dfg.insts[inst] else { return None };
    let &[value] = function.dfg.inst_results(inst) else { return None };
    let place = (function.dfg.resolve_aliases(arg), i32::from(offset));
    lengths.contains(value).then_some((value, place))
}

/// Loads each length once on every path, and extends it while it is loaded.
pub fn share_lengths(function: &mut Function, graph: &Graph, lengths: &mut EntitySet<Value>) {
    let mut known = BTreeMap::<Place, Vec<(Block, Value)>>::new();
    let mut same: Vec<(Inst, Value)> = Vec::new();
    let mut kept: Vec<Inst> = Vec::new();
    for &block in &graph.order {
        for inst in function.layout.block_insts(block) {
            let Some((value, place)) = length(function, lengths, inst) else { continue };
            let all = known.entry(place).or_default();
            match all.iter().find(|(other, _)| graph.dominates(*other, block)) {
                Some(&(_, first)) => same.push((inst, first)),
                None => {
                    all.push((block, value));
                    kept.push(inst);
                }
            }
        }
    }
    replace(function, same);
    for inst in kept {
        let InstructionData::Load { opcode: Opcode::Load, flags, arg, offset } =
            function.dfg.insts[inst]
        else {
            continue;
        };
        if function.dfg.value_type(function.dfg.first_result(inst)) == types::I32 {
            let location = function.srcloc(inst);
            let mut at = FuncCursor::new(function).at_inst(inst).with_srcloc(location);
            let wide = at.ins().sload32(flags, arg, offset);
            lengths.insert(wide);
            function.dfg.replace(inst).ireduce(types::I32, wide);
        }
    }
}

fn replace(function: &mut Function, same: Vec<(Inst, Value)>) {
    for (inst, value) in same {
        let old = function.dfg.first_result(inst);
        function.dfg.clear_results(inst);
        function.dfg.change_to_alias(old, value);
        function.layout.remove_inst(inst);
    }
    function.dfg.resolve_all_aliases();
}

/// Moves the lengths that a loop loads first in front of it. They may trap: nothing that could be
/// noticed comes before them.
pub fn hoist_lengths(function: &mut Function, graph: &Graph, lengths: &EntitySet<Value>) {
    for (number, this) in graph.loops.iter().enumerate() {
        let [entry] = this.entries[..] else { continue };
        if function.dfg.insts[entry.branch].opcode() != Opcode::Jump {
            continue;
        }
        let mut first = Vec::new();
        for inst in function.layout.block_insts(this.header) {
            if let Some((_, (base, _))) = length(function, lengths, inst) {
                if !is_outside(function, graph, number, base) {
                    break;
                }
                first.push(inst);
            } else if !is_quiet(function, inst) {
                break;
            }
        }
        for inst in first {
            let mut cursor = FuncCursor::new(function).at_inst(inst);
            cursor.remove_inst();
            cursor.goto_inst(entry.branch);
            cursor.insert_inst(inst);
        }
    }
}

/// Whether nobody can tell when an instruction runs.
fn is_quiet(function: &Function, inst: Inst) -> bool {
    let data = &function.dfg.insts[inst];
    is_pure(data.opcode()) || matches!(data, InstructionData::Load { flags, .. } if flags.notrap())
}

fn is_outside(function: &Function, graph: &Graph, number: usize, value: Value) -> bool {
    let block = match function.dfg.value_def(value) {
        ValueDef::Result(inst, _) => function.layout.inst_block(inst),
        ValueDef::Param(block, _) => Some(block),
        ValueDef::Union(..) => None,
    };
    block.is_some_and(|block| !graph.is_inside(block, number))
}

/// A load: its opcode and type, and where from.
type Access = (u8, Type, Place);

/// What memory holds, by the load that would give it.
#[derive(Clone, Default)]
struct Known(Vec<(Access, u32, Value)>);

impl Known {
    /// Forgets what a store of so many bytes may change: only its own base tells apart.
    fn forget(&mut self, (base, offset): Place, bytes: u32) {
        let (start, end) = (i64::from(offset), i64::from(offset) + i64::from(bytes));
        self.0.retain(|((_, _, (other, at)), length, _)| {
            let at = i64::from(*at);
            *other == base && (at + i64::from(*length) <= start || at >= end)
        });
    }

    fn add(&mut self, access: Access, bytes: u32, value: Value) {
        if self.0.len() == MAX_KNOWN {
            self.0.remove(0);
        }
        self.0.push((access, bytes, value));
    }
}

/// Takes out loads of what is known from a load or store before.
pub fn drop_loads(function: &mut Function, graph: &Graph) {
    let mut at_end = SecondaryMap::<Block, Known>::new();
    let mut same: Vec<(Inst, Value)> = Vec::new();
    for &block in &graph.order {
        let mut known = match graph.predecessors(block) {
            [edge] if !graph.is_back(*edge, block) => at_end[edge.from].clone(),
            _ => Known::default(),
        };
        for inst in function.layout.block_insts(block) {
            step(function, inst, &mut known, &mut same);
        }
        at_end[block] = known;
    }
    replace(function, same);
}

fn step(function: &Function, inst: Inst, known: &mut Known, same: &mut Vec<(Inst, Value)>) {
    let dfg = &function.dfg;
    let data = &dfg.insts[inst];
    let opcode = data.opcode();
    match *data {
        InstructionData::Load { arg, offset, flags, .. } if is_little(flags) => {
            let value = dfg.first_result(inst);
            let ty = dfg.value_type(value);
            let place = (dfg.resolve_aliases(arg), i32::from(offset));
            let access = (number(opcode), ty, place);
            match known.0.iter().find(|(other, ..)| *other == access) {
                Some(&(_, _, first)) => same.push((inst, first)),
                None => known.add(access, bytes(opcode, ty), value),
            }
        }
        InstructionData::Store { args: [value, base], offset, flags, .. } if is_little(flags) => {
            let ty = dfg.value_type(value);
            let place = (dfg.resolve_aliases(base), i32::from(offset));
            known.forget(place, bytes(opcode, ty));
            if opcode == Opcode::Store {
                let access = (number(Opcode::Load), ty, place);
                known.add(access, ty.bytes(), dfg.resolve_aliases(value));
            }
        }
        _ if opcode.can_store()
            || opcode.can_load()
            || opcode.is_call()
            || opcode.other_side_effects() =>
        {
            known.0.clear();
        }
        _ => {}
    }
}

/// Whether it is in the machine's own byte order, as everything here is.
fn is_little(flags: MemFlags) -> bool {
    flags.explicit_endianness() != Some(cranelift_codegen::ir::Endianness::Big)
}

fn number(opcode: Opcode) -> u8 {
    opcode as u8
}

fn bytes(opcode: Opcode, ty: Type) -> u32 {
    match opcode {
        Opcode::Uload8 | Opcode::Sload8 | Opcode::Istore8 => 1,
        Opcode::Uload16 | Opcode::Sload16 | Opcode::Istore16 => 2,
        Opcode::Uload32 | Opcode::Sload32 | Opcode::Istore32 => 4,
        _ => ty.bytes(),
    }
}
