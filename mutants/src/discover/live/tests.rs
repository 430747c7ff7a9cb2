//! What is found in a live file, and the text that has the tests in it.

use std::path::Path;

use super::{Expected, LiveFile, discover_live};
use crate::Selection;

const SONG: &str = include_str!("../../../../tests/cases/mutants/live/song.rs");

fn look(text: &str) -> LiveFile {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("song.rs"), text).expect("a file");
    discover_live(folder.path(), Path::new("song.rs"), &Selection::default()).expect("it is Rust")
}

fn names(live: &LiveFile) -> Vec<&str> {
    live.discovery.mutants.iter().map(|it| it.name.as_str()).collect()
}

/// The text with each mutant, and its name.
fn mutated(live: &LiveFile) -> Vec<(String, String)> {
    let all = live.discovery.mutants.iter().zip(&live.mutants);
    all.map(|(mutant, it)| {
        let [before, after] = [&live.text[..it.bytes.start], &live.text[it.bytes.end..]];
        (mutant.name.clone(), [before, &it.replacement, after].concat())
    })
    .collect()
}

#[test]
fn tests_are_those_that_the_harness_would_run() {
    let live = look(
        "#[test] fn at_the_root() {}
        #[test] #[cfg(test)] #[ignore = \"slow\"] fn ignored() {}
        #[cfg(not(test))] #[test] fn compiled_out() {}
        #[cfg(windows)] mod windows { #[test] fn elsewhere() {} }
        #[cfg(all(test, not(windows)))]
        mod outer { mod r#in { #[test] #[should_panic] fn r#do() {} } }
        #[test] #[should_panic(expected = \"no\")] fn says() { panic!(\"no!\") }
        #[test] #[should_panic = \"so\"] fn says_so() { panic!(\"so!\") }
        #[test] #[cfg_attr(unix, ignore)] fn ignored_here() {}
        #[test] #[cfg_attr(windows, ignore)] fn ignored_there() {}
        fn no_test() { #[test] fn inside() {} }",
    );
    let found: Vec<_> = live
        .tests
        .iter()
        .map(|it| {
            let expected = match &it.expected {
                Expected::Return => "",
                Expected::Panic(None) => "!",
                Expected::Panic(Some(text)) => text,
            };
            (it.name.as_str(), it.is_ignored, expected)
        })
        .collect();
    let expected = [
        ("at_the_root", false, ""),
        ("ignored", true, ""),
        ("outer::in::do", false, "!"),
        ("says", false, "no"),
        ("says_so", false, "so"),
        ("ignored_here", true, ""),
        ("ignored_there", false, ""),
    ];
    assert_eq!(found, expected);
}

#[test]
fn nothing_moves_to_another_line_and_what_is_hidden_from_the_live_file_is_there() {
    let text = "#!/usr/bin/env segue
#![deny(warnings)]
#![forbid(unsafe_code)]
/// Doubles.
pub fn double(x: u32) -> u32 { x + x }
#[cfg(test)]
mod tests {
    use super::*;
    fn is_for_tests() -> bool { cfg!(test) }
    #[cfg(feature = \"test\")]
    fn gone() {}
    #[test]
    /// Two.
    #[allow(unused)]
    fn two() { assert_eq!(double(1), 2); }
}";
    let live = look(text);
    let woven: Vec<&str> = live.text.lines().collect();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(woven[..2], [lines[0], "#![warn(warnings)]"]);
    assert_eq!(woven[2], "#![warn  (unsafe_code)]");
    assert_eq!(
        woven[4],
        "pub fn double(x: u32) -> u32 { crate::segue_live_tests::hit(0);  x + x }"
    );
    assert_eq!(woven[5..7], ["#[cfg(true)]", "pub(crate) mod tests {"]);
    assert_eq!(woven[8], "    fn is_for_tests() -> bool { cfg!(true) }");
    assert_eq!(woven[9], lines[9], "a feature of that name is no condition of tests");
    assert_eq!(woven[11].trim(), "");
    assert_eq!(woven[12..14], lines[12..14]);
    assert_eq!(woven[14], "    pub(crate) fn two() { assert_eq!(double(1), 2); }");
    assert_eq!(
        names(&live),
        [
            "replace double -> u32 with 0",
            "replace double -> u32 with 1",
            "replace + with - in double",
            "replace + with * in double",
        ]
    );
    let (_, text) = &mutated(&live)[0];
    assert!(text.contains("{ crate::segue_live_tests::hit(0);  0 }"), "{text}");
}

#[test]
fn a_mutant_of_the_woven_text_is_that_of_the_users() {
    let live = look(SONG);
    let user = &live.discovery.files[0].text;
    assert!(live.mutants.len() > 10);
    let all = live.discovery.mutants.iter().zip(&live.mutants);
    for (mutant, it) in all {
        let before = &user[mutant.bytes.clone()];
        let woven = &live.text[it.bytes.clone()];
        let plain: String = strip(woven);
        assert_eq!(plain, before, "{}", mutant.name);
    }
    for (name, text) in mutated(&live) {
        assert!(syn::parse_str::<syn::File>(&text).is_ok(), "{name}:\n{text}");
    }
}

/// Without counters, of which functions in functions have some.
fn strip(text: &str) -> String {
    let mut parts = text.split(" crate::segue_live_tests::hit(");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once("); ").expect("a counter").1)
}

#[test]
fn what_cannot_count_and_what_is_compiled_out_is_told_apart() {
    let live = look(
        "const SIZE: usize = 2 + 2;
        const fn twice(n: usize) -> usize { n * 2 }
        #[cfg(not(test))] fn hidden() -> bool { true }
        fn plain() -> bool { true }
        #[test] fn it() { assert!(plain() && twice(SIZE) == 8); }",
    );
    let of = |name: &str| {
        let at = live.discovery.mutants.iter().position(|it| it.name.contains(name));
        let it = &live.mutants[at.unwrap_or_else(|| panic!("{name}: {:?}", names(&live)))];
        (it.function, it.is_compiled)
    };
    assert_eq!(live.functions, 1);
    assert_eq!(of("replace + with -"), (1, true));
    assert_eq!(of("twice -> usize with 0"), (1, true));
    assert_eq!(of("hidden -> bool"), (2, false));
    assert_eq!(of("plain -> bool"), (0, true));
}
