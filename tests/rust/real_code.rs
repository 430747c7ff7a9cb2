//! Crates without std, as crates.io has them: the compiler in the process is given their sources, and what it makes
//! of programs that use them is compared with what rustc made of the same programs here.
//!
//! The crates are dependencies of the tests, so that cargo fetches them and rustc compiles them; `crates.rs` finds
//! their sources. The programs are in `tests/cases/crates`, in the form of those in `tests/cases/rust`
//! (`ordinary.rs` has them as modules of this program). Of `libm` every function is called, at edge values
//! (`floats.rs`), and every one of `micromath` that takes and gives numbers; without `SEGUE_CASE` or
//! `SEGUE_CASES_TABLE`, every fifth of them.

pub(crate) mod crates;
mod edges;
mod floats;
mod ordinary;

use std::collections::BTreeMap;

use crate::{
    answer::{Answer, one_line},
    compared,
    compilers::WITH_CRATES,
    program::Program,
    table,
};

/// What the compiler makes of programs, beside what is expected of them.
fn compare(programs: &[Program], expected: &crate::ordinary::Expected) {
    let found = compared::run(programs, &[WITH_CRATES]);
    if std::env::var_os("SEGUE_CASES_TABLE").is_some() {
        println!("{}", table::table(expected, &found));
    }
    if std::env::var_os("SEGUE_UPDATE_CASES").is_some() {
        return compared::update(&found);
    }
    let problems = compared::problems(expected, &found);
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// What rustc made of a program. The places of its panics are not looked at.
fn answer(run: fn(u64) -> u64, input: u64) -> Answer {
    match std::panic::catch_unwind(|| run(input)) {
        Ok(value) => Answer::Value(value),
        Err(payload) => {
            let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
            let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
            let message = one_line(&text.expect("panics say something"));
            Answer::Panic { line: 0, column: 0, message }
        }
    }
}

/// Those whose names contain what `SEGUE_CASE` says.
fn asked_for(mut programs: Vec<Program>) -> Vec<Program> {
    let only = std::env::var("SEGUE_CASE").unwrap_or_default();
    programs.retain(|program| program.name.contains(&only));
    programs
}

#[test]
fn programs_with_crates_agree() {
    let known: BTreeMap<&str, fn(u64) -> u64> = ordinary::RUN.iter().copied().collect();
    let programs = asked_for(crate::program::below("tests/cases/crates"));
    let expected = programs.iter().map(|program| {
        let run = known.get(program.name.as_str());
        let run = run.unwrap_or_else(|| panic!("real_code/ordinary.rs lacks {}", program.name));
        let answer = |input: &u64| (*input, answer(*run, *input));
        (program.name.clone(), program.inputs.iter().map(answer).collect())
    });
    compare(&programs, &expected.collect());
}

#[test]
fn functions_of_libm_and_micromath_agree_at_edges() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (programs, expected) = floats::programs(folder.path());
    let mut programs = asked_for(programs);
    if ["SEGUE_CASE", "SEGUE_CASES_TABLE"].iter().all(|it| std::env::var_os(it).is_none()) {
        // Each is a compile of its own.
        programs = programs.into_iter().step_by(5).collect();
    }
    compare(&programs, &expected);
}
