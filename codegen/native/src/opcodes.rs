//! This project's own numbers of opcodes, types and conditions, and Cranelift's of them.

use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{types, AtomicRmwOp, Opcode, Type};
use cranelift_codegen::isa::CallConv;
use std::sync::OnceLock;

use crate::answer::Answer;

/// CLIF names by number, from 1: the order of `k23.codegen.cranelift.Opcode`. Only ever appended
/// to.
const NAMES: [&str; OPCODE_COUNT] = [
    "iconst",
    "f32const",
    "f64const",
    "iadd",
    "isub",
    "imul",
    "umulhi",
    "smulhi",
    "udiv",
    "sdiv",
    "urem",
    "srem",
    "ineg",
    "iabs",
    "smin",
    "smax",
    "umin",
    "umax",
    "band",
    "bor",
    "bxor",
    "bnot",
    "band_not",
    "bor_not",
    "bxor_not",
    "ishl",
    "ushr",
    "sshr",
    "rotl",
    "rotr",
    "clz",
    "cls",
    "ctz",
    "popcnt",
    "bitrev",
    "bswap",
    "bitselect",
    "iadd_imm",
    "imul_imm",
    "udiv_imm",
    "sdiv_imm",
    "urem_imm",
    "srem_imm",
    "band_imm",
    "bor_imm",
    "bxor_imm",
    "ishl_imm",
    "ushr_imm",
    "sshr_imm",
    "rotl_imm",
    "rotr_imm",
    "icmp_imm",
    "icmp",
    "select",
    "select_spectre_guard",
    "fcmp",
    "uextend",
    "sextend",
    "ireduce",
    "iconcat",
    "isplit",
    "bitcast",
    "fadd",
    "fsub",
    "fmul",
    "fdiv",
    "sqrt",
    "fma",
    "fneg",
    "fabs",
    "fcopysign",
    "fmin",
    "fmax",
    "ceil",
    "floor",
    "trunc",
    "nearest",
    "fpromote",
    "fdemote",
    "fcvt_to_uint",
    "fcvt_to_sint",
    "fcvt_to_uint_sat",
    "fcvt_to_sint_sat",
    "fcvt_from_uint",
    "fcvt_from_sint",
    "load",
    "store",
    "uload8",
    "sload8",
    "istore8",
    "uload16",
    "sload16",
    "istore16",
    "uload32",
    "sload32",
    "istore32",
    "stack_load",
    "stack_store",
    "stack_addr",
    "symbol_value",
    "func_addr",
    "atomic_rmw",
    "atomic_cas",
    "atomic_load",
    "atomic_store",
    "fence",
    "jump",
    "brif",
    "br_table",
    "trap",
    "trapz",
    "trapnz",
    "uadd_overflow_trap",
    "call",
    "call_indirect",
    "return",
    "return_call",
    "return_call_indirect",
    "get_frame_pointer",
    "get_stack_pointer",
    "get_return_address",
    "nop",
];
const OPCODE_COUNT: usize = 122;

/// The opcode of a number from 1 to 255.
pub fn opcode(number: u32) -> Answer<Opcode> {
    static TABLE: OnceLock<Vec<Option<Opcode>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| NAMES.iter().map(|name| name.parse().ok()).collect());
    match table.get((number as usize).wrapping_sub(1)) {
        Some(Some(opcode)) => Ok(*opcode),
        Some(None) => {
            let name = NAMES[number as usize - 1];
            Err(format!("this Cranelift does not have the instruction {name}"))
        }
        None => Err(format!("unknown opcode {number}")),
    }
}

/// The opcodes that Cranelift does not know, for `k23_describe`.
pub fn unknown_opcodes() -> impl Iterator<Item = &'static str> {
    NAMES.iter().copied().filter(|name| name.parse::<Opcode>().is_err())
}

const TYPES: [Type; 8] = [
    types::INVALID,
    types::I8,
    types::I16,
    types::I32,
    types::I64,
    types::I128,
    types::F32,
    types::F64,
];

/// A type, or `INVALID` for code 0.
pub fn optional_type(code: u32) -> Answer<Type> {
    TYPES.get(code as usize).copied().ok_or_else(|| format!("unknown type {code}"))
}

/// A type that is one.
pub fn value_type(code: u32) -> Answer<Type> {
    match optional_type(code)? {
        types::INVALID => Err("a type is missing".to_string()),
        valid => Ok(valid),
    }
}

pub fn call_convention(code: u32) -> Answer<CallConv> {
    match code {
        0 => Ok(CallConv::SystemV),
        1 => Ok(CallConv::Fast),
        2 => Ok(CallConv::Tail),
        _ => Err(format!("unknown call convention {code}")),
    }
}

pub fn int_condition(code: u32) -> Answer<IntCC> {
    use IntCC::*;
    const ALL: [IntCC; 10] = [
        Equal,
        NotEqual,
        SignedLessThan,
        SignedGreaterThanOrEqual,
        SignedGreaterThan,
        SignedLessThanOrEqual,
        UnsignedLessThan,
        UnsignedGreaterThanOrEqual,
        UnsignedGreaterThan,
        UnsignedLessThanOrEqual,
    ];
    ALL.get(code as usize).copied().ok_or_else(|| format!("unknown integer condition {code}"))
}

pub fn float_condition(code: u32) -> Answer<FloatCC> {
    use FloatCC::*;
    const ALL: [FloatCC; 14] = [
        Ordered,
        Unordered,
        Equal,
        NotEqual,
        OrderedNotEqual,
        UnorderedOrEqual,
        LessThan,
        LessThanOrEqual,
        GreaterThan,
        GreaterThanOrEqual,
        UnorderedOrLessThan,
        UnorderedOrLessThanOrEqual,
        UnorderedOrGreaterThan,
        UnorderedOrGreaterThanOrEqual,
    ];
    ALL.get(code as usize).copied().ok_or_else(|| format!("unknown float condition {code}"))
}

pub fn atomic_operation(code: u32) -> Answer<AtomicRmwOp> {
    use AtomicRmwOp::*;
    const ALL: [AtomicRmwOp; 11] = [Add, Sub, And, Nand, Or, Xor, Xchg, Umin, Umax, Smin, Smax];
    ALL.get(code as usize).copied().ok_or_else(|| format!("unknown atomic operation {code}"))
}
