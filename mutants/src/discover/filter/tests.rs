//! Globs and regular expressions as cargo-mutants reads them.

use std::path::Path;

use super::Filter;
use crate::ErrorKind;
use crate::discover::selection::Selection;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn file(files: &[&str], exclude: &[&str], path: &str) -> bool {
    let selection =
        Selection { files: texts(files), exclude_files: texts(exclude), ..Selection::default() };
    Filter::new(&selection).expect("they are globs").file(Path::new(path))
}

#[test]
fn a_glob_without_a_slash_is_a_name_and_one_with_it_a_whole_path() {
    assert!(file(&[], &[], "src/a.rs"));
    assert!(file(&["a.rs"], &[], "src/deep/a.rs"));
    assert!(file(&["deep"], &[], "src/deep/er/a.rs"));
    assert!(!file(&["a.rs"], &[], "src/b.rs"));
    assert!(file(&["src/*.rs"], &[], "src/a.rs"));
    assert!(!file(&["src/*.rs"], &[], "src/deep/a.rs"), "a star stays in its folder");
    assert!(file(&["src/**/*.rs"], &[], "src/deep/a.rs"));
    assert!(!file(&["*.rs"], &["deep"], "src/deep/a.rs"), "what is excluded stays out");
    assert!(file(&["b.rs", "a.rs"], &[], "a.rs"));
}

#[test]
fn names_are_found_and_excluded() {
    let selection = Selection {
        names: texts(&["replace", "delete"]),
        exclude_names: texts(&["with \\*", "^src/a"]),
        ..Selection::default()
    };
    let filter = Filter::new(&selection).expect("they are expressions");
    assert!(filter.name("src/b.rs:1:2: replace + with - in f"));
    assert!(!filter.name("src/b.rs:1:2: replace + with * in f"));
    assert!(!filter.name("src/a.rs:1:2: delete ! in f"));
    assert!(!filter.name("src/b.rs:1:2: nothing of this"));
}

#[test]
fn what_cannot_be_read_is_an_error_of_its_option() {
    for selection in [
        Selection { files: texts(&["a{"]), ..Selection::default() },
        Selection { exclude_names: texts(&["a", "("]), ..Selection::default() },
    ] {
        let error = Filter::new(&selection).expect_err("it means nothing");
        assert_eq!(error.kind(), ErrorKind::Usage);
        assert!(error.to_string().starts_with('`'), "{error}");
    }
}
