//! Numbers of 32 bits that are known as numbers of 64 bits, too: no extension is needed where the
//! wide one is at hand, nor for comparing two of them.

use cranelift_codegen::ir::{types, Function, Inst, InstBuilder, InstructionData, Opcode, Value};

use super::facts::Numbers;
use super::graph::Graph;
use super::ranges::{self, Range};

/// What is to become of an instruction.
enum Step {
    /// Its result is that of another.
    Same(Value),
    /// It compares wide numbers.
    Compare(Wide, Wide),
    /// It multiplies wide numbers.
    Multiply(Wide, Wide),
    /// It can be but one number.
    Constant(i64),
    /// It takes the low bits of a number.
    Mask(Value, i64),
}

/// A number as one of 64 bits.
enum Wide {
    Value(Value),
    Constant(i64),
}

/// The changes, decided on the function as `Numbers` knows it.
pub struct Steps(Vec<(Inst, Step)>);

impl Steps {
    pub fn find(function: &Function, graph: &Graph, numbers: &Numbers) -> Steps {
        let mut steps = Vec::new();
        for &block in &graph.order {
            for inst in function.layout.block_insts(block) {
                if let Some(step) = step(function, numbers, inst) {
                    steps.push((inst, step));
                }
            }
        }
        Steps(steps)
    }

    pub fn apply(self, function: &mut Function) {
        for (inst, step) in self.0 {
            match step {
                Step::Same(value) => {
                    let old = function.dfg.first_result(inst);
                    function.dfg.clear_results(inst);
                    function.dfg.change_to_alias(old, value);
                    function.layout.remove_inst(inst);
                }
                Step::Compare(x, y) => {
                    let InstructionData::IntCompare { cond, .. } = function.dfg.insts[inst] else {
                        continue;
                    };
                    let (x, y) = (make(function, inst, x), make(function, inst, y));
                    function.dfg.replace(inst).icmp(cond, x, y);
                }
                Step::Constant(number) => {
                    let ty = function.dfg.value_type(function.dfg.first_result(inst));
                    let made = ranges::make(function, inst, ty, number);
                    let old = function.dfg.first_result(inst);
                    function.dfg.clear_results(inst);
                    function.dfg.change_to_alias(old, made);
                    function.layout.remove_inst(inst);
                }
                Step::Mask(value, mask) => {
                    let ty = function.dfg.value_type(value);
                    let mask = ranges::make(function, inst, ty, mask);
                    function.dfg.replace(inst).band(value, mask);
                }
                Step::Multiply(x, y) => {
                    let (x, y) = (make(function, inst, x), make(function, inst, y));
                    function.dfg.replace(inst).imul(x, y);
                }
            }
        }
        function.dfg.resolve_all_aliases();
    }
}

fn make(function: &mut Function, place: Inst, number: Wide) -> Value {
    match number {
        Wide::Value(value) => value,
        Wide::Constant(constant) => ranges::make(function, place, types::I64, constant),
    }
}

fn step(function: &Function, numbers: &Numbers, inst: Inst) -> Option<Step> {
    let dfg = &function.dfg;
    if let Some(number) = only(function, numbers, inst) {
        return Some(Step::Constant(number));
    }
    match dfg.insts[inst] {
        InstructionData::Binary { opcode: Opcode::Iadd, args: [x, y] }
            if numbers.range(function, y) == Range::constant(0) =>
        {
            Some(Step::Same(dfg.resolve_aliases(x)))
        }
        InstructionData::Binary { opcode: Opcode::Isub, args: [x, y] } => {
            remainder(function, numbers, x, y)
        }
        InstructionData::Unary { opcode: Opcode::Sextend | Opcode::Uextend, arg } => {
            let result = dfg.first_result(inst);
            if dfg.value_type(result) != types::I64 {
                return None;
            }
            let number = numbers.number(function, result);
            if number != result && dfg.value_type(number) == types::I64 {
                return Some(Step::Same(number));
            }
            product(function, numbers, arg)
        }
        // Extending keeps the order, that of the numbers read without a sign included.
        InstructionData::IntCompare { args: [x, y], .. } if dfg.value_type(x) == types::I32 => {
            let (a, b) = (wide(function, numbers, x)?, wide(function, numbers, y)?);
            match (&a, &b) {
                (Wide::Constant(_), Wide::Constant(_)) => None,
                _ => Some(Step::Compare(a, b)),
            }
        }
        _ => None,
    }
}

/// The only number that an instruction can give.
fn only(function: &Function, numbers: &Numbers, inst: Inst) -> Option<i64> {
    let InstructionData::Binary { opcode: Opcode::Sshr | Opcode::Ushr, .. } =
        function.dfg.insts[inst]
    else {
        return None;
    };
    let range = numbers.range(function, function.dfg.first_result(inst));
    (range.min == range.max).then_some(range.min)
}

/// `x - (x & -64)` is `x & 63`: what Cranelift makes of a remainder, once nothing is added for
/// negative numbers.
fn remainder(function: &Function, numbers: &Numbers, x: Value, y: Value) -> Option<Step> {
    let dfg = &function.dfg;
    let x = dfg.resolve_aliases(x);
    let inst = dfg.value_def(dfg.resolve_aliases(y)).inst()?;
    let InstructionData::Binary { opcode: Opcode::Band, args: [z, mask] } = dfg.insts[inst] else {
        return None;
    };
    let mask = ranges::constant(function, mask)?;
    let mut z = dfg.resolve_aliases(z);
    if let Some(sum) = dfg.value_def(z).inst() {
        if let InstructionData::Binary { opcode: Opcode::Iadd, args: [a, b] } = dfg.insts[sum] {
            if numbers.range(function, b) == Range::constant(0) {
                z = dfg.resolve_aliases(a);
            }
        }
    }
    (z == x).then_some(Step::Mask(x, !mask))
}

/// An extended product that does not wrap around: Cranelift would extend it once more.
fn product(function: &Function, numbers: &Numbers, arg: Value) -> Option<Step> {
    let dfg = &function.dfg;
    let inst = dfg.value_def(dfg.resolve_aliases(arg)).inst()?;
    let InstructionData::Binary { opcode: Opcode::Imul, args: [x, y] } = dfg.insts[inst] else {
        return None;
    };
    let (range_x, range_y) = (numbers.range(function, x), numbers.range(function, y));
    if dfg.value_type(x) != types::I32
        || !Range::is_exact(Opcode::Imul, range_x, range_y, types::I32)
    {
        return None;
    }
    Some(Step::Multiply(wide(function, numbers, x)?, wide(function, numbers, y)?))
}

fn wide(function: &Function, numbers: &Numbers, value: Value) -> Option<Wide> {
    if let Some(constant) = ranges::constant(function, value) {
        return Some(Wide::Constant(constant));
    }
    let number = numbers.number(function, value);
    (function.dfg.value_type(number) == types::I64).then_some(Wide::Value(number))
}
