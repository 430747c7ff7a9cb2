//! Verdicts side by side.

use serde_json::{Value, json};

use super::*;
use crate::report::{Folder, sample};

/// Our own `outcomes.json`, with one verdict changed.
fn written(change: impl FnOnce(&mut Vec<Value>)) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let out = Folder::create(folder.path()).expect("a folder");
    out.write(&sample::results()).expect("written");
    let path = out.path().join("outcomes.json");
    let mut value: Value =
        serde_json::from_str(&std::fs::read_to_string(&path).expect("a text")).expect("JSON");
    change(value["outcomes"].as_array_mut().expect("a list"));
    std::fs::write(path, value.to_string()).expect("written");
    folder
}

#[test]
fn a_run_agrees_with_itself() {
    let folder = written(|_| ());
    let comparison = compare(&sample::results(), Theirs::read(folder.path()).expect("read"));
    assert_eq!((comparison.both, comparison.differences.len()), (5, 0));
    // Those that cargo-mutants' form has no verdict for.
    assert_eq!(comparison.only_ours.len(), 3);
    assert!(comparison.only_theirs.is_empty());
    assert!((comparison.agreement() - 1.0).abs() < 1e-9);
}

#[test]
fn differences_are_named_with_both_verdicts() {
    let folder = written(|outcomes| {
        outcomes[2]["summary"] = json!("MissedMutant");
        let mut other = outcomes[1].clone();
        other["scenario"]["Mutant"]["name"] = json!("src/x.rs:1:1: delete ! in f");
        outcomes.push(other);
        let left_out = outcomes[5]["scenario"]["Mutant"]["name"].clone();
        outcomes[5]["scenario"]["Mutant"]["name"] = json!("src/a b.rs:6:45: delete ! in g");
        assert!(left_out.is_string());
    });
    let theirs = Theirs::read(&folder.path().join("mutants.out")).expect("read");
    let comparison = compare(&sample::results(), theirs);
    let difference = "src/a b.rs:3:7: replace + with * in f: segue says caught (noticed by lib::tests::one), cargo-mutants missed";
    assert_eq!(comparison.differences, [difference]);
    assert_eq!(comparison.only_theirs, ["src/x.rs:1:1: delete ! in f"]);
    assert_eq!(comparison.not_judged, ["src/a b.rs:6:45: delete ! in g: not judged in a macro"]);
    assert_eq!(comparison.both, 4);
    assert!((comparison.agreement() - 0.75).abs() < 1e-9);
}

#[test]
fn a_folder_without_outcomes_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = Theirs::read(folder.path()).expect_err("there is none");
    assert_eq!(error.kind(), ErrorKind::Usage);
    std::fs::write(folder.path().join("outcomes.json"), "[]").expect("written");
    let error = Theirs::read(folder.path()).expect_err("another form");
    assert!(error.to_string().contains("outcomes.json"), "{error}");
}
