//! Which function of the text is which symbol of an object: both are written alike.

use syn::{Path, Type};

use rustc_demangle::try_demangle;

use crate::symbol::defining_crate;
use crate::tokens::plain;

/// A function as text and symbol both tell it: `voices::tick`, `<Voice>::tick`, `<Voice as Osc>::tick`. Of
/// types and traits only the last segment counts, so two functions may have the same key; those
/// are not told apart and not compiled alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key(String);

impl Key {
    /// A free function.
    pub(super) fn free(module: &[String], name: &str) -> Key {
        let path = module.iter().map(String::as_str).chain([name]);
        Key(path.collect::<Vec<_>>().join("::"))
    }

    /// A method; none where the type is not a path.
    pub(super) fn method(owner: &Type, of: Option<&Path>, name: &str) -> Option<Key> {
        let Type::Path(owner) = owner else { return None };
        let last = |path: &Path| path.segments.last().map(|segment| plain(&segment.ident));
        let owner = last(&owner.path).filter(|_| owner.qself.is_none())?;
        let of = match of {
            Some(path) => format!(" as {}", last(path)?),
            None => String::new(),
        };
        Some(Key(format!("<{owner}{of}>::{name}")))
    }

    /// The function of `crate_name` that `symbol` names; none for closures, instances of generic functions
    /// and what else has no key.
    pub(super) fn of_symbol(symbol: &str, crate_name: &str) -> Option<Key> {
        if defining_crate(symbol) != Some(crate_name) || symbol.contains('.') {
            return None;
        }
        let path = format!("{:#}", try_demangle(symbol).ok()?);
        if path.contains('{') {
            return None;
        }
        let Some(inner) = path.strip_prefix('<') else {
            let own = path.strip_prefix(crate_name)?.strip_prefix("::")?;
            return (!own.contains('<')).then(|| Key(own.to_owned()));
        };
        let (types, name) = inner.rsplit_once(">::")?;
        if name.contains('<') || name.contains("::") {
            return None;
        }
        let types: Vec<&str> = types.split(" as ").map(last_segment).collect();
        Some(Key(format!("<{}>::{name}", types.join(" as "))))
    }

    /// As people write it.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Its last segment.
    pub(super) fn name(&self) -> &str {
        self.0.rsplit("::").next().unwrap_or(&self.0)
    }
}

/// `Voice` of `song::voices::Voice<f32>`.
fn last_segment(path: &str) -> &str {
    let plain = path.split('<').next().unwrap_or(path);
    plain.rsplit("::").next().unwrap_or(plain)
}

/// The path of `symbol`, where its crate and its impl blocks are told apart: what is inside of a function
/// starts with the function's.
pub(super) fn path_of(symbol: &str) -> Option<String> {
    try_demangle(symbol).ok().map(|name| name.to_string())
}

#[cfg(test)]
mod tests;
