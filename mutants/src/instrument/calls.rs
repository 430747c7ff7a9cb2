//! What a piece of text calls, by its names: for `const fn`s, of which some lose that word in the copy.

use super::site::{Place, Site};

/// The names in a text that a parenthesis or type arguments follow: what it calls.
pub(super) fn called(text: &str) -> Vec<String> {
    calls(text).into_iter().map(|(_, name)| name).collect()
}

/// The same with what stands before the last `::` of each, if that is a name.
pub(super) fn calls(text: &str) -> Vec<(String, String)> {
    let mut calls = Vec::new();
    for (at, _) in text.match_indices(['(', ':']) {
        let before = text.get(..at).unwrap_or_default().trim_end();
        let rest = text.get(at..).unwrap_or_default();
        if rest.starts_with('(') || rest.starts_with("::<") {
            let name = last_name(before);
            let path = before.strip_suffix(&name).unwrap_or_default().trim_end();
            let path = path.strip_suffix("::").map(str::trim_end).unwrap_or_default();
            calls.push((last_name(path), name));
        }
    }
    calls
}

/// The name that a text ends with.
fn last_name(text: &str) -> String {
    let text = text.trim_end();
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let name = text.trim_end_matches(is_name).len();
    text.get(name..).unwrap_or_default().to_owned()
}

/// Types and traits of the standard library by which values are made.
const STANDARD: [&str; 19] = [
    "Arc",
    "BTreeMap",
    "BTreeSet",
    "BinaryHeap",
    "Box",
    "Cell",
    "Cow",
    "Default",
    "HashMap",
    "HashSet",
    "LinkedList",
    "Mutex",
    "Rc",
    "RefCell",
    "String",
    "Vec",
    "VecDeque",
    "iter",
    "Option",
];

/// Whether one of these calls may be one of this function. A type may have other names, so only those of the standard
/// library are taken for others.
pub(super) fn is_called(site: &Site, calls: &[(String, String)]) -> bool {
    let is_another = |of: &str| {
        let own = match &site.place {
            Place::Inherent { self_type, .. } => {
                last_name(self_type.split('<').next().unwrap_or_default())
            }
            Place::Free | Place::Trait => String::new(),
        };
        STANDARD.contains(&of) && own != of
    };
    calls.iter().any(|(of, name)| *name == site.name && !is_another(of))
}

#[cfg(test)]
mod tests;
