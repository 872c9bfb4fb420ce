//! One function at a time through Cranelift, behind the C ABI of `include/k23_cranelift.h`.
//!
//! A caller keeps a `Worker` a thread; it is where answers are left, so that a compilation is one
//! call. No panic crosses the boundary: it becomes the text of an error, and the worker starts
//! afresh.

mod answer;
mod decode;
mod opcodes;
mod optimise;
mod output;
mod reader;

use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::isa::{self, OwnedTargetIsa, TargetIsa};
use cranelift_codegen::print_errors::pretty_error;
use cranelift_codegen::settings::{self, Configurable, OptLevel, SetError};
use cranelift_codegen::{CodegenResult, CompiledCode, Context};
use cranelift_frontend::FunctionBuilderContext;
use std::cell::RefCell;
use std::fmt::Write;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::Once;

use answer::Answer;

/// Counts up when an export's meaning changes; the bindings check it.
const ABI_VERSION: u32 = 3;
/// `riscv64gc` is the floor: Cranelift's backend refuses less than G.
const TARGET: &str = "riscv64gc-unknown-none-elf";
const STATUS_OK: i32 = 0;
const STATUS_ERROR: i32 = 1;

/// A target with its settings. Shared by any number of threads.
pub struct Isa(OwnedTargetIsa);

/// One thread's state. The first three fields are the header's `struct k23_worker`.
#[repr(C)]
pub struct Worker {
    output: *const u8,
    output_bytes: u64,
    status: i32,
    buffer: Vec<u8>,
    context: Context,
    builder_context: FunctionBuilderContext,
    tables: decode::Tables,
}

thread_local!(static PANIC: RefCell<String> = const { RefCell::new(String::new()) });

/// Runs a step, a panic of which becomes an error with the panic's message and place.
fn guarded<T>(step: impl FnOnce() -> Answer<T>) -> Answer<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            PANIC.with(|message| *message.borrow_mut() = info.to_string());
        }));
    });
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|_| {
        let message = PANIC.with(|message| std::mem::take(&mut *message.borrow_mut()));
        Err(format!("Cranelift panicked: {message}"))
    })
}

impl Worker {
    fn new() -> Self {
        Worker {
            output: std::ptr::null(),
            output_bytes: 0,
            status: STATUS_OK,
            buffer: Vec::new(),
            context: Context::new(),
            builder_context: FunctionBuilderContext::new(),
            tables: decode::Tables::default(),
        }
    }

    /// Runs a step that leaves its answer in the buffer; an error's text takes its place.
    fn run(&mut self, step: impl FnOnce(&mut Worker) -> Answer<()>) -> i32 {
        self.buffer.clear();
        self.status = STATUS_OK;
        if let Err(text) = guarded(|| step(self)) {
            self.status = STATUS_ERROR;
            self.buffer.clear();
            self.buffer.extend_from_slice(text.as_bytes());
            // Whatever a failure left half-built is dropped.
            self.context = Context::new();
            self.builder_context = FunctionBuilderContext::new();
        }
        self.output = self.buffer.as_ptr();
        self.output_bytes = self.buffer.len() as u64;
        self.status
    }

    fn decode(&mut self, words: &[u32]) -> Answer<()> {
        self.context.clear();
        let function = &mut self.context.func;
        decode::decode(words, &mut self.tables, function, &mut self.builder_context)
    }

    fn compile(&mut self, isa: &Isa) -> Answer<CompiledCode> {
        self.compile_function(&*isa.0).map_err(|error| pretty_error(&self.context.func, error))
    }

    /// What `Context::compile` does, with optimisations of our own between its halves.
    fn compile_function(&mut self, isa: &dyn TargetIsa) -> CodegenResult<CompiledCode> {
        let mut control = ControlPlane::default();
        let context = &mut self.context;
        context.verify_if(isa)?;
        let is_optimised = isa.flags().opt_level() != OptLevel::None;
        if is_optimised {
            optimise::prepare(context);
        }
        context.optimize(isa, &mut control)?;
        if is_optimised {
            let flags = isa.isa_flags();
            let mut flags = flags.iter();
            let has_rotation =
                flags.any(|flag| flag.name == "has_zbb" && flag.as_bool() == Some(true));
            optimise::run(context, self.tables.promises(), has_rotation);
            context.verify_if(isa)?;
        }
        let (function, disasm) = (&context.func, context.want_disasm);
        let stencil = isa.compile_function(function, &context.domtree, disasm, &mut control)?;
        Ok(stencil.apply_params(&function.params))
    }
}

/// The text at an address that the caller vouches for.
unsafe fn text<'a>(address: *const u8, bytes: u64) -> Answer<&'a str> {
    let bytes = if bytes == 0 { &[] } else { std::slice::from_raw_parts(address, bytes as usize) };
    std::str::from_utf8(bytes).map_err(|e| e.to_string())
}

unsafe fn words<'a>(address: *const u32, count: u64) -> &'a [u32] {
    if count == 0 {
        return &[];
    }
    std::slice::from_raw_parts(address, count as usize)
}

#[no_mangle]
pub extern "C" fn k23_abi_version() -> u32 {
    ABI_VERSION
}

#[no_mangle]
pub extern "C" fn k23_worker_new() -> *mut Worker {
    guarded(|| Ok(Box::into_raw(Box::new(Worker::new())))).unwrap_or(std::ptr::null_mut())
}

/// # Safety
/// `worker` comes from `k23_worker_new` and is not used again.
#[no_mangle]
pub unsafe extern "C" fn k23_worker_free(worker: *mut Worker) {
    let _ = guarded(|| {
        drop(Box::from_raw(worker));
        Ok(())
    });
}

/// # Safety
/// `worker` comes from `k23_worker_new` and is used by one thread at a time.
#[no_mangle]
pub unsafe extern "C" fn k23_describe(worker: *mut Worker) -> i32 {
    (*worker).run(|w| {
        let mut out = String::new();
        writeln!(out, "cranelift {}", cranelift_codegen::VERSION).map_err(|e| e.to_string())?;
        for name in opcodes::unknown_opcodes() {
            writeln!(out, "lacks {name}").map_err(|e| e.to_string())?;
        }
        for setting in settings::builder().iter() {
            writeln!(out, "setting {}", setting.name).map_err(|e| e.to_string())?;
        }
        for setting in isa::lookup_by_name(TARGET).map_err(|e| e.to_string())?.iter() {
            writeln!(out, "setting {}", setting.name).map_err(|e| e.to_string())?;
        }
        w.buffer.extend_from_slice(out.as_bytes());
        Ok(())
    })
}

/// # Safety
/// `worker` as above; `names` points to `bytes` bytes.
#[no_mangle]
pub unsafe extern "C" fn k23_isa_new(
    worker: *mut Worker,
    names: *const u8,
    bytes: u64,
) -> *mut Isa {
    let mut made = std::ptr::null_mut();
    (*worker).run(|_| {
        let mut target = isa::lookup_by_name(TARGET).map_err(|e| e.to_string())?;
        let mut shared = settings::builder();
        for setting in text(names, bytes)?.split(',').filter(|s| !s.is_empty()) {
            let (name, value) = setting.split_once('=').unwrap_or((setting, "true"));
            let set = match shared.set(name, value) {
                Err(SetError::BadName(_)) => target.set(name, value),
                other => other,
            };
            set.map_err(|e| format!("setting {name}={value}: {e}"))?;
        }
        let isa = target.finish(settings::Flags::new(shared)).map_err(|e| e.to_string())?;
        made = Box::into_raw(Box::new(Isa(isa)));
        Ok(())
    });
    made
}

/// # Safety
/// `isa` comes from `k23_isa_new` and is not used again.
#[no_mangle]
pub unsafe extern "C" fn k23_isa_free(isa: *mut Isa) {
    let _ = guarded(|| {
        drop(Box::from_raw(isa));
        Ok(())
    });
}

/// # Safety
/// `worker` and `isa` as above; `description` points to `count` words.
#[no_mangle]
pub unsafe extern "C" fn k23_compile(
    worker: *mut Worker,
    isa: *const Isa,
    description: *const u32,
    count: u64,
) -> i32 {
    (*worker).run(|w| {
        w.decode(words(description, count))?;
        let code = w.compile(&*isa)?;
        let alignment = (*isa).0.function_alignment().preferred;
        output::write(&mut w.buffer, &code, &w.context.func, alignment)
    })
}

/// # Safety
/// `worker` and `isa` as above; `description` points to `count` words.
#[no_mangle]
pub unsafe extern "C" fn k23_text(
    worker: *mut Worker,
    isa: *const Isa,
    description: *const u32,
    count: u64,
    form: u32,
) -> i32 {
    (*worker).run(|w| {
        w.decode(words(description, count))?;
        let text = match form {
            0 => w.context.func.display().to_string(),
            1 => {
                w.compile(&*isa)?;
                w.context.func.display().to_string()
            }
            2 => {
                w.context.set_disasm(true);
                let compiled = w.compile(&*isa);
                w.context.set_disasm(false);
                compiled?.vcode.ok_or("Cranelift left no assembly")?
            }
            other => return Err(format!("unknown form {other}")),
        };
        w.buffer.extend_from_slice(text.as_bytes());
        Ok(())
    })
}

// Threads share an `Isa`.
const _: fn() = || {
    fn shared<T: Send + Sync>() {}
    shared::<Isa>();
};
