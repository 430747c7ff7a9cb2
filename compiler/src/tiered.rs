//! Two compilers for one text: what the quick one makes goes live first, the other one has the last word.

use crate::{Cancel, Compiled, Compiler, Error, ErrorKind, Source};

/// See the module: the quick compiler, and the one whose word counts.
///
/// What the quick one does not support, or rejects, the other one compiles at once; whether a text is
/// rejected is for that one to say.
#[derive(Clone, Debug)]
pub struct Tiered<Q, L> {
    quick: Q,
    last: L,
}

impl<Q: Compiler, L: Compiler> Tiered<Q, L> {
    /// `quick` first, then `last`.
    pub fn new(quick: Q, last: L) -> Tiered<Q, L> {
        Tiered { quick, last }
    }
}

/// Whether an error is the end of the matter: else the compiler could not say what it thinks of the text.
fn is_verdict(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Rejected(_) | ErrorKind::Cancelled)
}

impl<Q: Compiler, L: Compiler> Compiler for Tiered<Q, L> {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        match self.quick.compile(source, cancel) {
            Ok(compiled) => Ok(Compiled { is_final: false, ..compiled }),
            Err(error) if matches!(error.kind(), ErrorKind::Cancelled) => Err(error),
            Err(declined) => match self.last.compile(source, cancel) {
                Ok(compiled) => Ok(Compiled { declined: Some(declined.to_string()), ..compiled }),
                Err(error) if is_verdict(&error) => Err(error),
                Err(error) => Err(error.after(declined)),
            },
        }
    }

    fn compile_optimised(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        let compiled = self.last.compile(source, cancel)?;
        if compiled.is_final { Ok(compiled) } else { self.last.compile_optimised(source, cancel) }
    }
}

#[cfg(test)]
mod tests;
