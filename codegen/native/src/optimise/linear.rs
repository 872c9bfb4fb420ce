//! Sums of numbers times constants, which is what addresses are.

use cranelift_codegen::cursor::FuncCursor;
use cranelift_codegen::ir::{
    types, Function, InstBuilder, InstructionData, Opcode, Value, ValueDef,
};

use super::facts::Numbers;
use super::graph::Graph;
use super::ranges::{self, Range};

const MAX_TERMS: usize = 5;
const MAX_DEPTH: usize = 8;

/// `constant + value * factor + ...`, modulo 2^64. A value of 32 bits counts sign-extended.
#[derive(Clone, Default, PartialEq)]
pub struct Linear {
    pub constant: i64,
    /// Sorted by value, no factor is 0.
    pub terms: Vec<(Value, i64)>,
}

impl Linear {
    fn constant(constant: i64) -> Linear {
        Linear { constant, terms: Vec::new() }
    }

    /// Adds a value so many times; `None` when the sum gets too long.
    pub fn add_term(&mut self, value: Value, factor: i64) -> Option<()> {
        match self.terms.binary_search_by_key(&value, |term| term.0) {
            Ok(at) => {
                self.terms[at].1 = self.terms[at].1.wrapping_add(factor);
                if self.terms[at].1 == 0 {
                    self.terms.remove(at);
                }
            }
            Err(_) if self.terms.len() == MAX_TERMS => return None,
            Err(at) => self.terms.insert(at, (value, factor)),
        }
        Some(())
    }

    /// Adds another so many times.
    pub fn add(&mut self, other: &Linear, factor: i64) -> Option<()> {
        self.constant = self.constant.wrapping_add(other.constant.wrapping_mul(factor));
        for &(value, times) in &other.terms {
            let times = times.wrapping_mul(factor);
            if times != 0 {
                self.add_term(value, times)?;
            }
        }
        Some(())
    }

    /// Takes a value out; returns its factor.
    pub fn remove(&mut self, value: Value) -> i64 {
        match self.terms.binary_search_by_key(&value, |term| term.0) {
            Ok(at) => self.terms.remove(at).1,
            Err(_) => 0,
        }
    }

    /// Puts a value in another's place.
    pub fn replace(&mut self, old: Value, new: Value) {
        let factor = self.remove(old);
        if factor != 0 {
            // There is room: one term has just gone.
            let _ = self.add_term(new, factor);
        }
    }

    pub fn is_zero(&self) -> bool {
        self.constant == 0 && self.terms.is_empty()
    }

    pub fn as_constant(&self) -> Option<i64> {
        self.terms.is_empty().then_some(self.constant)
    }

    /// Computes it.
    pub fn emit(&self, at: &mut FuncCursor) -> Value {
        let mut sum: Option<Value> = None;
        let mut terms = self.terms.clone();
        terms.sort_by_key(|(_, factor)| *factor != 1);
        for (value, factor) in terms {
            let value = wide(at, value);
            let (minus, times) = (factor < 0 && sum.is_some(), factor);
            let times = if minus { times.wrapping_neg() } else { times };
            let product = multiply(at, value, times);
            sum = Some(match sum {
                None => product,
                Some(sum) if minus => at.ins().isub(sum, product),
                Some(sum) => at.ins().iadd(sum, product),
            });
        }
        match sum {
            None => at.ins().iconst(types::I64, self.constant),
            Some(sum) if self.constant == 0 => sum,
            Some(sum) => {
                let constant = at.ins().iconst(types::I64, self.constant);
                at.ins().iadd(sum, constant)
            }
        }
    }
}

fn wide(at: &mut FuncCursor, value: Value) -> Value {
    if at.func.dfg.value_type(value) == types::I64 {
        return value;
    }
    at.ins().sextend(types::I64, value)
}

fn multiply(at: &mut FuncCursor, value: Value, factor: i64) -> Value {
    if factor == 1 {
        return value;
    }
    if factor > 0 && factor.count_ones() == 1 {
        let amount = at.ins().iconst(types::I64, i64::from(factor.trailing_zeros()));
        return at.ins().ishl(value, amount);
    }
    let factor = at.ins().iconst(types::I64, factor);
    at.ins().imul(value, factor)
}

/// Reads values as sums, as a loop sees them: what it does not compute itself stays one value.
pub struct Scope<'a> {
    function: &'a Function,
    graph: &'a Graph,
    numbers: &'a Numbers,
    /// The loop; where there is none, values are taken apart wherever they are computed.
    number: Option<usize>,
}

impl<'a> Scope<'a> {
    pub fn new(
        function: &'a Function,
        graph: &'a Graph,
        numbers: &'a Numbers,
        number: usize,
    ) -> Scope<'a> {
        Scope { function, graph, numbers, number: Some(number) }
    }

    pub fn everywhere(function: &'a Function, graph: &'a Graph, numbers: &'a Numbers) -> Scope<'a> {
        Scope { function, graph, numbers, number: None }
    }

    /// Whether a value is computed before the loop.
    pub fn is_outside(&self, value: Value) -> bool {
        let Some(number) = self.number else { return false };
        let block = match self.function.dfg.value_def(value) {
            ValueDef::Result(inst, _) => self.function.layout.inst_block(inst),
            ValueDef::Param(block, _) => Some(block),
            ValueDef::Union(..) => None,
        };
        block.is_some_and(|block| !self.graph.is_inside(block, number))
    }

    /// Whether it is the same in all rounds.
    pub fn is_fixed(&self, linear: &Linear) -> bool {
        linear.terms.iter().all(|(value, _)| self.is_outside(*value))
    }

    /// A value as a sum.
    pub fn of(&self, value: Value) -> Option<Linear> {
        let mut sum = Linear::default();
        self.expand(value, 1, &mut sum, 0)?;
        Some(sum)
    }

    /// Adds `value * factor` to `sum`. Numbers of 32 bits are taken apart where nothing wraps.
    fn expand(&self, value: Value, factor: i64, sum: &mut Linear, depth: usize) -> Option<()> {
        let value = self.numbers.number(self.function, value);
        let dfg = &self.function.dfg;
        if let Some(constant) = ranges::constant(self.function, value) {
            return sum.add(&Linear::constant(constant), factor);
        }
        let ty = dfg.value_type(value);
        if ty != types::I64 && ty != types::I32 {
            return None;
        }
        let ValueDef::Result(inst, 0) = dfg.value_def(value) else {
            return sum.add_term(value, factor);
        };
        if depth > MAX_DEPTH || self.is_outside(value) {
            return sum.add_term(value, factor);
        }
        let InstructionData::Binary { opcode, args: [x, y] } = dfg.insts[inst] else {
            return sum.add_term(value, factor);
        };
        let constant = ranges::constant(self.function, y);
        let (range_x, range_y) =
            (self.numbers.range(self.function, x), self.numbers.range(self.function, y));
        let is_exact =
            |opcode, y: Range| ty == types::I64 || Range::is_exact(opcode, range_x, y, ty);
        match (opcode, constant) {
            (Opcode::Iadd, _) if is_exact(Opcode::Iadd, range_y) => {
                self.expand(x, factor, sum, depth + 1)?;
                self.expand(y, factor, sum, depth + 1)
            }
            (Opcode::Isub, _) if is_exact(Opcode::Isub, range_y) => {
                self.expand(x, factor, sum, depth + 1)?;
                self.expand(y, factor.wrapping_neg(), sum, depth + 1)
            }
            (Opcode::Imul, Some(times)) if is_exact(Opcode::Imul, range_y) => {
                self.expand(x, factor.wrapping_mul(times), sum, depth + 1)
            }
            (Opcode::Ishl, Some(amount @ 0..=30))
                if is_exact(Opcode::Imul, Range::constant(1 << amount)) =>
            {
                self.expand(x, factor.wrapping_mul(1 << amount), sum, depth + 1)
            }
            _ => sum.add_term(value, factor),
        }
    }
}
