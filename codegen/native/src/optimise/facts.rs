//! What is known of integers: their ranges, and how they compare where branches and checks have
//! been passed. Goes through the function a bounded number of times.

use cranelift_codegen::entity::SecondaryMap;
use cranelift_codegen::ir::condcodes::{CondCode, IntCC};
use cranelift_codegen::ir::{
    Block, Function, Inst, InstructionData, Opcode, Type, Value, ValueDef,
};

use super::graph::{self, Edge, Graph};
use super::promises::Promises;
use super::ranges::{self, Range};

/// Passes until the ranges of loops must stand still; they rarely need more than four.
const MAX_PASSES: usize = 10;
/// How far facts are looked for: dominators, and facts altogether.
const MAX_BLOCKS: usize = 32;
const MAX_FACTS: usize = 96;
/// Extensions and reductions between an operand and the number that it holds.
const MAX_CASTS: usize = 4;
const MAX_INDUCTION: usize = 3;

/// A comparison that holds: of numbers, see `Analysis::number`.
#[derive(Clone, Copy)]
struct Fact {
    x: Value,
    condition: IntCC,
    y: Value,
}

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    /// Ranges of loop variables only grow.
    Widen,
    /// Loop variables may be any number: one pass comes to an end then.
    Pinned,
    /// Ranges of loop variables shrink to what their values have.
    Narrow,
}

/// The ranges of values wherever they are defined.
#[derive(Default)]
pub struct Numbers(SecondaryMap<Value, Option<Range>>);

impl Numbers {
    /// The range of a value.
    pub fn range(&self, function: &Function, value: Value) -> Range {
        let value = function.dfg.resolve_aliases(value);
        self.0[value].unwrap_or(Range::of(function.dfg.value_type(value)))
    }

    /// The value that holds the same number before extensions and reductions that keep it.
    pub fn number(&self, function: &Function, value: Value) -> Value {
        let dfg = &function.dfg;
        let mut value = dfg.resolve_aliases(value);
        for _ in 0..MAX_CASTS {
            let ValueDef::Result(inst, 0) = dfg.value_def(value) else { break };
            let InstructionData::Unary { opcode, arg } = dfg.insts[inst] else { break };
            let arg = dfg.resolve_aliases(arg);
            let keeps = match opcode {
                Opcode::Sextend => true,
                Opcode::Uextend => self.0[arg].is_some_and(|range| range.min >= 0),
                Opcode::Ireduce => self.0[arg]
                    .is_some_and(|range| range.is_inside(Range::of(dfg.value_type(value)))),
                _ => false,
            };
            if !keeps {
                break;
            }
            value = arg;
        }
        value
    }
}

/// Whether ranges are kept of numbers of this type.
fn is_tracked(ty: Type) -> bool {
    ty.is_int() && ty.bits() <= 64
}

pub struct Analysis<'a> {
    function: &'a Function,
    graph: &'a Graph,
    promises: &'a Promises,
    numbers: Numbers,
    facts: SecondaryMap<Block, Vec<Fact>>,
    widened: SecondaryMap<Value, u8>,
    changed: bool,
    superfluous: Vec<Inst>,
}

impl<'a> Analysis<'a> {
    /// Analyses a function in SSA form.
    pub fn new(function: &'a Function, graph: &'a Graph, promises: &'a Promises) -> Analysis<'a> {
        let mut analysis = Analysis {
            function,
            graph,
            promises,
            numbers: Numbers::default(),
            facts: SecondaryMap::new(),
            widened: SecondaryMap::new(),
            changed: true,
            superfluous: Vec::new(),
        };
        let mut passes = 0;
        while analysis.changed && passes < MAX_PASSES {
            analysis.pass(Mode::Widen);
            passes += 1;
        }
        if analysis.changed {
            analysis.pass(Mode::Pinned);
        }
        analysis.pass(Mode::Narrow);
        analysis
    }

    /// The checks that never trap.
    pub fn superfluous(&self) -> &[Inst] {
        &self.superfluous
    }

    /// The ranges.
    pub fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    fn range(&self, value: Value) -> Range {
        self.numbers.range(self.function, value)
    }

    fn number(&self, value: Value) -> Value {
        self.numbers.number(self.function, value)
    }

    fn pass(&mut self, mode: Mode) {
        let graph = self.graph;
        self.changed = false;
        for (i, &block) in graph.order.iter().enumerate() {
            self.facts[block].clear();
            let edges = graph.predecessors(block);
            if let [edge] = edges {
                if let Some(fact) = self.edge_fact(*edge) {
                    self.facts[block].push(fact);
                }
            }
            self.parameters(block, edges, i == 0, mode);
            for inst in self.function.layout.block_insts(block) {
                self.instruction(block, inst, mode);
            }
        }
    }

    fn parameters(&mut self, block: Block, edges: &[Edge], is_entry: bool, mode: Mode) {
        let dfg = &self.function.dfg;
        let is_loop = edges.iter().any(|edge| self.graph.is_back(*edge, block));
        let passed: Vec<Vec<Value>> =
            edges.iter().map(|edge| graph::arguments(self.function, *edge)).collect();
        for (i, &parameter) in dfg.block_params(block).iter().enumerate() {
            let ty = dfg.value_type(parameter);
            if !is_tracked(ty) {
                continue;
            }
            if is_entry || is_loop && mode == Mode::Pinned {
                self.numbers.0[parameter] = Some(self.promised(parameter, Range::of(ty)));
                continue;
            }
            let mut union: Option<Range> = None;
            for (edge, arguments) in edges.iter().zip(&passed) {
                let Some(&argument) = arguments.get(i) else { continue };
                if argument != parameter && self.numbers.0[argument].is_some() {
                    let range = self.on_edge(argument, *edge);
                    union = Some(union.map_or(range, |u| u.union(range)));
                }
            }
            self.numbers.0[parameter] = match (self.numbers.0[parameter], union) {
                (Some(old), Some(new)) if is_loop && mode == Mode::Widen => {
                    if new.is_inside(old) {
                        Some(old)
                    } else {
                        self.changed = true;
                        let column: Vec<(Edge, Value)> = edges
                            .iter()
                            .zip(&passed)
                            .filter_map(|(edge, all)| Some((*edge, *all.get(i)?)))
                            .collect();
                        Some(self.widen(block, parameter, old, new, &column))
                    }
                }
                (None, Some(_)) if is_loop => {
                    self.changed = true;
                    union
                }
                _ => union,
            };
        }
    }

    /// A range that has grown grows to the loop's own bound, then to 32 bits, then to all.
    fn widen(
        &mut self,
        header: Block,
        parameter: Value,
        old: Range,
        new: Range,
        passed: &[(Edge, Value)],
    ) -> Range {
        let all = Range::of(self.function.dfg.value_type(parameter));
        let step = self.widened[parameter];
        self.widened[parameter] = step.saturating_add(1);
        let wide = match step {
            0 => {
                let mut bound = new;
                for (edge, argument) in passed {
                    if self.graph.is_back(*edge, header) {
                        let known = self.edge_fact(*edge);
                        let range = Range { min: i64::MIN, max: i64::MAX };
                        bound = bound.union(self.refined(range, *argument, known));
                    }
                }
                let narrow = Range { min: i64::from(i32::MIN), max: i64::from(i32::MAX) };
                // An unknown side ends at 32 bits.
                Range {
                    min: if bound.min == i64::MIN { narrow.min } else { bound.min },
                    max: if bound.max == i64::MAX { narrow.max } else { bound.max },
                }
                .union(new)
            }
            1 => new.union(Range { min: i64::from(i32::MIN), max: i64::from(i32::MAX) }),
            _ => all,
        };
        let wide = wide.intersect(all);
        Range {
            min: if new.min < old.min { wide.min } else { old.min },
            max: if new.max > old.max { wide.max } else { old.max },
        }
    }

    fn instruction(&mut self, block: Block, inst: Inst, mode: Mode) {
        let dfg = &self.function.dfg;
        let results = dfg.inst_results(inst);
        for &result in results {
            if is_tracked(dfg.value_type(result)) {
                let range = match results {
                    [_] => ranges::evaluate(self.function, inst, |value| self.at(value, block)),
                    _ => Range::of(dfg.value_type(result)),
                };
                self.numbers.0[result] = Some(self.promised(result, range));
            }
        }
        let opcode = dfg.insts[inst].opcode();
        let (Opcode::Trapz | Opcode::Trapnz) = opcode else { return };
        let condition = dfg.inst_args(inst)[0];
        let passes = opcode == Opcode::Trapz;
        if mode == Mode::Narrow && self.decided(condition, block) == Some(passes) {
            self.superfluous.push(inst);
        }
        if let Some(fact) = self.fact(condition, passes) {
            self.facts[block].push(fact);
        }
    }

    fn promised(&self, value: Value, range: Range) -> Range {
        if self.promises.lengths.contains(value) {
            range.intersect(Range { min: 0, max: i64::MAX })
        } else if self.promises.ints.contains(value) {
            range.intersect(Range { min: i64::from(i32::MIN), max: i64::from(i32::MAX) })
        } else {
            range
        }
    }

    /// What a condition says where it is true, or where it is not.
    fn fact(&self, condition: Value, holds: bool) -> Option<Fact> {
        let (code, x, y) = self.comparison(condition)?;
        let condition = if holds { code } else { code.complement() };
        Some(Fact { x: self.number(x), condition, y: self.number(y) })
    }

    fn comparison(&self, condition: Value) -> Option<(IntCC, Value, Value)> {
        let dfg = &self.function.dfg;
        let inst = dfg.value_def(dfg.resolve_aliases(condition)).inst()?;
        match dfg.insts[inst] {
            InstructionData::IntCompare { cond, args: [x, y], .. }
                if dfg.value_type(x).bits() <= 64 =>
            {
                Some((cond, x, y))
            }
            _ => None,
        }
    }

    /// What holds because an edge has been taken.
    fn edge_fact(&self, edge: Edge) -> Option<Fact> {
        let InstructionData::Brif { arg, blocks, .. } = &self.function.dfg.insts[edge.branch]
        else {
            return None;
        };
        let pool = &self.function.dfg.value_lists;
        if blocks[0].block(pool) == blocks[1].block(pool) {
            return None;
        }
        self.fact(*arg, edge.slot == 0)
    }

    fn refined(&self, range: Range, value: Value, fact: Option<Fact>) -> Range {
        let number = self.number(value);
        match fact {
            Some(fact) if fact.x == number => {
                range.intersect(Range::bound(fact.condition, self.range(fact.y)))
            }
            Some(fact) if fact.y == number => {
                range.intersect(Range::bound(fact.condition.swap_args(), self.range(fact.x)))
            }
            _ => range,
        }
    }

    fn on_edge(&self, value: Value, edge: Edge) -> Range {
        self.refined(self.at(value, edge.from), value, self.edge_fact(edge))
    }

    /// The facts that hold in `block`, as far as it has been looked at; nearest first.
    fn known(&self, block: Block) -> impl Iterator<Item = &Fact> {
        std::iter::successors(Some(block), |block| self.graph.idom(*block))
            .take(MAX_BLOCKS)
            .flat_map(|block| self.facts[block].iter().rev())
            .take(MAX_FACTS)
    }

    /// The range of a value in `block`.
    fn at(&self, value: Value, block: Block) -> Range {
        let number = self.number(value);
        let mut range = self.range(value);
        if number != value {
            range = range.intersect(self.range(number));
        }
        for fact in self.known(block) {
            if fact.x == number {
                range = range.intersect(Range::bound(fact.condition, self.range(fact.y)));
            } else if fact.y == number {
                let condition = fact.condition.swap_args();
                range = range.intersect(Range::bound(condition, self.range(fact.x)));
            }
        }
        range
    }

    /// Whether a condition is always true or always false in `block`; `None` when it may be both.
    fn decided(&self, condition: Value, block: Block) -> Option<bool> {
        let Some((code, x, y)) = self.comparison(condition) else {
            let range = self.at(condition, block);
            return if range == Range::constant(0) {
                Some(false)
            } else if range.min > 0 || range.max < 0 {
                Some(true)
            } else {
                None
            };
        };
        if self.holds(code, x, y, block) {
            Some(true)
        } else if self.holds(code.complement(), x, y, block) {
            Some(false)
        } else {
            None
        }
    }

    fn holds(&self, code: IntCC, x: Value, y: Value, block: Block) -> bool {
        let (a, b) = (self.at(x, block), self.at(y, block));
        match code {
            IntCC::SignedGreaterThan
            | IntCC::SignedGreaterThanOrEqual
            | IntCC::UnsignedGreaterThan
            | IntCC::UnsignedGreaterThanOrEqual => self.holds(code.swap_args(), y, x, block),
            IntCC::SignedLessThan => a.max < b.min || self.is_less(x, y, block),
            IntCC::SignedLessThanOrEqual => a.max <= b.min || self.is_less(x, y, block),
            IntCC::UnsignedLessThan => {
                a.min >= 0 && b.min >= 0 && (a.max < b.min || self.is_less(x, y, block))
            }
            IntCC::UnsignedLessThanOrEqual => a.min >= 0 && b.min >= 0 && a.max <= b.min,
            IntCC::NotEqual => a.max < b.min || b.max < a.min,
            IntCC::Equal => a == b && a.min == a.max,
        }
    }

    /// Whether `x`, read as a signed number like `y`, is known to be the lesser in `block`.
    pub fn is_less(&self, x: Value, y: Value, block: Block) -> bool {
        self.is_number_less(self.number(x), self.number(y), block, &mut Vec::new())
    }

    fn says_less(&self, fact: &Fact, x: Value, y: Value) -> bool {
        match fact.condition {
            IntCC::SignedLessThan => fact.x == x && fact.y == y,
            IntCC::SignedGreaterThan => fact.x == y && fact.y == x,
            IntCC::UnsignedLessThan => fact.x == x && fact.y == y && self.range(y).min >= 0,
            IntCC::UnsignedGreaterThan => fact.x == y && fact.y == x && self.range(y).min >= 0,
            _ => false,
        }
    }

    fn is_number_less(&self, x: Value, y: Value, block: Block, assumed: &mut Vec<Value>) -> bool {
        if self.known(block).any(|fact| self.says_less(fact, x, y)) || assumed.contains(&x) {
            return true;
        }
        // A loop's variable is less than what the loop does not change, if it is on each way in.
        let ValueDef::Param(header, i) = self.function.dfg.value_def(x) else { return false };
        if assumed.len() >= MAX_INDUCTION || !self.is_defined_before(y, header) {
            return false;
        }
        assumed.push(x);
        let edges = self.graph.predecessors(header);
        let result = !edges.is_empty()
            && edges.iter().all(|edge| {
                let arguments = graph::arguments(self.function, *edge);
                let Some(&argument) = arguments.get(i) else { return false };
                let number = self.number(argument);
                let on_edge = self.edge_fact(*edge);
                on_edge.is_some_and(|fact| self.says_less(&fact, number, y))
                    || self.on_edge(argument, *edge).max < self.on_edge(y, *edge).min
                    || self.is_number_less(number, y, edge.from, assumed)
            });
        assumed.pop();
        result
    }

    /// Whether a value is defined in a block before `block`.
    fn is_defined_before(&self, value: Value, block: Block) -> bool {
        let defined = match self.function.dfg.value_def(value) {
            ValueDef::Result(inst, _) => self.function.layout.inst_block(inst),
            ValueDef::Param(other, _) => Some(other),
            ValueDef::Union(..) => None,
        };
        defined.is_some_and(|other| other != block && self.graph.dominates(other, block))
    }
}
