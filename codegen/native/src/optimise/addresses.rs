//! Accesses whose addresses differ by a constant: one address does for them.

use cranelift_codegen::entity::SecondaryMap;
use cranelift_codegen::ir::{Block, Function, Inst, InstructionData, Value};

use super::facts::Numbers;
use super::graph::Graph;
use super::linear::{Linear, Scope};

/// Offsets that an instruction has room for.
const REACH: i64 = 2047;
/// Addresses that are kept in mind at one place.
const MAX_KNOWN: usize = 8;

/// The accesses to be changed: the address that they use instead, and its offset.
pub struct Shared(Vec<(Inst, Value, i32)>);

impl Shared {
    /// Decides, where one access follows another without a call between them.
    pub fn find(function: &Function, graph: &Graph, numbers: &Numbers) -> Shared {
        let mut at_end = SecondaryMap::<Block, Vec<(Linear, Value)>>::new();
        let mut result = Vec::new();
        let scope = Scope::everywhere(function, graph, numbers);
        for &block in &graph.order {
            let mut known = match graph.predecessors(block) {
                [edge] if !graph.is_back(*edge, block) => at_end[edge.from].clone(),
                _ => Vec::new(),
            };
            for inst in function.layout.block_insts(block) {
                if function.dfg.insts[inst].opcode().is_call() {
                    known.clear();
                }
                if let Some((address, offset)) = access(function, inst) {
                    if let Some(linear) = scope.of(address).filter(|l| l.terms.len() > 1) {
                        match reached(&known, &linear, offset) {
                            Some((other, _)) if other == address => {}
                            Some((other, distance)) => result.push((inst, other, distance)),
                            None => {
                                if known.len() == MAX_KNOWN {
                                    known.remove(0);
                                }
                                known.push((linear, address));
                            }
                        }
                    }
                }
            }
            at_end[block] = known;
        }
        Shared(result)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn apply(self, function: &mut Function) {
        for (inst, address, distance) in self.0 {
            match &mut function.dfg.insts[inst] {
                InstructionData::Load { arg, offset, .. } => {
                    *arg = address;
                    *offset = distance.into();
                }
                InstructionData::Store { args, offset, .. } => {
                    args[1] = address;
                    *offset = distance.into();
                }
                _ => {}
            }
        }
    }
}

fn reached(known: &[(Linear, Value)], linear: &Linear, offset: i64) -> Option<(Value, i32)> {
    known.iter().find_map(|(other, address)| {
        let distance = linear.constant.checked_sub(other.constant)?.checked_add(offset)?;
        let is_near = other.terms == linear.terms && distance.abs() <= REACH;
        is_near.then_some((*address, distance as i32))
    })
}

/// The address and offset of a load or store.
pub fn access(function: &Function, inst: Inst) -> Option<(Value, i64)> {
    let (address, offset) = match function.dfg.insts[inst] {
        InstructionData::Load { arg, offset, .. } => (arg, offset),
        InstructionData::Store { args, offset, .. } => (args[1], offset),
        _ => return None,
    };
    Some((function.dfg.resolve_aliases(address), i64::from(i32::from(offset))))
}
