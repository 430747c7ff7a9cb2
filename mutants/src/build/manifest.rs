//! A package's `Cargo.toml` in the copy: what it says about places outside of the workspace keeps its meaning, and the
//! copy is a workspace of its own, whatever is around the folder that it stands in.

use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use toml::de::{DeTable, DeValue};

/// The manifest's text for the copy: relative paths that lead out of the workspace become absolute. What is no TOML stays as it is:
/// cargo does not read it either, and tests may.
pub(super) fn moved(text: &str, at: &Path, root: &Path) -> String {
    let Ok(table) = DeTable::parse(text) else { return text.to_owned() };
    let folder = at.parent().unwrap_or(root);
    let mut paths = Vec::new();
    for (key, value) in table.get_ref() {
        collect(key.get_ref(), value.get_ref(), &mut paths);
    }
    paths.sort_by_key(|(range, _)| range.start);
    let mut out = String::new();
    let mut end = 0;
    for (range, path) in paths {
        let target = clean(&folder.join(&path));
        if Path::new(&path).is_absolute() || target.starts_with(root) {
            continue;
        }
        out.push_str(text.get(end..range.start).unwrap_or_default());
        out.push_str(&format!("{:?}", target.to_string_lossy()));
        end = range.end;
    }
    out.push_str(text.get(end..).unwrap_or_default());
    if folder == root && !table.get_ref().iter().any(|(key, _)| key.get_ref() == "workspace") {
        out.push_str("\n[workspace]\n");
    }
    out
}

/// The names of a package's targets without the standard harness; the library's is its own.
pub(super) fn without_harness(text: &str) -> Vec<(String, Option<String>)> {
    let Ok(table) = DeTable::parse(text) else { return Vec::new() };
    let mut names = Vec::new();
    for (key, value) in table.get_ref() {
        match value.get_ref() {
            DeValue::Array(targets) => {
                for target in targets.iter() {
                    if let DeValue::Table(target) = target.get_ref()
                        && has_none(target)
                    {
                        names.push((key.get_ref().to_string(), string(target, "name")));
                    }
                }
            }
            DeValue::Table(library) if key.get_ref() == "lib" && has_none(library) => {
                names.push(("lib".into(), None));
            }
            _ => {}
        }
    }
    names
}

fn has_none(target: &DeTable<'_>) -> bool {
    target.iter().any(|(key, value)| {
        key.get_ref() == "harness" && matches!(value.get_ref(), DeValue::Boolean(false))
    })
}

fn string(table: &DeTable<'_>, wanted: &str) -> Option<String> {
    table.iter().find(|(key, _)| key.get_ref() == wanted).and_then(|(_, value)| {
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => None,
        }
    })
}

/// Tables whose entries are dependencies, wherever they stand; below `patch` those of each source are.
const LISTS: [&str; 6] = [
    "dependencies",
    "dev-dependencies",
    "build-dependencies",
    "dev_dependencies",
    "build_dependencies",
    "replace",
];

/// Collects the `path` of each dependency, of whatever kind and for whatever target.
fn collect(key: &str, value: &DeValue<'_>, paths: &mut Vec<(Range<usize>, String)>) {
    let DeValue::Table(table) = value else { return };
    for (inner, value) in table.iter() {
        let name: &str = inner.get_ref();
        if LISTS.contains(&key) {
            dependency(value.get_ref(), paths);
        } else if key == "patch" {
            let DeValue::Table(of_source) = value.get_ref() else { continue };
            of_source.iter().for_each(|(_, entry)| dependency(entry.get_ref(), paths));
        } else {
            collect(name, value.get_ref(), paths);
        }
    }
}

fn dependency(value: &DeValue<'_>, paths: &mut Vec<(Range<usize>, String)>) {
    let DeValue::Table(table) = value else { return };
    for (key, value) in table.iter() {
        if let (true, DeValue::String(path)) = (key.get_ref() == "path", value.get_ref()) {
            paths.push((value.span(), path.to_string()));
        }
    }
}

/// A path without `.` and `..`, by its text only.
fn clean(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests;
