//! Fingerprints: 128 bits that differ whenever a layout or an ABI could differ.
//!
//! They cover the text of a type and of every definition it mentions, transitively, and nothing
//! else: bodies, comments and formatting leave them alone. They err on one side only: two equal
//! layouts may have different fingerprints, never the other way round.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::path::PathBuf;

use xxhash_rust::xxh3::xxh3_128;

use crate::definitions::{Definitions, Mention, Names};
use crate::error::{Error, ErrorKind};
use crate::source::Source;
use crate::tree::Tree;

/// Stands for the text of a type and of everything its layout depends on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Fingerprint(pub u128);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl Fingerprint {
    /// Of `text`, and of all definitions reachable from the names it mentions.
    pub(crate) fn of(definitions: &Definitions, text: &str, file: usize, names: &Names) -> Self {
        hash(text, closure(definitions, names.mentions(file)))
    }

    /// Of several texts at once, whatever their order.
    pub(crate) fn of_all<'a>(
        definitions: &'a Definitions,
        roots: impl Iterator<Item = (&'a str, usize, &'a Names)>,
    ) -> Self {
        let mut texts = BTreeSet::new();
        let mut mentions = Vec::new();
        for (text, file, names) in roots {
            texts.insert(text);
            mentions.extend(names.mentions(file));
        }
        texts.extend(closure(definitions, mentions));
        hash("", texts)
    }

    /// Of the type `name`, looked for in the user's files first. `None` when it is not defined.
    pub(crate) fn of_type(definitions: &Definitions, name: &str) -> Option<Self> {
        if definitions.is_renamed(name) {
            return None;
        }
        let found = definitions.types_named(name);
        let first = found.first()?;
        // Types of one name in one file cannot be told apart by name: all count.
        let file = definitions.get(*first).file;
        let mut texts = BTreeSet::new();
        let mut mentions = Vec::new();
        for definition in found.iter().map(|&id| definitions.get(id)).filter(|d| d.file == file) {
            texts.insert(definition.text.as_str());
            mentions.extend(definition.names.mentions(file));
        }
        texts.extend(closure(definitions, mentions));
        Some(hash("", texts))
    }
}

/// The texts of all definitions reachable from `mentions`.
fn closure<'a>(definitions: &'a Definitions, mentions: Vec<Mention<'a>>) -> BTreeSet<&'a str> {
    let mut texts = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut queue: VecDeque<Mention<'a>> = mentions.into();
    while let Some(mention) = queue.pop_front() {
        for id in definitions.lookup(&mention) {
            if seen.insert(id) {
                let definition = definitions.get(id);
                texts.insert(definition.text.as_str());
                queue.extend(definition.names.mentions(definition.file));
            }
        }
    }
    texts
}

fn hash(text: &str, texts: BTreeSet<&str>) -> Fingerprint {
    let mut all = String::from(text);
    for text in texts {
        // No token text contains a NUL, so the parts cannot run into each other.
        all.push('\0');
        all.push_str(text);
    }
    Fingerprint(xxh3_128(all.as_bytes()))
}

/// The fingerprint of the type `type_name` as `source` alone defines it: for a type that host and
/// live code share. It equals what [`crate::Interface::type_fingerprint`] gives where the same text is
/// a support module.
///
/// # Errors
///
/// [`ErrorKind::Unsupported`] when the text is not Rust, [`ErrorKind::UnknownType`] when it does not
/// define the type.
pub fn type_fingerprint(source: &str, type_name: &str) -> Result<Fingerprint, Error> {
    let source = Source {
        // A place without files beside it: `mod` lines name nothing.
        path: PathBuf::from("/dev/null/type.rs"),
        text: source.into(),
        support: Vec::new(),
    };
    let tree = Tree::read(&source)?;
    if let Some(error) = tree.unparsed() {
        return Err(error);
    }
    Fingerprint::of_type(&Definitions::collect(&tree), type_name)
        .ok_or_else(|| Error::new(ErrorKind::UnknownType(type_name.to_owned())))
}

#[cfg(test)]
mod tests;
