//! `--in-diff`: only what is on lines that a diff changes, as cargo-mutants counts them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use flickzeug::{Diff, Line};

use super::SourceFile;
use crate::{Error, ErrorKind, Mutant};

#[cfg(test)]
mod tests;

/// The mutants on changed lines; where there is none, why, as a warning.
pub(super) fn select(
    mutants: Vec<Mutant>,
    files: &[SourceFile],
    diff: &Path,
    warnings: &mut Vec<String>,
) -> Result<Vec<Mutant>, Error> {
    let bytes = std::fs::read(diff).map_err(|error| {
        Error::new(
            ErrorKind::DiffInvalid,
            format!("cannot read the diff {}: {error}", diff.display()),
        )
    })?;
    // A diff may have files of other encodings; ours are UTF-8.
    let text = String::from_utf8_lossy(&bytes);
    let invalid = |said: &str| {
        Error::new(ErrorKind::DiffInvalid, format!("{} is no unified diff: {said}", diff.display()))
    };
    let patches = flickzeug::patch_from_str(&text).map_err(|error| invalid(&error.to_string()))?;
    if patches.is_empty() && !text.trim().is_empty() && !text.lines().any(begins_a_file) {
        return Err(invalid("it names no file; write one with `git diff`"));
    }
    let hunks: usize = patches.iter().map(|patch| patch.hunks().len()).sum();
    if hunks != text.lines().filter(|line| line.starts_with("@@ ")).count() {
        return Err(invalid("one of its lines that begin with `@@` cannot be read"));
    }
    let changed = changed_lines(&patches);
    let of_mutants: BTreeSet<_> = mutants.iter().map(|mutant| mutant.file.as_path()).collect();
    for file in files.iter().filter(|file| of_mutants.contains(file.path.as_path())) {
        fits(&patches, file)?;
    }
    let kept: Vec<_> = mutants.into_iter().filter(|mutant| is_on(mutant, &changed)).collect();
    if kept.is_empty() {
        let is_source = |extension: &std::ffi::OsStr| extension == "rs" || extension == "c";
        let is_source = changed.keys().any(|path| path.extension().is_some_and(is_source));
        warnings.push(match (patches.is_empty(), is_source) {
            (true, _) => format!("the diff {} changes nothing", diff.display()),
            (false, true) => format!("no mutant is on the lines that {} changes", diff.display()),
            (false, false) => format!("the diff {} changes no source", diff.display()),
        });
    }
    Ok(kept)
}

/// Moves and changes of permissions change no line, and are diffs all the same.
fn begins_a_file(line: &str) -> bool {
    ["diff ", "--- ", "Index: ", "Only in ", "Binary files "]
        .iter()
        .any(|start| line.starts_with(start))
}

fn is_on(mutant: &Mutant, changed: &BTreeMap<PathBuf, BTreeSet<usize>>) -> bool {
    let lines = mutant.span.start.line..=mutant.span.end.line;
    changed.get(&mutant.file).is_some_and(|changed| changed.range(lines).next().is_some())
}

/// The lines of the new files that were added, and those before and after a line that was taken away.
fn changed_lines(patches: &[Diff<'_, str>]) -> BTreeMap<PathBuf, BTreeSet<usize>> {
    let mut files: BTreeMap<PathBuf, BTreeSet<usize>> = BTreeMap::new();
    for patch in patches {
        let Some(path) = new_path(patch) else { continue };
        let lines = files.entry(path).or_default();
        for hunk in patch.hunks() {
            let mut number = hunk.new_range().start();
            let mut after_removal = false;
            for line in hunk.lines() {
                match line {
                    Line::Delete(_) => {
                        lines.extend(number.checked_sub(1).filter(|before| *before > 0));
                        after_removal = true;
                    }
                    Line::Insert(_) => {
                        lines.insert(number);
                        after_removal = false;
                        number += 1;
                    }
                    Line::Context(_) => {
                        if after_removal {
                            lines.insert(number);
                        }
                        after_removal = false;
                        number += 1;
                    }
                }
            }
        }
    }
    files
}

/// # Errors
///
/// When a line of the diff's new text is another one in the file.
fn fits(patches: &[Diff<'_, str>], file: &SourceFile) -> Result<(), Error> {
    let lines: Vec<_> = file.text.lines().collect();
    for patch in patches.iter().filter(|patch| new_path(patch).as_ref() == Some(&file.path)) {
        for hunk in patch.hunks() {
            let mut number = hunk.new_range().start();
            for line in hunk.lines() {
                let (Line::Context((text, _)) | Line::Insert((text, _))) = line else { continue };
                let text = text.trim_end_matches('\r');
                let ours = number
                    .checked_sub(1)
                    .and_then(|index| lines.get(index))
                    .copied()
                    .unwrap_or_default();
                if text != ours {
                    let message = format!(
                        "the diff does not fit {}, line {number}: it has `{text}`, and the file `{ours}`; \
                         is it older than the file?",
                        file.path.display()
                    );
                    return Err(Error::new(ErrorKind::DiffMismatch, message));
                }
                number += 1;
            }
        }
    }
    Ok(())
}

/// The file after the change, without git's `b/`; `None` where it is deleted.
fn new_path(patch: &Diff<'_, str>) -> Option<PathBuf> {
    let path = Path::new(patch.modified()?);
    (path != Path::new("/dev/null")).then(|| path.strip_prefix("b").unwrap_or(path).to_path_buf())
}
