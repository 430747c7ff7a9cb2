//! Machine code from MIR: Cranelift makes the code of each function, and all of them become one ELF object.
//!
//! One section per function. Calls are direct, by relocations that a linker may point at a stub: that is
//! how live functions are swapped. Whatever is far, or may be, is reached by its full address.
//! `fields` decides what lives in registers, `function` translates (`memory`, `value`, `call`: its parts),
//! `object` writes what came out, `retouch` changes numbers in what came out before.

mod call;
pub(in crate::jit) mod fields;
mod function;
mod lines;
pub(in crate::jit) mod loops;
mod memory;
mod names;
mod object;
mod retouch;
mod signature;
mod target;
mod unwind;
mod value;

use std::fmt;
use std::sync::Arc;

use cranelift_codegen::Context;
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::{self, ExternalName, LibCall};
use cranelift_codegen::{FinalizedMachExceptionHandler, FinalizedRelocTarget, binemit::Reloc};
use cranelift_frontend::FunctionBuilderContext;

use super::mir::{self, Function, Module};
use names::{Names, SymbolId};
pub(crate) use object::Compiled;
use object::Relocation;
use retouch::{Floats, Made, Templates};

/// Why there is no object: nothing that the user can have meant, except where `what` says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The function it happened in; empty where it was not in one.
    pub(crate) symbol: String,
    pub(crate) what: String,
}

impl Failure {
    fn new(symbol: &str, what: impl fmt::Display) -> Failure {
        Failure { symbol: symbol.to_owned(), what: what.to_string() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.symbol.is_empty() {
            write!(f, "generating code: {}", self.what)
        } else {
            write!(f, "generating code for `{}`: {}", self.symbol, self.what)
        }
    }
}

/// What is done with a module before code is made of it; tests compare the ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effort {
    /// Everything stays where MIR says, in memory.
    #[cfg(test)]
    None,
    /// Locals live in registers.
    #[cfg(test)]
    Registers,
    All,
}

/// What stays from one object to the next.
#[derive(Default)]
pub(crate) struct Known {
    /// Code of functions that were compiled before.
    functions: mir::Known<Compiled>,
    /// Code in which numbers can be changed.
    templates: Templates,
    tools: Tools,
}

#[cfg(test)]
impl Known {
    /// How many functions are known.
    pub(crate) fn len(&self) -> usize {
        self.functions.len()
    }

    /// How often a function got other floats, and nothing else was made of it.
    pub(crate) fn written(&self) -> usize {
        self.templates.written
    }
}

/// What Cranelift works with, and the memory that it has for that: the next function uses it again.
struct Tools {
    context: Context,
    frontend: FunctionBuilderContext,
}

impl Default for Tools {
    fn default() -> Tools {
        Tools { context: Context::new(), frontend: FunctionBuilderContext::new() }
    }
}

/// One relocatable ELF object with everything that the module contains: a program, or a part of one. What is known of its functions is not made
/// again.
///
/// # Errors
///
/// A [`Failure`] where the module breaks a rule of `mir`, or needs what the machine does not have.
pub(crate) fn generate(mut module: Module, known: &mut Known) -> Result<Vec<u8>, Failure> {
    super::host::keep();
    let is_part = module.outside.is_some();
    let Known { functions: known, templates, tools } = known;
    known.begin(if is_part { mir::Round::Part } else { mir::Round::Whole });
    let calls = mir::calls(&module);
    let mut keys = mir::keys(&module, &calls);
    let mut fresh = templates.stand_in(&module, &calls, &keys, known);
    let is_checked: Vec<bool> =
        keys.iter().map(|key| key.is_some_and(|key| known.has(key))).collect();
    mir::verify_but(&module, &is_checked).map_err(broken)?;
    mir::settle(&mut module, &calls, &mut keys, known);
    let mut generator = Generator::new(&module, Effort::All, tools);
    let mut functions = Vec::with_capacity(keys.len());
    for (function, key) in module.functions.iter().zip(keys) {
        if let Some(code) = key.and_then(|key| known.code(key)) {
            functions.push(code);
            continue;
        }
        let settled = function;
        let mut function = (**settled).clone();
        mir::finish(&mut function);
        let code = Arc::new(generator.function(&function)?);
        if let Some(key) = key {
            known.add_code(key, code.clone());
            if let Some(function) = fresh.remove(&key) {
                let made = Made { settled: settled.clone(), code: code.clone() };
                templates.learn(function, key, made);
            }
        }
        functions.push(code);
    }
    let mut names = generator.names;
    object::write(&module, &mut names, &functions)
}

fn broken(broken: mir::Broken) -> Failure {
    Failure::new(&broken.symbol, broken.what)
}

/// The same by itself, with less effort.
#[cfg(test)]
fn generate_with(module: &Module, effort: Effort) -> Result<Vec<u8>, Failure> {
    super::host::keep();
    mir::verify(module).map_err(broken)?;
    let mut module = module.clone();
    if effort == Effort::All {
        mir::optimise(&mut module);
        mir::verify(&module).map_err(broken)?;
    }
    let mut tools = Tools::default();
    let mut generator = Generator::new(&module, effort, &mut tools);
    let functions = module.functions.iter().map(|it| generator.function(it).map(Arc::new));
    let functions = functions.collect::<Result<Vec<_>, _>>()?;
    let mut names = generator.names;
    object::write(&module, &mut names, &functions)
}

/// Where functions begin, in bytes.
const ALIGNMENT: u64 = 16;

/// What the functions of one module share.
struct Generator<'a> {
    module: &'a Module,
    effort: Effort,
    names: Names,
    tools: &'a mut Tools,
}

impl<'a> Generator<'a> {
    fn new(module: &'a Module, effort: Effort, tools: &'a mut Tools) -> Generator<'a> {
        Generator { module, effort, names: Names::of(module), tools }
    }

    fn function(&mut self, function: &Function) -> Result<Compiled, Failure> {
        let failure = |what: String| Failure::new(&function.symbol, what);
        let target = target::target().map_err(failure)?;
        let Tools { context, frontend } = &mut *self.tools;
        context.clear();
        let spans = function::translate(
            self.module,
            function,
            self.effort,
            &mut self.names,
            &mut context.func,
            frontend,
        )
        .map_err(failure)?;
        context
            .compile(&*target, &mut ControlPlane::default())
            .map_err(|error| Failure::new(&function.symbol, format!("{:?}", error.inner)))?;
        let Some(mut code) = context.take_compiled_code() else {
            return Err(Failure::new(&function.symbol, "no code"));
        };
        unwind::begin_frame_at_once(&mut code);
        let unwind = code.create_unwind_info(&*target);
        let unwind = unwind.map_err(|error| Failure::new(&function.symbol, error))?;
        let mut relocations = Vec::new();
        for reloc in code.buffer.relocs() {
            let symbol = symbol_of(&reloc.target, &context.func, &mut self.names);
            let symbol = symbol.map_err(|what| Failure::new(&function.symbol, what))?;
            let symbol = self.names.name(symbol).to_owned();
            let kind = kind_of(reloc.kind, code.code_buffer(), reloc.offset as usize);
            let kind = kind.map_err(|what| Failure::new(&function.symbol, what))?;
            relocations.push(Relocation {
                offset: u64::from(reloc.offset),
                symbol,
                kind,
                addend: reloc.addend,
            });
        }
        let calls = code.buffer.call_sites().map(|site| {
            let landing = site.exception_handlers.iter().find_map(|handler| match handler {
                FinalizedMachExceptionHandler::Default(landing) => Some(*landing),
                _ => None,
            });
            (site.ret_addr, landing)
        });
        let calls = calls.collect();
        let lines = code.buffer.get_srclocs_sorted().iter().filter(|it| !it.loc.is_default());
        let lines = lines.map(|it| (it.start, it.end, spans[it.loc.bits() as usize])).collect();
        Ok(Compiled {
            code: code.code_buffer().to_vec(),
            alignment: u64::from(code.buffer.alignment).max(ALIGNMENT),
            relocations,
            unwind,
            calls,
            lines,
            floats: Floats::of(&context.func),
        })
    }
}

/// A relocation's type, as ELF numbers it. Cranelift has one name for calls and for addresses of what is near.
fn kind_of(
    reloc: Reloc,
    code: &[u8],
    offset: usize,
) -> Result<::object::elf::RelocationType, String> {
    use ::object::elf::{R_X86_64_64, R_X86_64_PC32, R_X86_64_PLT32};
    /// `call rel32`
    const CALL: u8 = 0xE8;
    let is_call = offset.checked_sub(1).and_then(|at| code.get(at)) == Some(&CALL);
    match reloc {
        Reloc::Abs8 => Ok(R_X86_64_64),
        Reloc::X86CallPCRel4 | Reloc::X86CallPLTRel4 if is_call => Ok(R_X86_64_PLT32),
        Reloc::X86PCRel4 | Reloc::X86CallPCRel4 => Ok(R_X86_64_PC32),
        other => Err(format!("a relocation of an unknown kind, {other:?}")),
    }
}

fn symbol_of(
    target: &FinalizedRelocTarget,
    function: &ir::Function,
    names: &mut Names,
) -> Result<SymbolId, String> {
    match target {
        FinalizedRelocTarget::ExternalName(ExternalName::User(name)) => {
            Ok(SymbolId(function.params.user_named_funcs()[*name].index))
        }
        FinalizedRelocTarget::ExternalName(ExternalName::LibCall(call)) => {
            Ok(names.get(libcall(*call)?).0)
        }
        other => Err(format!("a reference to {other:?}")),
    }
}

/// The functions of the C library that stand in for instructions that the processor does not have.
fn libcall(call: LibCall) -> Result<&'static str, String> {
    match call {
        LibCall::CeilF32 => Ok("ceilf"),
        LibCall::CeilF64 => Ok("ceil"),
        LibCall::FloorF32 => Ok("floorf"),
        LibCall::FloorF64 => Ok("floor"),
        LibCall::TruncF32 => Ok("truncf"),
        LibCall::TruncF64 => Ok("trunc"),
        LibCall::NearestF32 => Ok("rintf"),
        LibCall::NearestF64 => Ok("rint"),
        LibCall::FmaF32 => Ok("fmaf"),
        LibCall::FmaF64 => Ok("fma"),
        LibCall::Memcpy => Ok("memcpy"),
        LibCall::Memset => Ok("memset"),
        LibCall::Memmove => Ok("memmove"),
        LibCall::Memcmp => Ok("memcmp"),
        other => Err(format!("the library function {other}")),
    }
}

#[cfg(test)]
pub(in crate::jit) mod tests;
