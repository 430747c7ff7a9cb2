//! Two compilers for one text: what the quick one makes goes live first, the other one has the last word.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::{Cancel, Compiled, Compiler, Diagnostic, Error, ErrorKind, Level, Source};

/// See the module: the quick compiler, and the one whose word counts.
///
/// What the quick one does not support, or rejects, the other one compiles at once; whether a text is
/// rejected is for that one to say. Why the quick one did not take it is told once, among the warnings.
#[derive(Clone, Debug)]
pub struct Tiered<Q, L> {
    quick: Q,
    last: L,
    said: Arc<Mutex<HashSet<(PathBuf, String)>>>,
}

impl<Q: Compiler, L: Compiler> Tiered<Q, L> {
    /// `quick` first, then `last`.
    pub fn new(quick: Q, last: L) -> Tiered<Q, L> {
        Tiered { quick, last, said: Arc::default() }
    }

    /// What the last one made of a text that the quick one did not take.
    fn instead(&self, mut compiled: Compiled, declined: &Error, source: &Source) -> Compiled {
        let note = note(declined, source);
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.insert((note.file.clone(), note.message.clone())) {
            compiled.warnings.push(note);
        }
        Compiled { declined: Some(declined.to_string()), ..compiled }
    }
}

/// Whether an error is the end of the matter: else the compiler could not say what it thinks of the text.
fn is_verdict(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Rejected(_) | ErrorKind::Cancelled)
}

/// Says what kept the quick one from a text, and where: its own words, under another heading.
fn note(declined: &Error, source: &Source) -> Diagnostic {
    let message = |why: &str| format!("left to the slower compiler: {why}");
    let Some(first) = declined.diagnostics().first() else {
        return Diagnostic::note(&source.path, 1, 1, message(&declined.to_string()));
    };
    let message = message(&first.message);
    let under = |rendered: &str| {
        let excerpt = rendered.split_once('\n').map_or("", |(_, excerpt)| excerpt);
        format!("note: {message}\n{excerpt}")
    };
    let (rendered, rendered_color) = (under(&first.rendered), under(&first.rendered_color));
    Diagnostic {
        level: Level::Note,
        code: None,
        rendered,
        rendered_color,
        message,
        ..first.clone()
    }
}

impl<Q: Compiler, L: Compiler> Compiler for Tiered<Q, L> {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        match self.quick.compile(source, cancel) {
            Ok(compiled) => Ok(Compiled { is_final: false, ..compiled }),
            Err(error) if matches!(error.kind(), ErrorKind::Cancelled) => Err(error),
            Err(declined) => match self.last.compile(source, cancel) {
                Ok(compiled) => Ok(self.instead(compiled, &declined, source)),
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
