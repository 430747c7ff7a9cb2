//! A mutant as people read it: what it makes of its file, as a unified diff.

use crate::{Error, ErrorKind, Mutant};

#[cfg(test)]
mod tests;

/// Lines around a change: in files, as cargo-mutants has it.
pub(super) const IN_FILES: usize = 8;

/// Lines around a change: on the terminal, where many stand below one another.
pub(super) const ON_SCREEN: usize = 1;

/// The file with the mutant in it.
///
/// # Errors
///
/// The place is not in the text: the mutant is another tree's.
pub(super) fn mutated(mutant: &Mutant, source: &str) -> Result<String, Error> {
    let range = mutant.bytes.clone();
    let (Some(before), Some(after)) = (source.get(..range.start), source.get(range.end..)) else {
        let message = format!(
            "{}:{}: the place of `{}` is not in the text: the file changed while mutants were run",
            mutant.file.display(),
            mutant.span.start.line,
            mutant.name
        );
        return Err(Error::new(ErrorKind::File, message));
    };
    Ok([before, &mutant.replacement, after].concat())
}

/// The unified diff from the file to the mutant, with some lines around it.
///
/// # Errors
///
/// As [`mutated`].
pub(super) fn unified(mutant: &Mutant, source: &str, around: usize) -> Result<String, Error> {
    let mutated = mutated(mutant, source)?;
    let old = mutant.file.to_string_lossy();
    let new = mutant.name.replace('\n', " ");
    let diff = similar::TextDiff::from_lines(source, &mutated);
    Ok(diff.unified_diff().context_radius(around).header(&old, &new).to_string())
}
