//! Source text in; relocatable object bytes, an interface and diagnostics out.
//!
//! First phase of the pipeline (compile → link → publish → call). This crate knows neither the
//! loader nor the runtime: ELF bytes and the [`Interface`] are all it hands on, so any back end that
//! implements [`Compiler`] can take the place of `Rustc`. A compile is a pure function of its input:
//! the same text gives the same bytes, whatever directory it was compiled in.

#![cfg_attr(
    not(feature = "rustc"),
    allow(dead_code, unused_imports, reason = "what compilers share is more than the jit needs")
)]

mod source;

mod cfg;
mod data;
mod definitions;
mod depth;
mod describe;
mod diagnostic;
mod error;
mod fingerprint;
mod interface;
#[cfg(feature = "jit")]
mod jit;
mod mentions;
mod panic_place;
mod priority;
#[cfg(feature = "rustc")]
mod rustc;
mod shim;
mod states;
mod structure;
mod symbol;
mod tiered;
mod tokens;
mod tree;

use std::path::PathBuf;
use std::sync::Arc;

pub use diagnostic::{Diagnostic, Level};
pub use error::{Error, ErrorKind};
pub use fingerprint::{Fingerprint, type_fingerprint};
pub use interface::{Function, InitialValue, Interface, State, StateShims};
#[cfg(feature = "jit")]
pub use jit::interrupt::{ask_no_more, ask_to_stop, decide_interrupts};
#[cfg(feature = "jit")]
pub use jit::{Edition, ExternCrate, Jit};
pub use panic_place::{PanicPlace, panic_place};
pub use priority::{keep_priority, lower_priority_of_this_thread};
#[cfg(feature = "rustc")]
pub use rustc::{Rustc, RustcFunction};
pub use source::{Cancel, Source, Support};
pub use structure::{Data, Field, Form, Migration, Number, Part, Variant};
pub use symbol::function_path;
pub use tiered::Tiered;

/// Turns one source unit into one relocatable object.
///
/// What the result does depends on the input alone; its bytes too, unless a back end remembers what it compiled
/// before (`RustcFunction`). Back ends work at low priority, on threads and in processes of
/// their own, so that callers of live code are not disturbed.
pub trait Compiler: Send + Sync {
    /// Compiles `source`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Rejected`] carries the compiler's diagnostics when the text is not accepted;
    /// [`ErrorKind::Cancelled`] follows [`Cancel::cancel`]; the rest are failures of the machine.
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error>;

    /// Compiles `source` again, for code that runs faster: the optimised tier. It is asked for after
    /// [`compile`](Compiler::compile) gave something that is not [final](Compiled::is_final), as soon as that
    /// is live, on another thread; the next edit cancels it.
    ///
    /// # Errors
    ///
    /// As for `compile`. [`ErrorKind::Rejected`] is a verdict on the text: what is live is taken back.
    fn compile_optimised(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        self.compile(source, cancel)
    }
}

impl<C: Compiler + ?Sized> Compiler for Arc<C> {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        (**self).compile(source, cancel)
    }

    fn compile_optimised(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        (**self).compile_optimised(source, cancel)
    }
}

/// What one successful compile gives.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// One ELF relocatable object, with one section per function.
    pub object: Arc<[u8]>,
    /// What `object` does not define of functions is as it is in this one, where there is one: an object that
    /// was given before, as that of a whole source with the same types and statics. Only what differs
    /// is then to be read, and compared.
    pub rest: Option<Arc<[u8]>>,
    /// The functions, states and types of the source.
    pub interface: Interface,
    /// What the compiler warned about, in the order it did.
    pub warnings: Vec<Diagnostic>,
    /// Whether [`Compiler::compile_optimised`] has nothing to add.
    pub is_final: bool,
    /// Every file that was read, in the user's own paths; the source's own file comes first.
    pub files: Vec<PathBuf>,
    /// Why the quicker of two compilers did not take the text.
    pub declined: Option<String>,
}
