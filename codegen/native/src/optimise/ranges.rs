//! Between which numbers an integer lies, read as a signed one.

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    types, Function, Inst, InstBuilder, InstructionData, Opcode, Type, Value,
};

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Range {
    pub min: i64,
    pub max: i64,
}

impl Range {
    /// All numbers of a type.
    pub fn of(ty: Type) -> Range {
        match ty {
            types::I8 | types::I16 | types::I32 => {
                let half = 1i64 << (ty.bits() - 1);
                Range { min: -half, max: half - 1 }
            }
            _ => Range { min: i64::MIN, max: i64::MAX },
        }
    }

    pub fn constant(value: i64) -> Range {
        Range { min: value, max: value }
    }

    pub fn is_inside(self, other: Range) -> bool {
        self.min >= other.min && self.max <= other.max
    }

    pub fn union(self, other: Range) -> Range {
        Range { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    /// What is in both. Where nothing is, the place is never reached: either will do.
    pub fn intersect(self, other: Range) -> Range {
        let both = Range { min: self.min.max(other.min), max: self.max.min(other.max) };
        if both.min > both.max {
            self
        } else {
            both
        }
    }

    /// The numbers from `min` to `max`, or all of the type where they may have wrapped around.
    fn wrapped(min: i128, max: i128, ty: Type) -> Range {
        let all = Range::of(ty);
        if min < i128::from(all.min) || max > i128::from(all.max) {
            all
        } else {
            Range { min: min as i64, max: max as i64 }
        }
    }

    /// The sum in a type.
    pub fn plus(self, other: Range, ty: Type) -> Range {
        Range::wrapped(
            i128::from(self.min) + i128::from(other.min),
            i128::from(self.max) + i128::from(other.max),
            ty,
        )
    }

    pub fn minus(self, other: Range, ty: Type) -> Range {
        Range::wrapped(
            i128::from(self.min) - i128::from(other.max),
            i128::from(self.max) - i128::from(other.min),
            ty,
        )
    }

    pub fn times(self, other: Range, ty: Type) -> Range {
        let products = [
            i128::from(self.min) * i128::from(other.min),
            i128::from(self.min) * i128::from(other.max),
            i128::from(self.max) * i128::from(other.min),
            i128::from(self.max) * i128::from(other.max),
        ];
        let (min, max) = (products.iter().min(), products.iter().max());
        Range::wrapped(*min.unwrap_or(&0), *max.unwrap_or(&0), ty)
    }

    /// Whether an operation on these stays within the type: its result is the mathematical one.
    pub fn is_exact(opcode: Opcode, x: Range, y: Range, ty: Type) -> bool {
        let (a, b, c, d) =
            (i128::from(x.min), i128::from(x.max), i128::from(y.min), i128::from(y.max));
        let all = Range::of(ty);
        let fits = |value: i128| value >= i128::from(all.min) && value <= i128::from(all.max);
        match opcode {
            Opcode::Iadd => fits(a + c) && fits(b + d),
            Opcode::Isub => fits(a - d) && fits(b - c),
            Opcode::Imul => fits(a * c) && fits(a * d) && fits(b * c) && fits(b * d),
            _ => false,
        }
    }

    /// What is left where this compares so with a number of `other`.
    pub fn bound(condition: IntCC, other: Range) -> Range {
        let all = Range { min: i64::MIN, max: i64::MAX };
        let is_positive = other.min >= 0;
        match condition {
            IntCC::Equal => other,
            IntCC::SignedLessThan => Range { max: other.max.saturating_sub(1), ..all },
            IntCC::SignedLessThanOrEqual => Range { max: other.max, ..all },
            IntCC::SignedGreaterThan => Range { min: other.min.saturating_add(1), ..all },
            IntCC::SignedGreaterThanOrEqual => Range { min: other.min, ..all },
            IntCC::UnsignedLessThan if is_positive => {
                Range { min: 0, max: other.max.saturating_sub(1).max(0) }
            }
            IntCC::UnsignedLessThanOrEqual if is_positive => Range { min: 0, max: other.max },
            _ => all,
        }
    }
}

/// The number of an `iconst`, read as a signed one.
pub fn constant(function: &Function, value: Value) -> Option<i64> {
    let value = function.dfg.resolve_aliases(value);
    let inst = function.dfg.value_def(value).inst()?;
    match function.dfg.insts[inst] {
        InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => {
            let shift = 64 - function.dfg.value_type(value).bits().min(64);
            Some(imm.bits() << shift >> shift)
        }
        _ => None,
    }
}

/// Makes a constant before `place`.
pub fn make(function: &mut Function, place: Inst, ty: Type, number: i64) -> Value {
    let location = function.srcloc(place);
    let mut at = FuncCursor::new(function).at_inst(place).with_srcloc(location);
    // Cranelift keeps the bits above the type's width clear.
    let mask = if ty.bits() < 64 { (1i64 << ty.bits()) - 1 } else { -1 };
    at.ins().iconst(ty, number & mask)
}

/// The range of an instruction's only result, where `of` gives those of its operands.
pub fn evaluate(function: &Function, inst: Inst, mut of: impl FnMut(Value) -> Range) -> Range {
    let dfg = &function.dfg;
    let result = dfg.first_result(inst);
    let ty = dfg.value_type(result);
    let all = Range::of(ty);
    let opcode = dfg.insts[inst].opcode();
    let args = dfg.inst_args(inst);
    if args.iter().any(|arg| dfg.value_type(*arg).bits() > 64) {
        return all;
    }
    match opcode {
        Opcode::Iconst => constant(function, result).map_or(all, Range::constant),
        Opcode::Iadd => of(args[0]).plus(of(args[1]), ty),
        Opcode::Isub => of(args[0]).minus(of(args[1]), ty),
        Opcode::Imul => of(args[0]).times(of(args[1]), ty),
        Opcode::Ishl | Opcode::Sshr | Opcode::Ushr => match constant(function, args[1]) {
            Some(amount) if amount >= 0 && amount < i64::from(ty.bits()) => {
                shift(opcode, of(args[0]), amount as u32, ty)
            }
            _ if opcode == Opcode::Ushr && of(args[0]).min >= 0 => {
                Range { min: 0, max: of(args[0]).max }
            }
            _ => all,
        },
        Opcode::Band => and(of(args[0]), of(args[1]), all),
        Opcode::Bor | Opcode::Bxor => or(of(args[0]), of(args[1]), all),
        Opcode::Sextend => of(args[0]),
        Opcode::Uextend => {
            let (x, from) = (of(args[0]), dfg.value_type(args[0]));
            let is_narrow = from.bits() < 64;
            match x.min >= 0 {
                true => x,
                false if is_narrow => Range { min: 0, max: (1i64 << from.bits()) - 1 },
                false => all,
            }
        }
        Opcode::Ireduce => {
            let x = of(args[0]);
            if x.is_inside(all) {
                x
            } else {
                all
            }
        }
        Opcode::Select => of(args[1]).union(of(args[2])),
        Opcode::Srem | Opcode::Urem | Opcode::Sdiv | Opcode::Udiv => {
            division(opcode, of(args[0]), of(args[1]), all)
        }
        Opcode::Icmp | Opcode::Fcmp => Range { min: 0, max: 1 },
        Opcode::Uload8 => Range { min: 0, max: 255 },
        Opcode::Sload8 => Range::of(types::I8),
        Opcode::Uload16 => Range { min: 0, max: 65535 },
        Opcode::Sload16 => Range::of(types::I16),
        Opcode::Uload32 => Range { min: 0, max: (1 << 32) - 1 },
        Opcode::Sload32 => Range::of(types::I32),
        Opcode::Popcnt | Opcode::Clz | Opcode::Ctz => Range { min: 0, max: i64::from(ty.bits()) },
        _ => all,
    }
}

fn shift(opcode: Opcode, x: Range, amount: u32, ty: Type) -> Range {
    match opcode {
        Opcode::Ishl if amount < 63 => x.times(Range::constant(1 << amount), ty),
        Opcode::Sshr => Range { min: x.min >> amount, max: x.max >> amount },
        Opcode::Ushr if x.min >= 0 => Range { min: x.min >> amount, max: x.max >> amount },
        Opcode::Ushr if amount > 0 => {
            Range { min: 0, max: (u64::MAX >> (64 - ty.bits()) >> amount) as i64 }
        }
        _ => Range::of(ty),
    }
}

fn and(x: Range, y: Range, all: Range) -> Range {
    match (x.min >= 0, y.min >= 0) {
        (true, true) => Range { min: 0, max: x.max.min(y.max) },
        (true, false) => Range { min: 0, max: x.max },
        (false, true) => Range { min: 0, max: y.max },
        (false, false) => all,
    }
}

/// No bit above the highest of both.
fn or(x: Range, y: Range, all: Range) -> Range {
    if x.min < 0 || y.min < 0 {
        return all;
    }
    let bits = 64 - (x.max | y.max).leading_zeros();
    Range { min: 0, max: if bits >= 63 { i64::MAX } else { (1 << bits) - 1 } }.intersect(all)
}

fn division(opcode: Opcode, x: Range, y: Range, all: Range) -> Range {
    if y.min <= 0 {
        return all;
    }
    match opcode {
        Opcode::Srem => {
            let most = y.max - 1;
            Range {
                min: if x.min >= 0 { 0 } else { (-most).max(x.min) },
                max: if x.max <= 0 { 0 } else { most.min(x.max) },
            }
        }
        Opcode::Sdiv => {
            let ends = [x.min / y.min, x.min / y.max, x.max / y.min, x.max / y.max];
            let (mut min, mut max) = (ends[0], ends[0]);
            for end in ends {
                min = min.min(end);
                max = max.max(end);
            }
            Range { min, max }
        }
        Opcode::Urem if x.min >= 0 => Range { min: 0, max: (y.max - 1).min(x.max) },
        Opcode::Udiv if x.min >= 0 => Range { min: x.min / y.max, max: x.max / y.min },
        _ => all,
    }
}
