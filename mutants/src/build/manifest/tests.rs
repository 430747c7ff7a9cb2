//! Manifests in the copy.

use std::path::Path;

use super::*;

fn check(text: &str, expected: &str) {
    assert_eq!(moved(text, Path::new("/w/member/Cargo.toml"), Path::new("/w")), expected);
}

#[test]
fn paths_that_leave_the_workspace_become_absolute() {
    check(
        "# kept\n[dependencies]\na = { path = \"../../out\" } # kept\nb = { path = '../other' }\nc = \"1\"\n",
        "# kept\n[dependencies]\na = { path = \"/out\" } # kept\nb = { path = '../other' }\nc = \"1\"\n",
    );
    check(
        "[target.'cfg(unix)'.dev-dependencies.a]\npath = \"../../out\"\n",
        "[target.'cfg(unix)'.dev-dependencies.a]\npath = \"/out\"\n",
    );
    check(
        "[patch.crates-io]\na = { path = \"../../out\" }\n",
        "[patch.crates-io]\na = { path = \"/out\" }\n",
    );
    check("[lib]\npath = \"../../out\"\n", "[lib]\npath = \"../../out\"\n");
}

#[test]
fn the_root_is_a_workspace() {
    let root = |text: &str| moved(text, Path::new("/w/Cargo.toml"), Path::new("/w"));
    assert_eq!(root("[package]\nname = \"a\"\n"), "[package]\nname = \"a\"\n\n[workspace]\n");
    assert_eq!(root("[workspace]\n"), "[workspace]\n");
}

#[test]
fn harnesses() {
    let text = "[lib]\nharness = false\n[[test]]\nname = \"a\"\nharness = false\n[[test]]\nname = \"b\"\n[[bench]]\nname = \"c\"\nharness = false\n";
    let expected = [("bench", Some("c")), ("lib", None), ("test", Some("a"))];
    let mut found = without_harness(text);
    found.sort();
    assert_eq!(found, expected.map(|(list, name)| (list.to_owned(), name.map(str::to_owned))));
}

#[test]
fn what_is_no_toml_stays_as_it_is() {
    assert_eq!(moved("[", Path::new("/w/tests/Cargo.toml"), Path::new("/w")), "[");
}
