//! Who is asked before anything is optimised.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::path::PathBuf;

use super::*;

#[test]
fn what_a_profile_of_tests_says_counts() {
    assert!(says("[profile.test]\nopt-level = 0\n"));
    assert!(says("[profile]\ndev = { opt-level = \"s\" }\n"));
    assert!(!says("[profile.dev]\ndebug = false\n"));
    assert!(!says("[profile.release]\nopt-level = 2\n"));
    assert!(!says("[profile.dev.package.\"*\"]\nopt-level = 3\n"), "it is another's");
    assert!(!says("this is no TOML"));
}

#[test]
fn a_build_costs_less_than_what_it_saves() {
    let is_worth = |took: u64, each: u64| {
        super::is_worth(Duration::from_secs(took), Duration::from_secs(each))
    };
    assert!(!is_worth(0, 19) && is_worth(0, 20), "what is quick stays as it is");
    assert!(!is_worth(10, 39) && is_worth(10, 40));
}

#[test]
fn examples_stay_and_nothing_may_be_missing() {
    let binary = |target: &str, kind, path: &str| TestBinary {
        package: "p".into(),
        target: target.into(),
        kind,
        path: path.into(),
        directory: PathBuf::new(),
        environment: std::collections::BTreeMap::new(),
    };
    let before =
        [binary("p", TestKind::Unit, "old"), binary("src/lib.rs", TestKind::Doctest, "example")];
    let built = [binary("q", TestKind::Unit, "other"), binary("p", TestKind::Unit, "new")];
    let again = replaced(&before, &built).unwrap();
    let paths: Vec<_> = again.iter().map(|it| it.path.to_str().unwrap()).collect();
    assert_eq!(paths, ["new", "example"]);
    assert_eq!(replaced(&before, &built[..1]), None);
}
