//! Programs of C in `tests/cases/mutants/c/`: which mutants each has, how they are chosen, and what becomes of them.
//!
//! A folder is a program: `flags.txt` says what is compiled how, `expected.txt` has the notes and the outcome of every mutant;
//! `SEGUE_UPDATE=1` writes it anew. Every mutant of these programs is defined behaviour, so that every compiler and every
//! machine come to the same.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use segue_mutants::c::{Program, read};
use segue_mutants::run::{RunOptions, run};
use segue_mutants::session::build_program;
use segue_mutants::{Outcome, Selection};

fn cases() -> PathBuf {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/mutants/c");
    cases.canonicalize().unwrap()
}

/// A case's program.
fn program(case: &str, compiler: &str) -> Program {
    let folder = cases().join(case);
    let text = fs::read_to_string(folder.join("flags.txt")).unwrap();
    let words = |name: &str| -> Vec<String> {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_default().split_whitespace().map(str::to_owned).collect()
    };
    let paths = |name: &str| words(name).into_iter().map(PathBuf::from).collect();
    Program {
        folder,
        compiler: vec![compiler.to_owned()],
        flags: words("flags "),
        libraries: words("libraries "),
        sources: paths("sources "),
        others: paths("others "),
        tests: paths("tests "),
        output: paths("program ").pop(),
        commands: text
            .lines()
            .filter_map(|line| line.strip_prefix("command "))
            .map(str::to_owned)
            .collect(),
    }
}

/// The notes and outcomes, a line each.
fn found(program: Program) -> String {
    let (read, discovery) = read(program, &Selection::default()).unwrap();
    let options = RunOptions {
        jobs: 2,
        minimum_timeout: Some(Duration::from_millis(300)),
        minimum_waiting: Duration::from_millis(500),
        ..RunOptions::default()
    };
    let (image, _, _folder) =
        build_program(&read, &discovery.mutants, &options, &mut |_| {}).unwrap();
    let outcomes = run(&image, &options, &mut |_| {}).unwrap();
    let mut lines: Vec<String> =
        discovery.warnings.iter().map(|it| format!("note: {it}")).collect();
    for (mutant, outcome) in image.mutants.iter().zip(&outcomes) {
        assert_eq!(mutant.mutant.id, outcome.mutant);
        lines.push(line(&mutant.mutant.full_name(), outcome));
    }
    lines.join("\n") + "\n"
}

fn line(name: &str, outcome: &Outcome) -> String {
    let how = outcome.tier.map_or("-".to_owned(), |it| format!("{it:?}").to_lowercase());
    let why = match outcome.verdict {
        segue_mutants::Verdict::NotJudged => format!(" ({})", outcome.detail),
        _ => String::new(),
    };
    format!("{:?} {how} {name}{why}", outcome.verdict)
}

/// The compilers that are at hand.
fn compilers() -> Vec<&'static str> {
    let is_there = |name: &&str| Command::new(name).arg("--version").output().is_ok();
    ["cc", "clang"].into_iter().filter(is_there).collect()
}

#[track_caller]
fn check(case: &str) {
    let file = cases().join(case).join("expected.txt");
    for compiler in compilers() {
        let found = found(program(case, compiler));
        if std::env::var_os("SEGUE_UPDATE").is_some() {
            fs::write(&file, &found).unwrap();
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(found, expected, "{case} with {compiler}");
    }
}

#[test]
fn functions_are_copied_where_they_may_be() {
    check("ways");
}

#[test]
fn a_mutant_that_is_chosen_does_what_its_text_does() {
    let all = program("ways", "cc");
    // Of these the bodies stand there once, so that the mutants are woven into one text.
    let selection = Selection { files: vec!["more.c".to_owned()], ..Selection::default() };
    let (_, discovery) = read(all.clone(), &selection).unwrap();
    let expected = fs::read_to_string(cases().join("ways/expected.txt")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let compile = |arguments: &[&str]| {
        let mut command = Command::new("cc");
        command.args(&all.flags).arg("-w").args(arguments).current_dir(&all.folder);
        assert!(command.status().unwrap().success(), "{arguments:?}");
    };
    let [rest, other, text, binary] = ["test.o", "ways.o", "more.c", "binary"]
        .map(|it| folder.path().join(it).display().to_string());
    compile(&["-c", "test.c", "-o", &rest]);
    compile(&["-c", "src/ways.c", "-o", &other]);
    let mut count = 0;
    for mutant in &discovery.mutants {
        let line = expected.lines().find(|it| it.contains(&mutant.full_name())).unwrap();
        let passes = match line.split_once(' ').unwrap().0 {
            "Caught" => false,
            "Missed" => true,
            _ => continue,
        };
        let source = &discovery.files[0].text;
        let (before, after) = (&source[..mutant.bytes.start], &source[mutant.bytes.end..]);
        fs::write(&text, [before, &mutant.replacement, after].concat()).unwrap();
        compile(&[&text, &rest, &other, "-o", &binary]);
        let output = Command::new(&binary).output().unwrap();
        assert_eq!(output.status.success(), passes, "{line}");
        count += 1;
    }
    assert!(count > 30, "{count} mutants were compared");
}

#[test]
fn lines_names_and_jumps_stay_as_they_are() {
    check("keeps");
}

#[test]
fn commands_test_a_program() {
    check("program");
    // What a command wrote stands in the copy that it ran in.
    let names = fs::read_dir(cases().join("program")).unwrap().count();
    assert_eq!(names, 3, "calc.c, flags.txt and expected.txt");
}

#[test]
fn what_the_compiler_rejects_is_unviable() {
    check("rejected");
}
