//! Which compiler a program has: one of Segue's own, or what the embedder brought; and what becomes of code
//! that the slower of two compilers rejects.

// Where the feature is off, another module offers the same.
#[cfg_attr(not(feature = "rustc"), path = "compilers/without_rustc.rs")]
mod toolchain;

use std::sync::Arc;

use segue_compiler::{Cancel, Compiled, Compiler, Error, ErrorKind, Level, Source};

pub(crate) use toolchain::compiler;

/// One of Segue's own compilers, of those that this build has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(any(feature = "rustc", feature = "jit"), derive(Default))]
#[non_exhaustive]
pub enum BackEnd {
    /// rustc, the whole file for each edit. What it gives is as fast as it will be.
    #[cfg(feature = "rustc")]
    Rustc,
    /// rustc, one function at a time; the whole file follows when no edit came for a moment.
    #[cfg(feature = "rustc")]
    #[default]
    RustcFunction,
    /// The compiler in the process, and rustc after it where there is one. Where a build has both, nobody gets it
    /// without asking: it knows a part of Rust.
    #[cfg(feature = "jit")]
    #[cfg_attr(not(feature = "rustc"), default)]
    Jit,
}

/// What becomes of code that runs already when the slower compiler, which has the last word, rejects its
/// text: a mistake in borrowing, say, which the compiler in the process does not look for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rejected {
    /// The program goes back to the generation before it, if there is one.
    #[default]
    GoesBack,
    /// It stays live, at the embedder's own risk; the verdict is told all the same.
    StaysLive,
}

/// A compiler whose last word on a text is its first one: where nobody waits for a quicker one.
pub(crate) struct Settled(pub(crate) Arc<dyn Compiler>);

impl Compiler for Settled {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        let first = self.0.compile(source, cancel)?;
        if first.is_final {
            return Ok(first);
        }
        match self.0.compile_optimised(source, cancel) {
            Ok(mut last) => {
                last.warnings
                    .extend(first.warnings.into_iter().filter(|said| said.level == Level::Note));
                Ok(Compiled { is_final: true, declined: first.declined, ..last })
            }
            Err(error) if matches!(error.kind(), ErrorKind::Rejected(_) | ErrorKind::Cancelled) => {
                Err(error)
            }
            // That says nothing against the text.
            Err(_) => Ok(Compiled { is_final: true, ..first }),
        }
    }
}

/// What compiles a program.
pub(crate) enum Choice {
    /// Nobody has said: the default one of this build.
    Open,
    Own(BackEnd),
    Brought(Arc<dyn Compiler>),
}
