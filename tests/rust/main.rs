//! Programs as data: each file below `tests/cases/rust` is a Rust program, and every compiler of ours must make of
//! it what rustc makes of it as an ordinary program.
//!
//! A program is a file `<section>/<name>.rs`: a line `//!` that says what it covers, directives, then any items
//! and `pub fn run(input: u64) -> u64`. What is compared is the result for each input; for a panic its
//! message, line and column; and the lines that it prints, which begin with `> `. Nothing may depend on addresses, on undefined behaviour, or on what is left open
//! by Rust (which NaN an operation gives). Directives:
//!
//! ```text
//! //# inputs: 0 1 2 7          what `run` is called with, in this order; 0 1 2 3 where it is missing
//! //# jit refuses: text        that compiler says no, with file, line and column, and with this text
//! ```
//!
//! A compiler that gives code for a program that it is said to refuse fails the test as well, so that these
//! marks are taken away in time. There is no other way to leave a program out.
//!
//! Compilers (`compilers.rs`): `rustc` compiles each file as a whole; `rustc-function` then compiles its largest function
//! once more, alone, or refuses the program if it does not. It takes its time: unless it is asked for by name it is
//! given every other program; with `SEGUE_FUZZ_ROUNDS` it compiles each function, one after the other.
//!
//! `SEGUE_CASE=part/of/a/path` runs only some programs, `SEGUE_COMPILER=jit` (several: `rustc,jit`) only some compilers;
//! `SEGUE_CASES_TABLE=1 cargo test --test rust -- --nocapture` prints per section how many agree, are refused, and why;
//! `SEGUE_UPDATE_CASES=1` writes and removes marks of refusals, as they were found.
//!
//! On top, programs are made up from a seed (`generate.rs`): `SEGUE_FUZZ_ROUNDS=1000` makes that many,
//! `SEGUE_FUZZ_SEED=7` begins there.
//!
//! `edited.rs` edits programs, those in `tests/cases/edited` and made-up ones, and compares them with the edited text.
//!
//! Programs in `tests/cases/crates` use crates of others as they stand (`real_code.rs`).
//!
//! The examples in std's documentation are run as they stand (`examples.rs`).
//!
//! `ordinary.rs` runs rustc's programs, `compared.rs` ours, in processes of their own (`process.rs`), so that a crash
//! or a hang is the failure of one program, by name.

mod answer;
mod compared;
mod compilers;
mod edited;
#[cfg(feature = "jit")]
mod examples;
mod generate;
mod ordinary;
mod process;
mod program;
#[cfg(feature = "jit")]
mod real_code;
mod table;

use program::Program;

/// The programs of the corpus that `SEGUE_CASE` asks for.
fn corpus() -> Vec<Program> {
    let only = std::env::var("SEGUE_CASE").unwrap_or_default();
    let mut programs = program::corpus();
    programs.retain(|program| program.name.contains(&only));
    assert!(!programs.is_empty(), "SEGUE_CASE={only}: there is no such program");
    programs
}

#[test]
fn every_compiler_agrees_with_rustc() {
    let programs = corpus();
    let expected = ordinary::run(&programs);
    let found = compared::run(&programs, &compilers::asked_for());
    if std::env::var_os("SEGUE_CASES_TABLE").is_some() {
        println!("{}", table::table(&expected, &found));
    }
    if std::env::var_os("SEGUE_UPDATE_CASES").is_some() {
        return compared::update(&found);
    }
    let problems = compared::problems(&expected, &found);
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_compiler_agrees_on_made_up_programs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let programs = generate::programs(folder.path());
    let expected = ordinary::run(&programs);
    let found = compared::run(&programs, &compilers::asked_for());
    let mut problems = compared::problems(&expected, &found);
    // Nobody marks a made-up program: it may be refused by name, as long as most are not.
    let refused = compared::take_unsupported(&mut problems);
    assert!(refused * 2 < programs.len(), "{refused} programs refused");
    if let Some(first) = problems.first() {
        let failed = programs.iter().find(|it| first.contains(&format!("{}:", it.name)));
        let text = failed.and_then(|it| std::fs::read_to_string(&it.path).ok());
        problems.push(text.unwrap_or_default());
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len() - 1, problems.join("\n"));
}

/// What the comparison relies on is compared with what is known.
#[test]
fn differences_refusals_and_marks_are_noticed() {
    compared::notices_what_it_should();
}

/// Not a test: the process in which [`compared::run`] compiles and calls programs.
#[test]
fn in_a_process_of_its_own() {
    process::child();
}
