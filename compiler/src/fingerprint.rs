//! Fingerprints: 128 bits that differ whenever a layout or an ABI could differ.
//!
//! They cover the text of a type and of every definition it mentions, transitively, and nothing
//! else: bodies, comments and formatting leave them alone. They err on one side only: two equal
//! layouts may have different fingerprints, never the other way round.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::path::PathBuf;

use xxhash_rust::xxh3::xxh3_128;

use crate::definitions::{Definition, Definitions, Names};
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

/// Some syntax that a fingerprint is taken of.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    pub text: &'a str,
    /// Modules and functions around it.
    pub place: &'a str,
    pub file: usize,
    pub names: &'a Names,
}

/// Whether it counts in which module a definition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Places {
    /// Yes: two modules may exchange what they call by one name.
    Count,
    /// Only where a name is ambiguous: what moves to another module stays what it is.
    CountIfAmbiguous,
}

impl Fingerprint {
    /// Of `part`, and of all definitions reachable from the names it mentions.
    /// Of what this one is of, and of `text`.
    #[cfg(feature = "jit")]
    pub(crate) fn and(self, text: &str) -> Self {
        Fingerprint(xxhash_rust::xxh3::xxh3_128_with_seed(text.as_bytes(), self.0 as u64) ^ self.0)
    }

    pub(crate) fn of(definitions: &Definitions, part: Part<'_>) -> Self {
        hash(part.text, reachable(definitions, &[part], Places::CountIfAmbiguous))
    }

    /// Of the definition of a type: what [`of_type`](Fingerprint::of_type) gives for its name.
    pub(crate) fn of_definition(definitions: &Definitions, part: Part<'_>) -> Self {
        hash("", reachable(definitions, &[part], Places::CountIfAmbiguous))
    }

    /// Of several texts at once, whatever their order.
    pub(crate) fn of_all<'a>(
        definitions: &Definitions,
        parts: impl Iterator<Item = Part<'a>>,
    ) -> Self {
        let parts: Vec<Part<'_>> = parts.collect();
        hash("", reachable(definitions, &parts, Places::Count))
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
        let found = found.iter().map(|&id| definitions.get(id));
        let parts: Vec<Part<'_>> =
            found.filter(|found| found.file == file).map(Definition::part).collect();
        Some(hash("", reachable(definitions, &parts, Places::CountIfAmbiguous)))
    }
}

/// The texts of `parts` and of all definitions reachable from what they mention.
pub(crate) fn reachable(
    definitions: &Definitions,
    parts: &[Part<'_>],
    places: Places,
) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut queue: VecDeque<Part<'_>> = parts.iter().copied().collect();
    while let Some(part) = queue.pop_front() {
        let mut place_counts = places == Places::Count;
        for mention in part.names.mentions(part.file) {
            let found = definitions.lookup(&mention);
            // What the mention means depends on where it stands, and on where its meanings do.
            place_counts |= found.is_ambiguous;
            for id in found.ids {
                let definition = definitions.get(id);
                if found.is_ambiguous {
                    texts.insert(format!("{} {}", definition.place, definition.text));
                }
                if seen.insert(id) {
                    queue.push_back(definition.part());
                }
            }
        }
        if place_counts {
            texts.insert(format!("{} {}", part.place, part.text));
        } else {
            texts.insert(part.text.to_owned());
        }
        if is_positional(part.text) {
            texts.insert(definitions.positions(part.file));
        }
    }
    texts
}

/// Whether `text` could mean something else in another line, column or module. A macro may say it for
/// whoever calls it.
pub(crate) fn is_positional(text: &str) -> bool {
    ["line !", "column !", "module_path !", "Location "].iter().any(|word| text.contains(word))
}

fn hash(text: &str, texts: BTreeSet<String>) -> Fingerprint {
    let mut all = String::from(text);
    for text in texts {
        // No token text contains a NUL, so the parts cannot run into each other.
        all.push('\0');
        all.push_str(&text);
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
