//! A test of a live file, and what is said of it: in the words of the standard harness, which the runner reads.

use std::any::Any;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Plan;
use super::serve::Host;
use crate::{Expected, LiveTest};

#[cfg(test)]
mod tests;

/// What the words of a request ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// Nothing but the mutant.
    Choose,
    /// The names of the tests: all, or those that are ignored.
    List { ignored: bool },
    /// One test, by number.
    One(usize),
    /// All that are not ignored, one after the other.
    All,
    /// A test that there is not.
    Unknown,
}

/// The word that asks for nothing but the mutant.
pub(crate) const CHOOSE: &str = "--choose";

impl Wish {
    pub(super) fn of(words: &[String], tests: &[LiveTest]) -> Wish {
        let has = |word: &str| words.iter().any(|it| it == word);
        if has(CHOOSE) {
            return Wish::Choose;
        }
        if has("--list") {
            return Wish::List { ignored: has("--ignored") };
        }
        let Some(at) = words.iter().position(|it| it == "--exact") else { return Wish::All };
        let name = words.get(at + 1);
        let found = tests.iter().position(|it| Some(&it.name) == name);
        found.map_or(Wish::Unknown, Wish::One)
    }
}

/// Does it, and says what came of it. False: a test failed.
pub(super) fn fulfil(wish: Wish, plan: &Plan, host: &dyn Host) -> bool {
    let tests = plan.tests.iter().enumerate();
    match wish {
        Wish::Choose => true,
        Wish::Unknown => false,
        Wish::List { ignored } => {
            tests
                .filter(|(_, test)| test.is_ignored || !ignored)
                .for_each(|(_, test)| say(&format!("{}: test\n", test.name)));
            true
        }
        Wish::One(number) => run(&[number], plan, host),
        Wish::All => {
            let numbers: Vec<usize> =
                tests.filter(|(_, test)| !test.is_ignored).map(|(number, _)| number).collect();
            run(&numbers, plan, host)
        }
    }
}

fn run(numbers: &[usize], plan: &Plan, host: &dyn Host) -> bool {
    let mut failed = 0;
    for number in numbers {
        let has_passed = passes(&plan.tests[*number], *number, host);
        failed += usize::from(!has_passed);
        let word = if has_passed { "ok" } else { "FAILED" };
        say(&format!("\ntest {} ... {word}", plan.tests[*number].name));
    }
    let (word, passed) = (if failed == 0 { "ok" } else { "FAILED" }, numbers.len() - failed);
    say(&format!("\n\ntest result: {word}. {passed} passed; {failed} failed; 0 ignored\n"));
    failed == 0
}

/// Calls a test. A panic that is not wanted has said its message and place by then, as every panic does.
pub(super) fn passes(test: &LiveTest, number: usize, host: &dyn Host) -> bool {
    let called = catch_unwind(AssertUnwindSafe(|| host.call(number)));
    match (&test.expected, called) {
        (Expected::Return, Ok(has_passed)) => has_passed,
        (Expected::Panic(_), Ok(_)) => {
            eprintln!("note: test did not panic as expected");
            false
        }
        (Expected::Return, Err(payload)) => {
            dispose(payload);
            false
        }
        (Expected::Panic(wanted), Err(payload)) => {
            let message = text(&*payload);
            let is_wanted = match (wanted, &message) {
                (None, _) => true,
                (Some(wanted), message) => message.as_ref().is_some_and(|it| it.contains(wanted)),
            };
            if !is_wanted {
                let message = message.unwrap_or_else(|| "a value that is no text".to_owned());
                let wanted = wanted.as_deref().unwrap_or_default();
                eprintln!(
                    "note: panic did not contain expected string\n      panic message: {message:?}\n expected substring: {wanted:?}"
                );
            }
            dispose(payload);
            is_wanted
        }
    }
}

fn text(payload: &(dyn Any + Send)) -> Option<String> {
    let literal = || payload.downcast_ref::<&str>().map(|it| (*it).to_owned());
    payload.downcast_ref::<String>().cloned().or_else(literal)
}

/// Drops what a panic carried, which may panic in its turn.
fn dispose(payload: Box<dyn Any + Send>) {
    if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(another);
    }
}

/// To standard output, at once. Nothing can be done where the runner is gone.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
