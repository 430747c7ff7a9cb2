//! Which compilers answered already: asking one costs two starts of it, and a process that opens
//! many programs asks for the same one each time.
//!
//! An answer counts as long as the file that compiles is the one that was there when it answered.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use super::Rustc;

/// A file as it was: length and time of its last change.
pub(super) type Stamp = (u64, SystemTime);

struct Known {
    /// How it was asked for, and where that name came from.
    asked: (PathBuf, String),
    rustc: Rustc,
    stamp: Stamp,
}

static KNOWN: Mutex<Vec<Known>> = Mutex::new(Vec::new());

/// The compiler that answered to this name, if it is still the same file.
pub(super) fn look_up(program: &Path, from: &str) -> Option<Rustc> {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.retain(|each| stamp(&each.rustc.program) == Some(each.stamp));
    let found = known.iter().find(|each| each.asked.0 == program && each.asked.1 == from);
    found.map(|each| each.rustc.clone())
}

/// Remembers what `rustc` said. One whose own file is not known is asked again.
pub(super) fn remember(program: &Path, from: &str, rustc: &Rustc) {
    let Some(stamp) = stamp(&rustc.program) else { return };
    let asked = (program.to_owned(), from.to_owned());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.push(Known { asked, rustc: rustc.clone(), stamp });
}

pub(super) fn stamp(file: &Path) -> Option<Stamp> {
    if !file.is_absolute() {
        return None;
    }
    let about = std::fs::metadata(file).ok()?;
    Some((about.len(), about.modified().ok()?))
}

#[cfg(test)]
mod tests;
