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
    root: &Path,
    warnings: &mut Vec<String>,
) -> Result<Vec<Mutant>, Error> {
    let bytes = std::fs::read(diff).map_err(|error| {
        Error::new(
            ErrorKind::DiffInvalid,
            format!("cannot read the diff {}: {error}", diff.display()),
        )
    })?;
    // A diff may have files of other encodings; ours are UTF-8.
    let text = readable(&String::from_utf8_lossy(&bytes));
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
    let place = place_in_repository(root);
    let changed = changed_lines(&patches, &place);
    let of_mutants: BTreeSet<_> = mutants.iter().map(|mutant| mutant.file.as_path()).collect();
    for file in files.iter().filter(|file| of_mutants.contains(file.path.as_path())) {
        fits(&patches, &place, file)?;
    }
    let kept: Vec<_> = mutants.into_iter().filter(|mutant| is_on(mutant, &changed)).collect();
    if kept.is_empty() {
        let changes_none = patches.is_empty();
        warnings.push(format!("{}: {}", diff.display(), why_none(changes_none, &changed, root)));
    }
    Ok(kept)
}

/// Why a diff leaves no mutant.
fn why_none(
    changes_none: bool,
    changed: &BTreeMap<PathBuf, BTreeSet<usize>>,
    root: &Path,
) -> String {
    let is_source = |path: &&PathBuf| path.extension().is_some_and(|it| it == "rs" || it == "c");
    let mut sources = changed.keys().filter(is_source);
    let Some(first) = sources.clone().next() else {
        let what = if changes_none { "nothing" } else { "no source" };
        return format!("the diff changes {what}");
    };
    if sources.any(|path| root.join(path).is_file()) {
        return "no mutant is on the lines that the diff changes".to_owned();
    }
    format!(
        "the diff changes no source of {}: `{}`, for one, is none; paths may begin at the root of its repository or there",
        root.display(),
        first.display()
    )
}

/// Where a workspace is in the repository around it: git's paths begin at the repository's root.
fn place_in_repository(root: &Path) -> PathBuf {
    let repository = root.ancestors().find(|it| it.join(".git").exists());
    let place = repository.and_then(|it| root.strip_prefix(it).ok());
    place.unwrap_or(Path::new("")).to_path_buf()
}

/// The diff with names as they are: git writes those with letters that are not ASCII in quotes, with `\\` and three digits for
/// each byte of such a letter.
fn readable(text: &str) -> String {
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    let is_header = |at: usize| {
        let begins = |at: Option<usize>, with: &str| {
            at.and_then(|at| lines.get(at)).is_some_and(|it| it.starts_with(with))
        };
        begins(Some(at), "--- \"") && begins(at.checked_add(1), "+++ ")
            || begins(Some(at), "+++ \"") && begins(at.checked_sub(1), "--- ")
    };
    let line = |(at, line): (usize, &&str)| {
        if is_header(at) {
            format!("{}\t\n", unescaped(line.trim_end()))
        } else {
            (*line).to_owned()
        }
    };
    lines.iter().enumerate().map(line).collect()
}

/// A text with the bytes that three digits stand for; all else that is escaped stays so.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..3).and_then(|it| std::str::from_utf8(it).ok());
        let byte = digits.and_then(|it| u8::from_str_radix(it, 8).ok());
        let length = match (first, byte) {
            (b'\\', Some(byte)) => {
                bytes.push(byte);
                4
            }
            (b'\\', None) => {
                bytes.extend_from_slice(&rest[..rest.len().min(2)]);
                2
            }
            _ => {
                bytes.push(*first);
                1
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
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
fn changed_lines(patches: &[Diff<'_, str>], place: &Path) -> BTreeMap<PathBuf, BTreeSet<usize>> {
    let mut files: BTreeMap<PathBuf, BTreeSet<usize>> = BTreeMap::new();
    for patch in patches {
        let Some(path) = new_path(patch, place) else { continue };
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
fn fits(patches: &[Diff<'_, str>], place: &Path, file: &SourceFile) -> Result<(), Error> {
    let lines: Vec<_> = file.text.lines().collect();
    for patch in patches.iter().filter(|patch| new_path(patch, place).as_ref() == Some(&file.path))
    {
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

/// What git writes in front of the new file's name, `b/`, or with `diff.mnemonicPrefix` where that file is from: the index, the
/// working tree, a commit, an object.
const PREFIXES: [&str; 5] = ["b", "i", "w", "c", "o"];

/// The file after the change, without git's prefix and without the workspace's place; `None` where it is deleted.
fn new_path(patch: &Diff<'_, str>, place: &Path) -> Option<PathBuf> {
    let path = Path::new(patch.modified()?);
    let first = path.iter().next().and_then(|it| it.to_str());
    // Old and new have different ones: where they begin with the same word, that is a folder.
    let before = patch.original().and_then(|it| Path::new(it).iter().next()?.to_str());
    let prefix = first.filter(|it| PREFIXES.contains(it) && before != Some(*it));
    let inside = prefix.and_then(|it| path.strip_prefix(it).ok()).unwrap_or(path);
    let inside = inside.strip_prefix(place).unwrap_or(inside);
    (path != Path::new("/dev/null")).then(|| inside.to_path_buf())
}
