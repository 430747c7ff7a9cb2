//! A folder that the map leaves out, and a list of unsafe files that is not true, are found.

use super::*;

/// The messages of what a rule found, joined.
fn said(findings: &[Finding]) -> String {
    findings.iter().map(Finding::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn unnamed_folders_are_found() {
    let paths = ["src/main.rs", "loader/src/memory/window.rs", "loader/src/lib.rs"];
    let map = "`src/` is the command, `loader/src/` the linker; a/loader/ is none";
    assert_eq!(said(&names_folders(map, &paths)), "");
    assert_eq!(names_folders("`loader/src/`", &paths).len(), 1);
    assert_eq!(names_folders("loader and src", &paths).len(), 3);
}

#[test]
fn a_missing_section_is_found() {
    assert_eq!(lists_unsafe("# Map\nunsafe is in a/b.rs", &[("a/b.rs", Some(1))]).len(), 1);
}

#[test]
fn the_list_and_the_sources_are_compared() {
    let map = "# Map\n## Where `unsafe` stands\n- `a/b.rs`: maps\n- `a/c.rs`: none\n- `a/d.rs`\n## Next\n`a/e.rs`\n";
    let sources = [("a/b.rs", Some(7)), ("a/c.rs", None), ("a/e.rs", Some(9))];
    let found = lists_unsafe(map, &sources);
    let places: Vec<(&str, usize)> = found.iter().map(|it| (it.path.as_str(), it.line)).collect();
    assert_eq!(places, [(FILE, 4), (FILE, 5), ("a/e.rs", 9)]);
}

#[test]
fn a_section_ends_with_the_next_heading_of_its_level() {
    let map = "## Unsafe\n### Memory\n`a/b.rs`\n```\n# a comment\n```\n`a/c.rs`\n";
    assert_eq!(said(&lists_unsafe(map, &[("a/b.rs", Some(1)), ("a/c.rs", Some(1))])), "");
}
