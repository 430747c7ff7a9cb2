//! Crates that live files may name: read from their sources once, compiled with whatever needs them.
//!
//! The front end is given all of their texts beside `core`'s; what of them a live function reaches becomes
//! part of the live file's object, private to it, as what it reaches of `core` does.

use std::path::{Path, PathBuf};

use ra_ap_base_db::CrateName;

use crate::error::{Error, ErrorKind};
use crate::tree;

/// A crate beside the live file: where its source stands, and what cargo would have told rustc of it.
///
/// Procedural macros and files that a build script writes are not known: what needs them is not found.
#[derive(Clone, Debug)]
pub struct ExternCrate {
    name: String,
    root: PathBuf,
    edition: Edition,
    options: Vec<(String, Option<String>)>,
    dependencies: Vec<(String, String)>,
}

/// The edition that a crate's text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "their names say it")]
pub enum Edition {
    Rust2015,
    Rust2018,
    Rust2021,
    Rust2024,
}

impl ExternCrate {
    /// The crate that paths call `name`, with its root file (`src/lib.rs`). It sees `core`, and nothing else
    /// yet.
    pub fn new(name: impl Into<String>, root: impl Into<PathBuf>, edition: Edition) -> ExternCrate {
        let (options, dependencies) = (Vec::new(), Vec::new());
        ExternCrate { name: name.into(), root: root.into(), edition, options, dependencies }
    }

    /// What paths call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its root file, as it was given.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// With `--cfg 'feature="name"'`.
    #[must_use]
    pub fn with_feature(self, name: impl Into<String>) -> ExternCrate {
        self.with_option("feature", Some(name.into()))
    }

    /// With `--cfg key`, or `--cfg 'key="value"'`.
    #[must_use]
    pub fn with_option(mut self, key: impl Into<String>, value: Option<String>) -> ExternCrate {
        self.options.push((key.into(), value));
        self
    }

    /// With a dependency: the crate `of`, which its text calls `name`.
    #[must_use]
    pub fn with_dependency(
        mut self,
        name: impl Into<String>,
        of: impl Into<String>,
    ) -> ExternCrate {
        self.dependencies.push((name.into(), of.into()));
        self
    }
}

/// An [`ExternCrate`] with its texts.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) name: CrateName,
    pub(super) edition: Edition,
    pub(super) options: Vec<(String, Option<String>)>,
    /// Names in its text, and which crate each is, by its number in the list.
    pub(super) dependencies: Vec<(CrateName, usize)>,
    /// Whether it says nothing of `#![no_std]`, or has the feature `std`, by which such a crate asks for it all the same.
    pub(super) has_std: bool,
    /// Paths and texts, the root first.
    pub(super) files: Vec<(String, String)>,
}

/// Reads crates, which name only crates before them in the list.
pub(super) fn read(crates: &[ExternCrate]) -> Result<Vec<Read>, Error> {
    let mut all: Vec<Read> = Vec::new();
    for wanted in crates {
        let name = name(&wanted.name)?;
        let mut dependencies = Vec::new();
        for (alias, of) in &wanted.dependencies {
            let Some(number) = crates[..all.len()].iter().position(|it| it.name == *of) else {
                return Err(unusable(format!(
                    "crate `{}` needs `{of}`, which is not among the crates before it: add it first",
                    wanted.name
                )));
            };
            dependencies.push((self::name(alias)?, number));
        }
        let files = files(&wanted.root)?;
        let (edition, options) = (wanted.edition, wanted.options.clone());
        let asks_for_std =
            options.iter().any(|it| (it.0.as_str(), it.1.as_deref()) == ("feature", Some("std")));
        let has_std = asks_for_std || !files[0].1.contains("no_std");
        all.push(Read { name, edition, options, dependencies, has_std, files });
    }
    Ok(all)
}

fn name(text: &str) -> Result<CrateName, Error> {
    CrateName::new(text)
        .map_err(|_| unusable(format!("`{text}` is no name of a crate: write `_` for `-`")))
}

/// Every Rust file beside and below the root, the root first.
fn files(root: &Path) -> Result<Vec<(String, String)>, Error> {
    let root = tree::normal(root)?;
    let mut files = vec![text(&root)?];
    let mut folders: Vec<PathBuf> = root.parent().map(Path::to_owned).into_iter().collect();
    while let Some(folder) = folders.pop() {
        let failed = |error| Error::io("read the folder", &folder, error);
        let mut entries: Vec<_> = std::fs::read_dir(&folder)
            .map_err(failed)?
            .collect::<Result<_, _>>()
            .map_err(failed)?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") && path != root {
                files.push(text(&path)?);
            }
        }
    }
    Ok(files)
}

fn text(path: &Path) -> Result<(String, String), Error> {
    let text = std::fs::read_to_string(path).map_err(|error| Error::io("read", path, error))?;
    let Some(name) = path.to_str() else {
        return Err(unusable(format!("{}: the path is not UTF-8", path.display())));
    };
    Ok((name.to_owned(), text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()))
}

fn unusable(why: String) -> Error {
    Error::new(ErrorKind::Unsupported(why))
}

#[cfg(test)]
mod tests;
