//! The control flow of a function: edges, dominators, natural loops. Made anew after each change.

use cranelift_codegen::entity::SecondaryMap;
#[cfg(new_cranelift)]
use cranelift_codegen::ir::BlockArg;
use cranelift_codegen::ir::{Block, BlockCall, Function, Inst, InstructionData, Value};

/// One way from a block to another: a destination of the block's last instruction.
#[derive(Clone, Copy, PartialEq)]
pub struct Edge {
    pub from: Block,
    pub branch: Inst,
    pub slot: usize,
}

/// A natural loop.
pub struct Loop {
    pub header: Block,
    /// The loop around it.
    pub parent: Option<usize>,
    /// All blocks, those of inner loops included, in reverse post-order.
    pub blocks: Vec<Block>,
    pub entries: Vec<Edge>,
    pub latches: Vec<Edge>,
}

pub struct Graph {
    /// All reachable blocks, dominators first.
    pub order: Vec<Block>,
    /// Place in `order`, from 1 on; 0 for blocks that cannot be reached.
    place: SecondaryMap<Block, u32>,
    predecessors: SecondaryMap<Block, Vec<Edge>>,
    idom: SecondaryMap<Block, Option<Block>>,
    innermost: SecondaryMap<Block, Option<usize>>,
    /// Outer loops before the loops that they contain.
    pub loops: Vec<Loop>,
}

/// The destinations of a block's last instruction.
pub fn calls(function: &Function, branch: Inst) -> &[BlockCall] {
    match &function.dfg.insts[branch] {
        InstructionData::Jump { destination, .. } => std::slice::from_ref(destination),
        InstructionData::Brif { blocks, .. } => blocks,
        InstructionData::BranchTable { table, .. } => {
            function.dfg.jump_tables[*table].all_branches()
        }
        _ => &[],
    }
}

/// Changes one destination of a block's last instruction.
pub fn set_call(function: &mut Function, edge: Edge, block: Block, arguments: &[Value]) {
    let pool = &mut function.dfg.value_lists;
    #[cfg(new_cranelift)]
    let call = BlockCall::new(block, arguments.iter().map(|v| BlockArg::Value(*v)), pool);
    #[cfg(not(new_cranelift))]
    let call = BlockCall::new(block, arguments, pool);
    match &mut function.dfg.insts[edge.branch] {
        InstructionData::Jump { destination, .. } => *destination = call,
        InstructionData::Brif { blocks, .. } => blocks[edge.slot] = call,
        InstructionData::BranchTable { table, .. } => {
            let table = *table;
            function.dfg.jump_tables[table].all_branches_mut()[edge.slot] = call;
        }
        _ => {}
    }
}

/// The values that an edge hands to the parameters of the block where it leads.
pub fn arguments(function: &Function, edge: Edge) -> Vec<Value> {
    let call = &calls(function, edge.branch)[edge.slot];
    let pool = &function.dfg.value_lists;
    #[cfg(new_cranelift)]
    let values = call.args(pool).filter_map(|argument| argument.as_value());
    #[cfg(not(new_cranelift))]
    let values = call.args_slice(pool).iter().copied();
    values.map(|value| function.dfg.resolve_aliases(value)).collect()
}

impl Graph {
    pub fn new(function: &Function) -> Graph {
        let order = order(function);
        let mut place = SecondaryMap::new();
        for (i, block) in order.iter().enumerate() {
            place[*block] = i as u32 + 1;
        }
        let mut predecessors = SecondaryMap::<Block, Vec<Edge>>::new();
        for &from in &order {
            let Some(branch) = function.layout.last_inst(from) else { continue };
            for (slot, call) in calls(function, branch).iter().enumerate() {
                let to = call.block(&function.dfg.value_lists);
                predecessors[to].push(Edge { from, branch, slot });
            }
        }
        let mut graph = Graph {
            order,
            place,
            predecessors,
            idom: SecondaryMap::new(),
            innermost: SecondaryMap::new(),
            loops: Vec::new(),
        };
        graph.find_dominators();
        graph.find_loops();
        graph
    }

    /// The edges that lead to `block`.
    pub fn predecessors(&self, block: Block) -> &[Edge] {
        &self.predecessors[block]
    }

    /// The closest block that every path to `block` passes.
    pub fn idom(&self, block: Block) -> Option<Block> {
        self.idom[block]
    }

    /// Whether an edge leads back, to a block that comes no later.
    pub fn is_back(&self, edge: Edge, to: Block) -> bool {
        self.place[edge.from] >= self.place[to]
    }

    /// Whether every path to `block` passes `dominator`, or they are the same.
    pub fn dominates(&self, dominator: Block, mut block: Block) -> bool {
        while self.place[block] > self.place[dominator] {
            match self.idom[block] {
                Some(next) => block = next,
                None => return false,
            }
        }
        block == dominator
    }

    /// The innermost loop around `block`.
    pub fn innermost(&self, block: Block) -> Option<usize> {
        self.innermost[block]
    }

    /// Whether `block` belongs to loop `number`.
    pub fn is_inside(&self, block: Block, number: usize) -> bool {
        let mut at = self.innermost[block];
        while let Some(inner) = at {
            if inner == number {
                return true;
            }
            at = self.loops[inner].parent;
        }
        false
    }

    fn find_dominators(&mut self) {
        let Some(&entry) = self.order.first() else { return };
        let mut changed = true;
        while changed {
            changed = false;
            for i in 1..self.order.len() {
                let block = self.order[i];
                let mut found: Option<Block> = None;
                for edge in &self.predecessors[block] {
                    if edge.from == entry || self.idom[edge.from].is_some() {
                        found = Some(found.map_or(edge.from, |f| self.common(f, edge.from)));
                    }
                }
                if found != self.idom[block] {
                    self.idom[block] = found;
                    changed = true;
                }
            }
        }
    }

    fn common(&self, mut a: Block, mut b: Block) -> Block {
        while a != b {
            if self.place[a] < self.place[b] {
                std::mem::swap(&mut a, &mut b);
            }
            a = self.idom[a].expect("only the entry has no dominator, and it comes first");
        }
        a
    }

    fn find_loops(&mut self) {
        for i in 0..self.order.len() {
            let header = self.order[i];
            let edges = self.predecessors[header].clone();
            let (latches, entries): (Vec<Edge>, Vec<Edge>) =
                edges.into_iter().partition(|edge| self.dominates(header, edge.from));
            if !latches.is_empty() {
                let parent = self.innermost[header];
                let number = self.loops.len();
                let blocks = self.body(header, &latches);
                for block in &blocks {
                    self.innermost[*block] = Some(number);
                }
                self.loops.push(Loop { header, parent, blocks, entries, latches });
            }
        }
    }

    /// The blocks from which a latch can be reached without passing the header.
    fn body(&self, header: Block, latches: &[Edge]) -> Vec<Block> {
        let mut inside = SecondaryMap::<Block, bool>::new();
        inside[header] = true;
        let mut blocks = vec![header];
        let mut work: Vec<Block> = latches.iter().map(|edge| edge.from).collect();
        while let Some(block) = work.pop() {
            if !inside[block] {
                inside[block] = true;
                blocks.push(block);
                work.extend(self.predecessors[block].iter().map(|edge| edge.from));
            }
        }
        blocks.sort_by_key(|block| self.place[*block]);
        blocks
    }
}

/// Reverse post-order.
fn order(function: &Function) -> Vec<Block> {
    let mut result = Vec::new();
    let Some(entry) = function.layout.entry_block() else { return result };
    let mut seen = SecondaryMap::<Block, bool>::new();
    seen[entry] = true;
    let mut path = vec![(entry, 0)];
    while let Some((block, next)) = path.pop() {
        let branch = function.layout.last_inst(block);
        let calls = branch.map_or(&[][..], |branch| calls(function, branch));
        match calls.get(next) {
            None => result.push(block),
            Some(call) => {
                path.push((block, next + 1));
                let to = call.block(&function.dfg.value_lists);
                if !seen[to] {
                    seen[to] = true;
                    path.push((to, 0));
                }
            }
        }
    }
    result.reverse();
    result
}
