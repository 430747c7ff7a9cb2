//! From `mod name;` to a file, by rustc's rules.

use std::path::{Path, PathBuf};

use syn::ext::IdentExt;

use super::attributes;
use super::conditions::Conditions;

#[cfg(test)]
mod tests;

/// A `mod`, with a body or without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Module {
    /// Its name, without `r#`.
    pub(super) name: String,
    path: Option<String>,
    line: usize,
}

/// Whether the modules of a file are beside it or in a folder of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A target's first file, a `mod.rs`, or a file that `#[path]` names.
    Beside,
    /// Any other.
    Below,
}

/// A file that a module is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ModuleFile {
    pub(super) path: PathBuf,
    pub(super) place: Place,
}

impl Module {
    pub(super) fn new(item: &syn::ItemMod, conditions: &Conditions) -> Module {
        Module {
            name: item.ident.unraw().to_string(),
            path: attributes::path_of(&item.attrs, conditions),
            line: item.mod_token.span.start().line,
        }
    }
}

/// The file of the last of these modules, which stand in each other, the first of them in `file`.
/// All paths are relative to `root`.
///
/// # Errors
///
/// Says which files there are not.
pub(super) fn find(
    root: &Path,
    file: &Path,
    place: Place,
    modules: &[Module],
) -> Result<ModuleFile, String> {
    let Some((last, outer)) = modules.split_last() else {
        return Err("a module without a name".into());
    };
    let beside = file.parent().unwrap_or(Path::new(""));
    let from_the_file = last.path.is_some() && outer.is_empty();
    let mut folder = match place {
        Place::Below if !from_the_file => file.with_extension(""),
        _ => beside.to_path_buf(),
    };
    folder.extend(outer.iter().map(|module| module.path.as_deref().unwrap_or(&module.name)));
    let candidates = match &last.path {
        Some(path) => vec![(folder.join(path), Place::Beside)],
        None => vec![
            (folder.join(format!("{}.rs", last.name)), Place::Below),
            (folder.join(&last.name).join("mod.rs"), Place::Beside),
        ],
    };
    let tried: Vec<_> = candidates.iter().map(|(path, _)| path.display().to_string()).collect();
    candidates
        .into_iter()
        .find(|(path, _)| root.join(path).is_file())
        .map(|(path, place)| ModuleFile { path: plain(&path), place })
        .ok_or_else(|| {
            format!(
                "{}:{}: `mod {}` is in no file: there is no {}",
                file.display(),
                last.line,
                last.name,
                tried.join(" and no ")
            )
        })
}

/// The same path without `.` and `a/..`, so that one file has one name.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            component => plain.push(component),
        }
    }
    plain
}
