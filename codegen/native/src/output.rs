//! Writes what came of a function as words, in the byte order of the machine that runs this
//! library: the header's `k23_compile` tells which.

use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::ir::{types, ExternalName, Function, SourceLoc};
use cranelift_codegen::{
    CompiledCode, FinalizedMachReloc, FinalizedRelocTarget, LabelValueLoc, Reg,
};

use crate::answer::Answer;

/// Bytes of a frame record: the caller's `s0` and the return address.
const FRAME_RECORD_BYTES: u32 = 16;
const ARGUMENT_REGISTERS: u32 = 8;

fn word(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_ne_bytes());
}

pub fn write(
    out: &mut Vec<u8>,
    code: &CompiledCode,
    function: &Function,
    function_alignment: u32,
) -> Answer<()> {
    let buffer = &code.buffer;
    let ranges = source_ranges(code);
    word(out, buffer.alignment.max(function_alignment));
    word(out, code.frame_size + FRAME_RECORD_BYTES + stack_argument_bytes(function));
    let labels = label_ranges(code)?;
    let (relocs, traps) = (buffer.relocs().len(), buffer.traps().len());
    for count in [buffer.data().len(), relocs, traps, ranges.len(), labels.len()] {
        word(out, u32::try_from(count).map_err(|_| "the function's code is too large")?);
    }
    out.extend_from_slice(buffer.data());
    out.resize(out.len().next_multiple_of(4), 0);
    let mut relocs: Vec<&FinalizedMachReloc> = buffer.relocs().iter().collect();
    relocs.sort_by_key(|reloc| reloc.offset);
    for reloc in relocs {
        relocation(out, reloc, function)?;
    }
    let mut traps: Vec<_> = buffer.traps().iter().collect();
    traps.sort_by_key(|trap| trap.offset);
    for trap in traps {
        word(out, trap.offset);
        word(out, u32::from(trap.code.as_raw().get()));
    }
    for (start, end, location) in ranges {
        word(out, start);
        word(out, end);
        word(out, location.bits());
    }
    for value in labels.iter().flatten() {
        word(out, *value);
    }
    Ok(())
}

/// Label, start, end, whether in the frame, and where: sorted, for Cranelift keeps a hash map.
fn label_ranges(code: &CompiledCode) -> Answer<Vec<[u32; 5]>> {
    let mut ranges = Vec::new();
    for (label, places) in &code.value_labels_ranges {
        for place in places {
            let (in_frame, at) = match place.loc {
                LabelValueLoc::Reg(register) => (0, dwarf_register(register)?),
                LabelValueLoc::CFAOffset(offset) => {
                    (1, i32::try_from(offset).map_err(|e| e.to_string())? as u32)
                }
            };
            if place.start < place.end {
                ranges.push([label.as_u32(), place.start, place.end, in_frame, at]);
            }
        }
    }
    ranges.sort_unstable();
    Ok(ranges)
}

/// The psABI's numbers: 0 to 31 integers, 32 to 63 floats.
fn dwarf_register(register: Reg) -> Answer<u32> {
    let real = register.to_real_reg().ok_or("a label is in no machine register")?;
    // regalloc2's register classes, which Cranelift does not name.
    match real.class() as u8 {
        0 => Ok(u32::from(real.hw_enc())),
        1 => Ok(u32::from(real.hw_enc()) + 32),
        class => Err(format!("a label is in a register of class {class}")),
    }
}

fn relocation(out: &mut Vec<u8>, reloc: &FinalizedMachReloc, function: &Function) -> Answer<()> {
    let kind = match reloc.kind {
        Reloc::RiscvCallPlt => 0,
        Reloc::RiscvGotHi20 => 1,
        Reloc::RiscvPCRelLo12I => 2,
        Reloc::Abs8 => 3,
        other => return Err(format!("relocation {other:?} is not supported")),
    };
    let (is_label, target) = match &reloc.target {
        FinalizedRelocTarget::Func(offset) => (1, *offset),
        FinalizedRelocTarget::ExternalName(ExternalName::User(name)) => {
            (0, function.params.user_named_funcs()[*name].index)
        }
        FinalizedRelocTarget::ExternalName(name) => {
            let name = name.display(Some(&function.params));
            return Err(format!("the function needs {name}, which no one provides"));
        }
    };
    for value in [reloc.offset, kind, is_label, target] {
        word(out, value);
    }
    out.extend_from_slice(&reloc.addend.to_ne_bytes());
    Ok(())
}

/// Neighbours from one location joined, code without a location left out.
fn source_ranges(code: &CompiledCode) -> Vec<(u32, u32, SourceLoc)> {
    let mut ranges: Vec<(u32, u32, SourceLoc)> = Vec::new();
    for range in code.buffer.get_srclocs_sorted() {
        if range.loc.is_default() || range.start == range.end {
            continue;
        }
        match ranges.last_mut() {
            Some((_, end, location)) if *end == range.start && *location == range.loc => {
                *end = range.end;
            }
            _ => ranges.push((range.start, range.end, range.loc)),
        }
    }
    ranges
}

/// An upper bound on what calls put on the stack, which Cranelift does not count as frame.
fn stack_argument_bytes(function: &Function) -> u32 {
    let of_signature = |s: &cranelift_codegen::ir::Signature| {
        let (mut integers, mut floats) = (0u32, 0u32);
        for parameter in &s.params {
            match parameter.value_type {
                types::F32 | types::F64 => floats += 1,
                types::I128 => integers += 2,
                _ => integers += 1,
            }
        }
        let spilled =
            integers.saturating_sub(ARGUMENT_REGISTERS) + floats.saturating_sub(ARGUMENT_REGISTERS);
        (spilled * 8).next_multiple_of(16)
    };
    function.dfg.signatures.values().map(of_signature).max().unwrap_or(0)
}
