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
fn what_was_packed_is_judged_with_sources_and_compiler_gone() {
    let package = Package::of_c();
    package.write("calc.c", include_str!("../../cases/mutants/c/program/calc.c"));
    package.write("three.txt", "3");
    fs::create_dir(package.root().join("made")).expect("a folder");
    let script = "test \"$(build/calc add 2 $(cat three.txt))\" = 5 && build/calc sub 5 3 > made/it && \
                  test \"$(cat made/it)\" = 2\n";
    package.write("run.sh", script);
    let judge = |more: &str| {
        let mut command =
            package.mutants(&format!("c calc.c -O1 --program build/calc --re apply {more}"));
        command.args(["--command", "sh run.sh"]);
        run(command)
    };
    judge("").with_code(0);
    let whole = lists(&package.root());
    assert_eq!(whole[1].1.lines().count(), 8, "{whole:?}");
    judge("--archive ../image.tar.gz").with_code(0);
    // A library with a test that is a program, and no mutant.
    run(package.mutants(&format!("{ALL} --re nothing_is_so --archive ../none.tar.gz")))
        .with_code(0);

    fs::remove_dir_all(package.root()).expect("removed");
    fs::create_dir(package.root()).expect("a folder");
    for part in 0..2 {
        let arguments = format!("run ../image.tar.gz --shard {part}/2 --output ../part{part}");
        let mut command = package.mutants(&arguments);
        command.env("CC", "no-such-compiler");
        run(command).with_code(0);
    }
    run(package.mutants("merge ../part0 ../part1 --output ../all")).with_code(0);
    assert_eq!(lists(&package.beside("all")), whole);
    run(package.mutants("run ../none.tar.gz")).with_code(0);
}

#[test]
fn only_what_an_edit_concerns_is_judged_again() {
    let package = Package::of_c();
    for (name, value) in [("one", 1), ("two", 2)] {
        package.write(
            &format!("{name}.c"),
            &format!("int {name}(int n)\n{{\n    return n + {value};\n}}\n"),
        );
        let test = format!(
            "#include \"../value.h\"\nint {name}(int);\nint main(void) {{ return {name}(VALUE) != VALUE + {value}; }}\n"
        );
        package.write(&format!("test_{name}.c"), &test);
    }
    fs::write(package.beside("value.h"), "#define VALUE 5\n").expect("a header");
    let all = "c ./one.c two.c --test test_one.c --test test_two.c";
    let judged = |arguments: &str| {
        run(package.mutants(&format!("{all}{arguments}"))).with_code(0);
        // Of ten, so many were remembered.
        let report = fs::read_to_string(package.root().join("mutants.out/segue.json"));
        let report = report.expect("a report");
        (
            report.matches("\"verdict\":\"Caught\"").count(),
            report.matches("\"remembered\":true").count(),
        )
    };
    assert_eq!(judged(""), (10, 0));
    assert_eq!(judged(""), (10, 10));
    assert_eq!(judged(" --fresh"), (10, 0));
    package.edit("two.c", "n + 2", "2 + n");
    assert_eq!(judged(""), (10, 5));
    // Its directive may concern what stands behind it.
    package.edit("two.c", "{", "{\n#define ZERO 0");
    assert_eq!(judged(""), (10, 0));
    package.edit("two.c", "ZERO 0", "ZERO 00");
    assert_eq!(judged(""), (10, 0));
    assert_eq!(judged(" -DOTHER"), (10, 0));
    assert_eq!(judged(" -DOTHER"), (10, 10));
    fs::write(package.beside("value.h"), "#define VALUE 6\n").expect("a header");
    assert_eq!(judged(" -DOTHER"), (10, 0));
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
    // No mutants are a result as well, which has a folder.
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
        (&format!("{ALL} -- -l"), 1, "-l needs a name"),
        ("c src/ways.c ./src/ways.c --test test.c", 1, "./src/ways.c is given twice"),
        (&format!("{ALL} --archive nowhere/image.tar.gz"), 1, "nowhere/image.tar.gz"),
        (&format!("{ALL} --archive image.tar.gz --list"), 1, "--list"),
        (
            "c ../package/src/ways.c --test test.c -I include --archive ../image.tar.gz",
            1,
            "--archive: ../package/src/ways.c is not named from this folder",
        ),
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
