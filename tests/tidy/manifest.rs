//! Rules about `Cargo.toml`: which package may depend on which of ours, and a reason beside every
//! dependency. The part of TOML that manifests use for dependencies is read line by line.

use crate::finding::Finding;
use crate::sources::{LAYERS, PACKAGES};

#[cfg(test)]
mod tests;

/// One dependency of a package.
struct Dependency<'a> {
    /// Line, counted from 1.
    line: usize,
    /// The package depended upon, its real name where it was renamed.
    package: &'a str,
    /// For building, or for tests and benches.
    is_dev: bool,
    /// Whether the line above is a comment; for the first entry of a table, the table's counts too.
    has_reason: bool,
}

/// Packages depend downwards only. Tests of the root package may use everything.
pub(crate) fn layering(path: &str, text: &str) -> Vec<Finding> {
    let is_root = path == "Cargo.toml";
    let folder = if is_root { "src/" } else { path.trim_end_matches("Cargo.toml") };
    let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == folder) else {
        let message =
            "a package without a place: give its folder a line in LAYERS, tests/tidy/sources.rs";
        return vec![Finding::new(path, 1, message)];
    };
    let ours = |dependency: &Dependency<'_>| {
        PACKAGES.contains(&dependency.package) || dependency.package == "segue"
    };
    let is_allowed = |dependency: &Dependency<'_>| {
        allowed.contains(&dependency.package) || (is_root && dependency.is_dev)
    };
    let wrong = dependencies(text).into_iter().filter(|it| ours(it) && !is_allowed(it));
    let message = |package: &str| {
        format!("`{folder}` may not depend on {package}: data flows one way, see ARCHITECTURE.md")
    };
    wrong.map(|it| Finding::new(path, it.line, message(it.package))).collect()
}

/// Every dependency from outside has its reason in the line above.
pub(crate) fn reasons(path: &str, text: &str) -> Vec<Finding> {
    let foreign = |it: &Dependency<'_>| !PACKAGES.contains(&it.package) && it.package != "segue";
    let bare = dependencies(text).into_iter().filter(|it| foreign(it) && !it.has_reason);
    let message =
        |package: &str| format!("say in a comment above `{package}` why it earns its place");
    bare.map(|it| Finding::new(path, it.line, message(it.package))).collect()
}

/// The dependencies of a manifest, except `[workspace.dependencies]`, where only versions stand.
fn dependencies(text: &str) -> Vec<Dependency<'_>> {
    let mut found = Vec::new();
    let mut table = "";
    let mut above = "";
    for (index, line) in text.lines().map(str::trim).enumerate() {
        let has_reason = above.starts_with('#');
        // A comment above a table's header explains its first entry.
        above = if has_reason && line.starts_with('[') { above } else { line };
        let entry = |package, table: &str| Dependency {
            line: index + 1,
            package,
            is_dev: table.contains("dev-dependencies"),
            has_reason,
        };
        if let Some(header) = line.strip_prefix('[') {
            table = header.trim_matches(['[', ']']);
            // `[dependencies.name]` is a dependency with a table of its own.
            let own = table.rsplit_once('.').filter(|(before, _)| is_dependencies(before));
            found.extend(own.map(|(_, name)| entry(name, table)));
        } else if is_dependencies(table) && !line.starts_with('#') {
            let pair = line.split_once('=');
            found.extend(pair.map(|(key, value)| entry(package_name(key, value), table)));
        }
    }
    found
}

/// Whether a table's entries are dependencies of the package itself.
fn is_dependencies(table: &str) -> bool {
    let last = table.rsplit('.').next().unwrap_or_default();
    let is_plain = table == last || table.starts_with("target.");
    is_plain && matches!(last, "dependencies" | "dev-dependencies" | "build-dependencies")
}

/// The name of the package behind `key = value`, which may be renamed or spelt `key.workspace`.
fn package_name<'a>(key: &'a str, value: &'a str) -> &'a str {
    let renamed = value.split_once("package = \"").and_then(|(_, name)| name.split('"').next());
    renamed.unwrap_or_else(|| key.trim().split('.').next().unwrap_or_default())
}
