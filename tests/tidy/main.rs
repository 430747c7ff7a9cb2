//! What a machine can check of how this repository is written: layering, module documentation,
//! ARCHITECTURE.md, words, sizes and habits. Formatting and lints have steps of their own in the
//! Makefile.
//!
//! Every rule is a function from text to findings and has a test that shows it catching a
//! violation (`<module>/tests.rs`); the tests in this file apply the rules to the repository.
//! Only std is used, so that the checks build in a second.

mod architecture;
mod finding;
mod guarantees;
mod library;
mod manifest;
mod repository;
mod rust_text;
mod sources;
mod words;

use finding::Finding;
use repository::{files, is_data, manifests, rust_files};
use rust_text::RustText;

/// Fails with every finding, one a line, each with its file and line.
#[track_caller]
fn assert_none(findings: Vec<Finding>) {
    let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    assert!(lines.is_empty(), "{} to repair:\n{}\n", lines.len(), lines.join("\n"));
}

/// Applies one rule to every Rust file of ours: programs, tests, benches, songs and prelude.
#[track_caller]
fn assert_rust(rule: fn(&str, &RustText) -> Vec<Finding>) {
    let checked = rust_files();
    assert!(checked.len() > 10, "the repository's Rust files were not found");
    assert_none(checked.iter().flat_map(|(file, text)| rule(&file.path, text)).collect());
}

#[test]
fn every_file_says_what_it_is_for() {
    assert_rust(sources::opens_with_docs);
}

#[test]
fn files_and_functions_stay_small() {
    assert_rust(sources::stays_small);
}

#[test]
fn tests_live_in_files_of_their_own() {
    assert_rust(sources::no_inline_test_module);
}

#[test]
fn no_test_is_switched_off() {
    assert_rust(sources::no_ignored_test);
}

#[test]
fn no_test_sleeps() {
    assert_rust(sources::no_sleeping_test);
}

#[test]
fn nothing_is_left_unfinished() {
    assert_rust(sources::no_unfinished_marker);
}

#[test]
fn the_words_are_ours() {
    assert_rust(words::names);
    assert_rust(words::docs);
}

#[test]
fn atomics_of_the_runtime_go_through_sync() {
    assert_rust(sources::atomics_through_sync);
}

#[test]
fn orderings_name_their_pair() {
    let ours = rust_files().iter().filter(|(file, _)| !is_library(&file.path));
    assert_none(
        ours.flat_map(|(file, text)| sources::orderings_name_their_pair(&file.path, text))
            .collect(),
    );
}

#[test]
fn packages_depend_downwards_only() {
    assert_none(manifests().flat_map(|file| manifest::layering(&file.path, &file.text)).collect());
    assert_rust(sources::layering);
}

#[test]
fn the_swap_protocol_knows_neither_loader_nor_compiler() {
    for module in sources::PROVABLE_MODULES {
        assert!(
            files().iter().any(|file| sources::is_module(&file.path, module)),
            "{module}.rs is gone: name the modules that must stay small enough to prove in tests/tidy/sources.rs"
        );
    }
    assert_rust(sources::provable_modules);
}

#[test]
fn every_dependency_has_its_reason_beside_it() {
    assert_none(manifests().flat_map(|file| manifest::reasons(&file.path, &file.text)).collect());
}

#[test]
fn no_path_of_one_machine_is_written_down() {
    let texts = files().iter().filter(|file| !is_data(&file.path));
    assert_none(texts.flat_map(|file| words::machine_paths(&file.path, &file.text)).collect());
}

/// The text of ARCHITECTURE.md, which the next two tests cannot do without.
#[track_caller]
fn architecture_text() -> &'static str {
    let file = files().iter().find(|file| file.path == architecture::FILE);
    &file.expect("ARCHITECTURE.md is missing: write it, it is the map of this repository").text
}

#[test]
fn architecture_names_every_folder() {
    let paths: Vec<&str> = rust_files().iter().map(|(file, _)| file.path.as_str()).collect();
    assert_none(architecture::names_folders(architecture_text(), &paths));
}

/// The `core` that programs of the jit see is text to this repository: it is compiled into theirs, and nearly
/// every file of it is about memory.
fn is_library(path: &str) -> bool {
    path.starts_with("compiler/core/")
}

#[test]
fn every_function_of_the_library_is_called_by_a_program() {
    let texts = |is_one: fn(&str) -> bool| {
        files().iter().filter(move |file| file.path.ends_with(".rs") && is_one(&file.path))
    };
    let library: Vec<(&str, &str)> =
        texts(is_library).map(|file| (file.path.as_str(), file.text.as_str())).collect();
    let is_program = |path: &str| {
        path.starts_with("tests/cases/rust/") || path.starts_with("tests/cases/crates/")
    };
    let programs: Vec<&str> = texts(is_program).map(|file| file.text.as_str()).collect();
    assert!(
        library.len() > 100 && programs.len() > 300,
        "the library and its programs were not found"
    );
    assert_none(library::called(&library, &programs));
}

#[test]
fn architecture_lists_every_file_with_unsafe() {
    let sources: Vec<(&str, Option<usize>)> = rust_files()
        .iter()
        .filter(|(file, _)| is_product(&file.path) && !is_library(&file.path))
        .map(|(file, text)| (file.path.as_str(), sources::first_unsafe(text)))
        .collect();
    assert_none(architecture::lists_unsafe(architecture_text(), &sources));
}

/// The pages of `docs/guarantees/`.
fn guarantee_pages() -> impl Iterator<Item = &'static repository::File> {
    files().iter().filter(|file| guarantees::is_page(&file.path))
}

#[test]
fn guarantees_name_tests_that_exist() {
    let functions: Vec<String> =
        rust_files().iter().flat_map(|(_, text)| guarantees::functions(text)).collect();
    let paths: Vec<&str> = files().iter().map(|file| file.path.as_str()).collect();
    let check = |page: &repository::File| {
        guarantees::names_what_exists(&page.path, &page.text, &functions, &paths)
    };
    assert_none(guarantee_pages().flat_map(check).collect());
}

#[test]
fn guarantees_are_all_in_their_index() {
    let index = guarantee_pages().find(|page| page.path == guarantees::INDEX);
    let index = &index.expect("docs/guarantees/README.md lists the guarantees: write it").text;
    let pages: Vec<&str> = guarantee_pages().map(|page| page.path.as_str()).collect();
    assert_none(guarantees::lists_every_page(index, &pages));
}

/// Whether a file is part of what ships. Tests and benchmarks call linked code by its address, each
/// with its own argument; the list in ARCHITECTURE.md is of the code that users depend on.
fn is_product(path: &str) -> bool {
    let folders: Vec<&str> = path.split('/').collect();
    let is_apart = |folder: &&str| matches!(*folder, "tests" | "benches" | "examples");
    !folders.iter().any(is_apart) && !path.ends_with("/tests.rs") && !path.ends_with("/testing.rs")
}
