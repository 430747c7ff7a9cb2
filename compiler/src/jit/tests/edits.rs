//! Edits as data: `compiler/tests/cases/edits/` has texts, and what becomes of them step by step.
//!
//! Every file is a program that is edited, and says so in comments below it, in this order:
//!
//! - `//# edit: OLD => NEW`: from here on this stands in the place of that, which the text has once; `\n` is a line
//! - `//# gives: NUMBER`: so much does its `answer()` give now
//! - `//# rejected`: it is not accepted now
//!
//! One compiler sees all of them, one after the other, so that it has every chance to remember what is not true
//! any more. The numbers are what the text says, worked out by hand.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::jit::Jit;
use crate::jit::codegen::tests::load::link_with;
use crate::{Cancel, Compiled, Compiler, Error, Source};

/// What is put below every text: its answer as something that can be called.
const CALLED: &str =
    "\n#[unsafe(no_mangle)] pub extern \"C\" fn its_answer() -> u64 { answer() }\n";

#[test]
fn edits_give_what_the_edited_text_says() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/edits");
    let files = std::fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    assert!(files.len() > 20, "the edits are in {}", directory.display());
    let (jit, mut failures) = (Jit::new(), String::new());
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for failure in session(&jit, &file) {
            writeln!(failures, "{name}: {failure}").unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

/// Everything that goes otherwise than a file says.
fn session(jit: &Jit, file: &Path) -> Vec<String> {
    let whole = std::fs::read_to_string(file).unwrap();
    let (text, steps) = whole.split_once("//# ").expect("it says what it gives");
    let (mut text, mut failures) = (text.to_owned(), Vec::new());
    for step in steps.split("//# ") {
        let step = step.strip_suffix('\n').unwrap_or(step);
        if let Some((old, new)) = step.strip_prefix("edit: ").and_then(|it| it.split_once(" => ")) {
            let (old, new) = (old.replace("\\n", "\n"), new.replace("\\n", "\n"));
            assert_eq!(text.matches(&old).count(), 1, "{}: `{old}`", file.display());
            text = text.replace(&old, &new);
            continue;
        }
        let path = Path::new("/edits").join(file.file_name().unwrap());
        let source = Source { path, text: format!("{text}{CALLED}").into(), support: Vec::new() };
        let answer = jit.compile(&source, &Cancel::default()).map(|it| answer(&it));
        let is_right = match step.strip_prefix("gives: ") {
            Some(number) => matches!(&answer, Ok(given) if given.to_string() == number),
            None => {
                assert_eq!(step, "rejected", "{}", file.display());
                matches!(&answer, Err(error) if is_rejection(error))
            }
        };
        if !is_right {
            failures.push(format!("{step}, but {answer:?}, of\n{text}"));
        }
    }
    failures
}

fn is_rejection(error: &Error) -> bool {
    matches!(error.kind(), crate::ErrorKind::Rejected(_))
}

fn answer(compiled: &Compiled) -> u64 {
    let loaded = link_with(&compiled.object, compiled.rest.as_deref());
    // SAFETY: that is the type it has in `CALLED`.
    unsafe { loaded.function::<extern "C" fn() -> u64>("its_answer")() }
}
