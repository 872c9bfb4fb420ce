//! Builds CLIF from a function description; `k23.codegen.cranelift.FunctionDescription` defines it.

use cranelift_codegen::ir::immediates::{Ieee32, Ieee64, Imm64, Offset32};
use cranelift_codegen::ir::instructions::InstructionFormat;
#[cfg(new_cranelift)]
use cranelift_codegen::ir::BlockArg;
use cranelift_codegen::ir::{
    types, AbiParam, AliasRegion, Block, BlockCall, ExtFuncData, ExternalName, FuncRef, Function,
    GlobalValue, GlobalValueData, InstBuilderBase, InstructionData, JumpTableData, MemFlags,
    Opcode, SigRef, Signature, SourceLoc, StackSlot, StackSlotData, StackSlotKind, TrapCode, Type,
    UserExternalName, UserExternalNameRef, UserFuncName, Value, ValueLabel, ValueList,
};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext, Variable};
use std::num::NonZeroU8;

use crate::answer::Answer;
use crate::opcodes;
use crate::optimise::Promises;
use crate::reader::Reader;

const MAGIC: u32 = 0x4633_324b;
pub const VERSION: u32 = 1;
/// Cranelift packs indices into 24 bits unchecked; a function that comes near is refused.
const MAX_ENTITIES: usize = 1 << 20;
/// The stack slots of one function together: far offsets stay within 32 bits.
const MAX_STACK_BYTES: u64 = 1 << 28;
/// Of integers, and again of floats.
const RESULT_REGISTERS: u32 = 2;
/// Of a load's flags: what it loads is not negative and never changes.
const LENGTH: u32 = 1 << 6;
/// Bits of a type's code and of a parameter's extension in a signature.
const TYPE_MASK: u32 = 0xff;

/// What the description's numbers stand for. Kept between functions for its memory.
#[derive(Default)]
pub struct Tables {
    values: Vec<Value>,
    blocks: Vec<Block>,
    signatures: Vec<SigRef>,
    functions: Vec<FuncRef>,
    symbols: Vec<GlobalValue>,
    stack_slots: Vec<StackSlot>,
    stack_bytes: u64,
    variables: Vec<Variable>,
    names: Vec<UserExternalNameRef>,
    arguments: Vec<Value>,
    promises: Promises,
}

impl Tables {
    /// What the description promises of values.
    pub fn promises(&mut self) -> &mut Promises {
        &mut self.promises
    }

    fn clear(&mut self) {
        self.values.clear();
        self.blocks.clear();
        self.signatures.clear();
        self.functions.clear();
        self.symbols.clear();
        self.stack_slots.clear();
        self.stack_bytes = 0;
        self.variables.clear();
        self.names.clear();
        self.promises.lengths.clear();
        self.promises.ints.clear();
    }
}

#[inline]
fn get<T: Copy>(table: &[T], index: u32, what: &str) -> Answer<T> {
    table.get(index as usize).copied().ok_or_else(|| format!("{what} {index} is not defined"))
}

/// Builds the function into `function`, which is empty.
pub fn decode(
    words: &[u32],
    tables: &mut Tables,
    function: &mut Function,
    context: &mut FunctionBuilderContext,
) -> Answer<()> {
    let mut reader = Reader::new(words);
    if reader.word()? != MAGIC {
        return Err("this is no function description".to_string());
    }
    match reader.word()? {
        VERSION => {}
        other => return Err(format!("version {other} of the description is not {VERSION}")),
    }
    if reader.word()? as usize != words.len() {
        return Err("the description has been cut".to_string());
    }
    let values = reader.word()? as usize;
    refuse_excess(values, "values")?;
    tables.clear();
    function.name = UserFuncName::user(0, 0);
    function.signature = signature(&mut reader)?;
    let mut decoder = Decoder { reader, tables, builder: FunctionBuilder::new(function, context) };
    while decoder.operation()? {}
    if decoder.reader.position() != words.len() || decoder.tables.values.len() != values {
        return Err("the description's header does not fit its content".to_string());
    }
    let Decoder { mut builder, .. } = decoder;
    builder.seal_all_blocks();
    builder.finalize();
    refuse_excess(function.dfg.num_values(), "values in SSA form")?;
    refuse_excess(function.dfg.num_insts(), "instructions")?;
    refuse_excess(function.dfg.num_blocks(), "blocks")
}

fn refuse_excess(count: usize, what: &str) -> Answer<()> {
    if count > MAX_ENTITIES {
        return Err(format!("the function has {count} {what}; the limit is {MAX_ENTITIES}"));
    }
    Ok(())
}

fn signature(reader: &mut Reader) -> Answer<Signature> {
    let mut signature = Signature::new(opcodes::call_convention(reader.word()?)?);
    let (mut integers, mut floats) = (0, 0);
    for is_result in [false, true] {
        for _ in 0..reader.count()? {
            let word = reader.word()?;
            let mut parameter = AbiParam::new(opcodes::value_type(word & TYPE_MASK)?);
            parameter = match word >> 8 {
                0 => parameter,
                1 => parameter.uext(),
                2 => parameter.sext(),
                other => return Err(format!("unknown extension {other}")),
            };
            if is_result {
                count_result(parameter.value_type, &mut integers, &mut floats)?;
                signature.returns.push(parameter);
            } else {
                signature.params.push(parameter);
            }
        }
    }
    Ok(signature)
}

/// Refuses what has no result register: some versions would pass a pointer instead, unasked.
fn count_result(ty: Type, integers: &mut u32, floats: &mut u32) -> Answer<()> {
    match ty {
        types::F32 | types::F64 => *floats += 1,
        types::I128 => *integers += 2,
        _ => *integers += 1,
    }
    if *integers > RESULT_REGISTERS || *floats > RESULT_REGISTERS {
        return Err("a signature has more than two integer or two float results".to_string());
    }
    Ok(())
}

fn trap_code(code: u32) -> Answer<TrapCode> {
    let code = u8::try_from(code).ok().and_then(NonZeroU8::new);
    code.map(TrapCode::from_raw).ok_or_else(|| "a trap code is not in 1..255".to_string())
}

/// The bits of `k23.codegen.cranelift.MemoryFlags`.
fn memory_flags(bits: u32) -> Answer<MemFlags> {
    let mut flags = MemFlags::new();
    if bits & 1 != 0 {
        flags.set_notrap();
    }
    if bits & 2 != 0 {
        flags.set_aligned();
    }
    if bits & 4 != 0 {
        flags.set_readonly();
    }
    #[cfg(new_cranelift)]
    if bits & 8 != 0 {
        flags.set_can_move();
    }
    flags.set_alias_region(match bits >> 4 & 3 {
        0 => None,
        1 => Some(AliasRegion::Heap),
        2 => Some(AliasRegion::Table),
        _ => Some(AliasRegion::Vmctx),
    });
    match bits >> 8 & 255 {
        0 => Ok(flags),
        code => Ok(flags.with_trap_code(Some(trap_code(code)?))),
    }
}

struct Decoder<'a> {
    reader: Reader<'a>,
    tables: &'a mut Tables,
    builder: FunctionBuilder<'a>,
}

impl Decoder<'_> {
    /// Reads one operation; false after the last.
    fn operation(&mut self) -> Answer<bool> {
        let word = self.reader.word()?;
        match (word & 255, word >> 8 & 255) {
            (0, 0) => return Ok(false),
            (0, directive) => self.directive(directive, word >> 16)?,
            (number, type_code) => {
                let opcode = opcodes::opcode(number)?;
                let controlling = opcodes::optional_type(type_code)?;
                let data = self.instruction(opcode, controlling, word >> 16)?;
                self.insert(data, controlling)?;
                if opcode.format() == InstructionFormat::Load && word >> 16 & LENGTH != 0 {
                    let loaded = self.tables.values.last().ok_or("a load has a result")?;
                    self.tables.promises.lengths.insert(*loaded);
                }
            }
        }
        Ok(true)
    }

    /// The numbers are those of `FunctionDescription.Directive`.
    fn directive(&mut self, number: u32, extra: u32) -> Answer<()> {
        match number {
            1 => {
                let signature = signature(&mut self.reader)?;
                self.tables.signatures.push(self.builder.import_signature(signature));
            }
            2 => self.function()?,
            3 => self.symbol()?,
            4 => self.stack_slot(extra)?,
            5 => self.tables.blocks.push(self.builder.create_block()),
            6 => {
                let (block, ty) = (self.block()?, opcodes::value_type(extra)?);
                self.tables.values.push(self.builder.append_block_param(block, ty));
            }
            7 => {
                let block = self.block()?;
                self.builder.append_block_params_for_function_params(block);
                self.tables.values.extend_from_slice(self.builder.block_params(block));
            }
            8 => {
                let block = self.block()?;
                self.builder.switch_to_block(block);
            }
            9 => {
                let block = self.block()?;
                self.builder.seal_block(block);
            }
            10 => {
                let block = self.block()?;
                self.builder.set_cold_block(block);
            }
            11 => self.variable(opcodes::value_type(extra)?),
            12 => {
                let (variable, value) = (self.declared_variable()?, self.value()?);
                self.builder.try_def_var(variable, value).map_err(|e| e.to_string())?;
            }
            13 => {
                let variable = self.declared_variable()?;
                let value = self.builder.try_use_var(variable).map_err(|e| e.to_string())?;
                self.tables.values.push(value);
            }
            14 => {
                let location = SourceLoc::new(self.reader.word()?);
                self.builder.set_srcloc(location);
            }
            15 => {
                let (value, label) = (self.value()?, self.reader.word()?);
                self.builder.func.collect_debug_info();
                // The greatest number means no label to Cranelift.
                if label == u32::MAX {
                    return Err(format!("label {label} is out of range"));
                }
                self.builder.set_val_label(value, ValueLabel::from_u32(label));
            }
            16 => {
                let value = self.value()?;
                self.tables.promises.ints.insert(value);
            }
            other => return Err(format!("unknown directive {other}")),
        }
        Ok(())
    }

    /// The name of a symbol. Names are declared in the order of their numbers, so that Cranelift's
    /// texts, which print the place in that order, print the symbol's number.
    fn external_name(&mut self) -> Answer<ExternalName> {
        let index = self.reader.word()?;
        if index as usize >= self.reader.length() {
            return Err(format!("symbol {index} is out of range"));
        }
        while self.tables.names.len() <= index as usize {
            let name = UserExternalName::new(0, self.tables.names.len() as u32);
            self.tables.names.push(self.builder.func.declare_imported_user_function(name));
        }
        Ok(ExternalName::user(self.tables.names[index as usize]))
    }

    fn function(&mut self) -> Answer<()> {
        let name = self.external_name()?;
        let signature = get(&self.tables.signatures, self.reader.word()?, "signature")?;
        let data = ExtFuncData { name, signature, colocated: true };
        self.tables.functions.push(self.builder.import_function(data));
        Ok(())
    }

    /// A symbol without an offset: PIC code would drop it without a word.
    fn symbol(&mut self) -> Answer<()> {
        let name = self.external_name()?;
        let offset = Imm64::new(0);
        let data = GlobalValueData::Symbol { name, offset, colocated: true, tls: false };
        self.tables.symbols.push(self.builder.create_global_value(data));
        Ok(())
    }

    fn stack_slot(&mut self, align_log2: u32) -> Answer<()> {
        let bytes = self.reader.word()?;
        self.tables.stack_bytes += u64::from(bytes).next_multiple_of(16);
        if self.tables.stack_bytes > MAX_STACK_BYTES || align_log2 > 4 {
            return Err(format!("the function's stack slots pass {MAX_STACK_BYTES} bytes"));
        }
        let data = StackSlotData::new(StackSlotKind::ExplicitSlot, bytes, align_log2 as u8);
        self.tables.stack_slots.push(self.builder.create_sized_stack_slot(data));
        Ok(())
    }

    fn variable(&mut self, ty: Type) {
        #[cfg(new_cranelift)]
        let variable = self.builder.declare_var(ty);
        #[cfg(not(new_cranelift))]
        let variable = Variable::from_u32(self.tables.variables.len() as u32);
        #[cfg(not(new_cranelift))]
        self.builder.declare_var(variable, ty);
        self.tables.variables.push(variable);
    }

    fn declared_variable(&mut self) -> Answer<Variable> {
        get(&self.tables.variables, self.reader.word()?, "variable")
    }

    fn block(&mut self) -> Answer<Block> {
        get(&self.tables.blocks, self.reader.word()?, "block")
    }

    #[inline]
    fn value(&mut self) -> Answer<Value> {
        get(&self.tables.values, self.reader.word()?, "value")
    }

    fn two_values(&mut self) -> Answer<[Value; 2]> {
        Ok([self.value()?, self.value()?])
    }

    fn three_values(&mut self) -> Answer<[Value; 3]> {
        Ok([self.value()?, self.value()?, self.value()?])
    }

    fn offset(&mut self) -> Answer<Offset32> {
        Ok(Offset32::new(self.reader.word()? as i32))
    }

    fn stack_slot_of(&mut self) -> Answer<StackSlot> {
        get(&self.tables.stack_slots, self.reader.word()?, "stack slot")
    }

    fn arguments(&mut self) -> Answer<ValueList> {
        self.tables.arguments.clear();
        for _ in 0..self.reader.count()? {
            let value = self.value()?;
            self.tables.arguments.push(value);
        }
        let pool = &mut self.builder.func.dfg.value_lists;
        Ok(ValueList::from_slice(&self.tables.arguments, pool))
    }

    fn block_call(&mut self) -> Answer<BlockCall> {
        let block = self.block()?;
        self.tables.arguments.clear();
        for _ in 0..self.reader.count()? {
            let value = self.value()?;
            self.tables.arguments.push(value);
        }
        let pool = &mut self.builder.func.dfg.value_lists;
        #[cfg(new_cranelift)]
        let call =
            BlockCall::new(block, self.tables.arguments.iter().map(|v| BlockArg::Value(*v)), pool);
        #[cfg(not(new_cranelift))]
        let call = BlockCall::new(block, &self.tables.arguments, pool);
        Ok(call)
    }

    /// Reads the operands in the order that the instruction's format gives them.
    fn instruction(&mut self, opcode: Opcode, ty: Type, extra: u32) -> Answer<InstructionData> {
        use InstructionData as I;
        use InstructionFormat as F;
        Ok(match opcode.format() {
            F::NullAry => I::NullAry { opcode },
            F::Unary => I::Unary { opcode, arg: self.value()? },
            F::UnaryImm => I::UnaryImm { opcode, imm: self.constant(ty)? },
            F::UnaryIeee32 => {
                I::UnaryIeee32 { opcode, imm: Ieee32::with_bits(self.reader.word()?) }
            }
            F::UnaryIeee64 => {
                I::UnaryIeee64 { opcode, imm: Ieee64::with_bits(self.reader.long()? as u64) }
            }
            F::UnaryGlobalValue => {
                let global_value = get(&self.tables.symbols, self.reader.word()?, "symbol")?;
                I::UnaryGlobalValue { opcode, global_value }
            }
            F::Binary => I::Binary { opcode, args: self.two_values()? },
            F::BinaryImm64 => {
                let arg = self.value()?;
                I::BinaryImm64 { opcode, arg, imm: Imm64::new(self.reader.long()?) }
            }
            F::Ternary => I::Ternary { opcode, args: self.three_values()? },
            F::MultiAry => I::MultiAry { opcode, args: self.arguments()? },
            F::IntCompare => {
                let cond = opcodes::int_condition(extra)?;
                I::IntCompare { opcode, cond, args: self.two_values()? }
            }
            F::IntCompareImm => {
                let (cond, arg) = (opcodes::int_condition(extra)?, self.value()?);
                I::IntCompareImm { opcode, cond, arg, imm: Imm64::new(self.reader.long()?) }
            }
            F::FloatCompare => {
                let cond = opcodes::float_condition(extra)?;
                I::FloatCompare { opcode, cond, args: self.two_values()? }
            }
            F::IntAddTrap => {
                I::IntAddTrap { opcode, code: trap_code(extra)?, args: self.two_values()? }
            }
            F::Trap => I::Trap { opcode, code: trap_code(extra)? },
            F::CondTrap => I::CondTrap { opcode, code: trap_code(extra)?, arg: self.value()? },
            _ => return self.memory_or_control(opcode, extra),
        })
    }

    fn memory_or_control(&mut self, opcode: Opcode, extra: u32) -> Answer<InstructionData> {
        use InstructionData as I;
        use InstructionFormat as F;
        Ok(match opcode.format() {
            F::Load => {
                let (flags, arg) = (memory_flags(extra)?, self.value()?);
                I::Load { opcode, flags, arg, offset: self.offset()? }
            }
            F::Store => {
                let (flags, args) = (memory_flags(extra)?, self.two_values()?);
                I::Store { opcode, flags, args, offset: self.offset()? }
            }
            F::LoadNoOffset => {
                I::LoadNoOffset { opcode, flags: memory_flags(extra)?, arg: self.value()? }
            }
            F::StoreNoOffset => {
                I::StoreNoOffset { opcode, flags: memory_flags(extra)?, args: self.two_values()? }
            }
            F::AtomicCas => {
                I::AtomicCas { opcode, flags: memory_flags(extra)?, args: self.three_values()? }
            }
            F::AtomicRmw => {
                let op = opcodes::atomic_operation(self.reader.word()?)?;
                I::AtomicRmw { opcode, flags: memory_flags(extra)?, op, args: self.two_values()? }
            }
            F::StackLoad => {
                let stack_slot = self.stack_slot_of()?;
                I::StackLoad { opcode, stack_slot, offset: self.offset()? }
            }
            F::StackStore => {
                let (arg, stack_slot) = (self.value()?, self.stack_slot_of()?);
                I::StackStore { opcode, arg, stack_slot, offset: self.offset()? }
            }
            F::FuncAddr => {
                let func_ref = get(&self.tables.functions, self.reader.word()?, "function")?;
                I::FuncAddr { opcode, func_ref }
            }
            F::Call => {
                let func_ref = get(&self.tables.functions, self.reader.word()?, "function")?;
                I::Call { opcode, func_ref, args: self.arguments()? }
            }
            F::CallIndirect => {
                let sig_ref = get(&self.tables.signatures, self.reader.word()?, "signature")?;
                I::CallIndirect { opcode, sig_ref, args: self.arguments()? }
            }
            F::Jump => I::Jump { opcode, destination: self.block_call()? },
            F::Brif => {
                let arg = self.value()?;
                I::Brif { opcode, arg, blocks: [self.block_call()?, self.block_call()?] }
            }
            F::BranchTable => {
                let (arg, otherwise) = (self.value()?, self.block_call()?);
                let count = self.reader.count()?;
                let mut table = Vec::with_capacity(count);
                for _ in 0..count {
                    table.push(self.block_call()?);
                }
                let data = JumpTableData::new(otherwise, &table);
                I::BranchTable { opcode, arg, table: self.builder.create_jump_table(data) }
            }
            other => return Err(format!("{opcode} of format {other:?} is not supported")),
        })
    }

    /// The constant of an `iconst`, whose bits above the type's width have to be clear.
    fn constant(&mut self, ty: Type) -> Answer<Imm64> {
        let value = self.reader.long()?;
        match ty {
            types::I8 | types::I16 | types::I32 => {
                Ok(Imm64::new(value & ((1i64 << ty.bits()) - 1)))
            }
            types::I64 => Ok(Imm64::new(value)),
            other => Err(format!("there is no iconst of {other}")),
        }
    }

    #[inline]
    fn insert(&mut self, data: InstructionData, mut controlling: Type) -> Answer<()> {
        let constraints = data.opcode().constraints();
        if controlling == types::INVALID && constraints.use_typevar_operand() {
            let dfg = &self.builder.func.dfg;
            if let Some(value) = data.typevar_operand(&dfg.value_lists) {
                controlling = dfg.value_type(value);
            }
        }
        if controlling == types::INVALID && constraints.requires_typevar_operand() {
            return Err(format!("{} lacks its type", data.opcode()));
        }
        let (inst, dfg) = self.builder.ins().build(data, controlling);
        self.tables.values.extend_from_slice(dfg.inst_results(inst));
        Ok(())
    }
}
