//! `segue mutants c`: a program of C, as a user of a C compiler has it.

use std::fs;

use super::package::{Package, lists};
use crate::running::run;

/// The program's own arguments.
const ALL: &str = "c src/ways.c src/more.c --test test.c -I include -O1";

#[test]
fn a_program_is_judged_and_its_files_are_as_before() {
    let package = Package::of_c();
    // Temporary files inside of the folder that is copied: no copy is copied into itself.
    fs::create_dir(package.root().join("temporary")).expect("a folder");
    let before = package.names();
    let mut command =
        package.mutants(&format!("{ALL} --re \\badd\\b|\\bnext\\b -- -std=gnu11 -fwrapv"));
    command.env("TMPDIR", package.root().join("temporary"));
    let ended = run(command).with_code(2).plainly();
    let lines = ended.stdout();
    assert!(lines.iter().any(|it| it.ends_with(": 3 missed, 8 caught")), "{ended:#?}");
    assert!(lines.iter().any(|it| it.starts_with("7 by slot, 4 by selector")), "{ended:#?}");
    let lists = lists(&package.root());
    assert!(lists[0].1.starts_with("src/ways.c:10:13: replace += with -= in add\n"), "{lists:?}");
    let page = fs::read_to_string(package.root().join("mutants.out/mutation.json"));
    assert!(page.expect("a report").contains("\"language\": \"c\""));
    fs::remove_dir_all(package.root().join("mutants.out")).expect("removed");
    assert_eq!(package.names(), before);
    let left = fs::read_dir(package.root().join("temporary")).expect("a folder").count();
    assert_eq!(left, 0, "something is left of the run");
    let source = include_str!("../../cases/mutants/c/ways/src/ways.c");
    assert_eq!(fs::read_to_string(package.root().join("src/ways.c")).expect("a text"), source);
}

#[test]
fn mutants_are_listed_and_chosen() {
    let package = Package::of_c();
    let ended = run(package.mutants(&format!("{ALL} --list --re swapped"))).with_code(0);
    let expected = [
        "src/ways.c:25:1: replace swapped -> struct pair with (struct pair){0}",
        "src/ways.c:26:39: replace - with + in swapped",
        "src/ways.c:26:39: replace - with / in swapped",
    ];
    assert_eq!(ended.stdout(), expected);
    let ended = run(package.mutants(&format!("{ALL} --list-files --exclude more.c")));
    assert_eq!(ended.with_code(0).stdout(), ["src/ways.c"]);
    run(package.mutants(&format!("{ALL} --re nothing_is_called_so"))).with_code(0);
    let caught = "src/ways.c:26:39: replace - with + in swapped\n";
    fs::create_dir(package.root().join("mutants.out")).expect("a folder");
    fs::write(package.root().join("mutants.out/caught.txt"), caught).expect("a list");
    let ended = run(package.mutants(&format!("{ALL} --list --re swapped --iterate"))).with_code(0);
    assert_eq!(ended.stdout(), [expected[0], expected[2]]);
}

#[test]
fn what_is_wrong_is_said_and_leaves_nothing() {
    let package = Package::of_c();
    let before = package.names();
    for (arguments, code, text) in [
        ("c src/ways.c", 1, "--test"),
        ("c src/ways.c --command true", 1, "--program"),
        ("c src/nowhere.c --test test.c", 1, "there is no src/nowhere.c: name sources"),
        (
            "c src/ways.c src/more.c --test nowhere.c -I include",
            1,
            "there is no nowhere.c: name sources and tests",
        ),
        ("c include/ways.h --test test.c", 1, "is no C source"),
        (&format!("{ALL} --cc no-such-compiler"), 1, "no-such-compiler"),
        (&format!("{ALL} --operators match-arm"), 1, "match-arm"),
        (&format!("{ALL} -- -c"), 1, "-c: leave it out"),
        // Without the folder of headers, without a function, without `main`.
        ("c src/ways.c --test test.c", 4, "ways.h"),
        ("c src/ways.c --test test.c -I include", 4, "cannot be built"),
        ("c src/ways.c --test src/more.c -I include -- -std=gnu11", 4, "main"),
    ] {
        let ended = run(package.mutants(arguments)).with_code(code);
        assert!(ended.stderr().iter().any(|it| it.contains(text)), "{arguments}: {ended:#?}");
        assert_eq!(package.names(), before, "{arguments}");
    }
    package.edit("test.c", "add(2, 2) == 4", "add(2, 2) == 5");
    let ended = run(package.mutants(&format!("{ALL} -- -std=gnu11"))).with_code(4);
    ended.says(&["fails before any mutant is chosen", "wrong"]);
    assert_eq!(package.names(), before);
}
