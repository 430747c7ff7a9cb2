//! Which of a package's targets are built as tests. cargo builds the library as one although there is no test in it, which takes
//! as long as the library itself: with all mutants in it, most of a build. Where its text shows that there is none, it is left out.
//!
//! Only what is certain counts: a test may stand in what a macro makes.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};
use walkdir::WalkDir;

use super::{BuildOptions, manifest};
use crate::{Package, Target, Workspace};

/// What cargo is told of the targets that are to be built.
pub(super) fn arguments(
    workspace: &Workspace,
    packages: &[&Package],
    options: &BuildOptions,
) -> Vec<String> {
    // Of several packages, one may have a test of a name that is to be left out in another.
    let apart = match packages {
        [package] => apart(workspace, package, options),
        _ => None,
    };
    apart.unwrap_or_else(|| vec!["--tests".to_owned()])
}

/// What cargo is told of integration tests of these names.
pub(super) fn named<'n>(tests: impl Iterator<Item = &'n str>) -> Vec<String> {
    tests.map(|name| format!("--test={name}")).collect()
}

/// A package's integration tests, where nothing else can have tests.
fn apart(workspace: &Workspace, package: &Package, options: &BuildOptions) -> Option<Vec<String>> {
    let is_library = |it: &&Target| it.is_product() && !it.is("bin");
    let library = package.targets.iter().find(is_library)?;
    // A library that is not tested at all is not built as a test anyway.
    let tested = || package.targets.iter().filter(|it| it.test && *it != library);
    let is_plain = |it: &Target| it.is("test") && it.required_features.is_empty();
    let is_apart = library.test && tested().next().is_some() && tested().all(is_plain);
    let text = fs::read_to_string(&package.manifest).ok()?;
    let has_harness = !manifest::without_harness(&text).contains(&("lib".to_owned(), None));
    (is_apart
        && has_harness
        && has_no_macros_of_others(workspace, package, options)
        && has_no_tests(library.source.parent()?))
    .then(|| named(tested().map(|it| it.name.as_str())))
}

/// Whether all macros that the library can name are std's and its own: no package that it depends on is compiled. Those for
/// development can be named in a test only.
fn has_no_macros_of_others(
    workspace: &Workspace,
    package: &Package,
    options: &BuildOptions,
) -> bool {
    let features = workspace.features(&[package], &options.features);
    let nothing = BTreeSet::new();
    let on = features.get(&package.name).unwrap_or(&nothing);
    let switched_on = |name: &str| {
        let entries = on.iter().filter_map(|it| package.features.get(it)).flatten();
        let of_it = |entry: &String| {
            let entry = entry.strip_prefix("dep:").unwrap_or(entry);
            // `name?/feature` is for a package that something else switches on.
            entry.split_once('/').map_or(entry, |(of, _)| of) == name
        };
        on.contains(name) || entries.into_iter().any(of_it)
    };
    let own = package.dependencies.iter().filter(|it| it.kind.is_none());
    own.into_iter().all(|it| {
        // Arguments for cargo may switch on anything.
        let is_off = || !switched_on(it.rename.as_deref().unwrap_or(&it.name));
        it.optional && options.cargo_arguments.is_empty() && !options.features.all && is_off()
    })
}

/// Whether nothing in a folder's files can be a test, or bring one in from elsewhere.
fn has_no_tests(folder: &Path) -> bool {
    WalkDir::new(folder).into_iter().all(|entry| {
        let Ok(entry) = entry else { return false };
        let is_source = entry.path().extension().is_some_and(|it| it == "rs");
        // A link to a folder is not looked into.
        if entry.path_is_symlink() {
            return false;
        }
        !is_source || fs::read_to_string(entry.path()).is_ok_and(|text| is_without_tests(&text))
    })
}

/// Words without which no macro of std's and no attribute makes a test, and what brings in a text from elsewhere.
const SUSPECT: [&str; 4] = ["test", "test_case", "bench", "include"];

/// Whether no word in a file's code makes a test, and it names no other file.
fn is_without_tests(text: &str) -> bool {
    // What stands nowhere in a text is no word of its code.
    let may_have = SUSPECT.iter().chain(&["path"]).any(|it| text.contains(it));
    !may_have || TokenStream::from_str(text).is_ok_and(are_without_tests)
}

fn are_without_tests(tokens: TokenStream) -> bool {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_suspect = match token {
            TokenTree::Group(group) => !are_without_tests(group.stream()),
            TokenTree::Ident(word) => {
                let word = word.to_string();
                let is_given =
                    matches!(tokens.peek(), Some(TokenTree::Punct(it)) if it.as_char() == '=');
                // `#[path = "..."]`
                let names_a_file = word == "path" && is_given;
                names_a_file || SUSPECT.contains(&word.trim_start_matches("r#"))
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        };
        if is_suspect {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests;
