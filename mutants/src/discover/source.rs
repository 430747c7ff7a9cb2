//! From a package's first files to all of them, and from each file to its mutants.

use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use super::modules::{self, ModuleFile, Place};
use super::visit::{self, Found, Rules};
use crate::{Error, ErrorKind, Package, Target};

/// A file of Rust that takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The package.
    pub package: String,
    /// Where it is, relative to the workspace's root.
    pub path: PathBuf,
    /// What is in it.
    pub text: String,
}

/// A package's files, in the order of cargo-mutants: the targets' first files by path, then what they name,
/// then what that names. Each file comes once, although several targets may name it.
pub(super) fn files(
    root: &Path,
    package: &Package,
    rules: &Rules<'_>,
    warnings: &mut Vec<String>,
) -> Result<Vec<(SourceFile, Found)>, Error> {
    let is_built =
        |target: &&Target| target.required_features.iter().all(|name| rules.conditions.has(name));
    let targets = package.targets.iter().filter(|target| target.is_product()).filter(is_built);
    let sources = targets.map(|target| &target.source);
    let mut first = BTreeSet::new();
    for source in sources {
        match source.strip_prefix(root) {
            Ok(path) => _ = first.insert(path.to_path_buf()),
            Err(_) => {
                warnings.push(format!("{} is outside of {}", source.display(), root.display()))
            }
        }
    }
    let mut queue: VecDeque<_> =
        first.into_iter().map(|path| ModuleFile { path, place: Place::Beside }).collect();
    let mut seen = BTreeSet::new();
    let mut files = Vec::new();
    while let Some(file) = queue.pop_front() {
        if !seen.insert(file.path.clone()) {
            continue;
        }
        if file.path.is_absolute() || file.path.starts_with("..") {
            warnings.push(format!("{} is outside of {}", file.path.display(), root.display()));
            continue;
        }
        let whole = root.join(&file.path);
        let text = std::fs::read_to_string(&whole).map_err(Error::file("read", &whole))?;
        let found = read(&text, rules).map_err(|said| {
            Error::new(ErrorKind::Baseline, format!("{}:{said}", file.path.display()))
        })?;
        for module in &found.modules {
            match modules::find(root, &file.path, file.place, module) {
                Ok(file) => queue.push_back(file),
                Err(said) => warnings.push(said),
            }
        }
        files.push((SourceFile { package: package.name.clone(), path: file.path, text }, found));
    }
    Ok(files)
}

/// What is in a text.
///
/// # Errors
///
/// Says in which line and column it is not Rust, and why.
pub(super) fn read(text: &str, rules: &Rules<'_>) -> Result<Found, String> {
    Ok(visit::walk(&parse(text)?, text, rules))
}

/// A text's syntax.
///
/// # Errors
///
/// As [`read`].
pub(super) fn parse(text: &str) -> Result<syn::File, String> {
    must_be_shallow(text)?;
    syn::parse_str::<syn::File>(&without_shebang(text)).map_err(|error| {
        let at = error.span().start();
        format!("{}:{}: {error}", at.line, at.column + 1)
    })
}

/// # Errors
///
/// Brackets stand in each other deeper than the walk's stack allows.
pub(crate) fn must_be_shallow(text: &str) -> Result<(), String> {
    let deepest = deepest_bracket(text);
    if deepest <= DEEPEST {
        return Ok(());
    }
    Err(format!(" brackets stand in each other {deepest} deep; up to {DEEPEST} are read"))
}

/// How deep brackets may stand in each other: the stack of [`super::discover`]'s thread is made for it.
const DEEPEST: usize = 1000;

/// How deep brackets stand in each other, those in comments and strings included.
fn deepest_bracket(text: &str) -> usize {
    let (mut deepest, mut depth) = (0usize, 0usize);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The same text, in which a first line for the shell is empty and as long as before.
pub(super) fn without_shebang(text: &str) -> std::borrow::Cow<'_, str> {
    let start = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_shebang = start.starts_with("#!") && !start[2..].trim_start().starts_with('[');
    if !is_shebang {
        return text.into();
    }
    let end = text.find('\n').unwrap_or(text.len());
    format!("{}{}", " ".repeat(end), &text[end..]).into()
}
