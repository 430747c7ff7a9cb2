//! Tests that take long are built again: what is judged then are the new binaries, unless their tests do not pass.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use segue_mutants::run::{Again, BuiltAgain, RunOptions};
use segue_mutants::{Error, Image, TestKind, Verdict};

use crate::package::{binary, hard, image, options, root, run_with, verdicts};

/// Gives an image whose test starts this program: so it can be told from the first.
#[derive(Debug)]
struct Starting(&'static str, bool);

impl Again for Starting {
    fn is_worth(&self, _: Duration) -> bool {
        self.1
    }

    fn build(&mut self, first: &Image) -> Result<Option<BuiltAgain>, Error> {
        assert_eq!(first.binaries, hard().binaries);
        let mut binary = binary("hard", TestKind::Unit);
        let program: &Path = &root().join(self.0);
        binary.environment.insert("PROGRAM".to_owned(), program.display().to_string());
        Ok(Some(BuiltAgain { image: image(vec![binary]), alone: None }))
    }
}

/// The verdict of a mutant that a program shows which a test starts, and what was said of building again.
fn judged(again: Starting) -> (Verdict, Vec<String>) {
    let again: Arc<Mutex<dyn Again>> = Arc::new(Mutex::new(again));
    let options = RunOptions { again: Some(again), ..options(&[21]) };
    let (outcomes, mut events) = run_with(&hard(), &options);
    events.retain(|it| it.contains("Again") || it.contains("judge"));
    (verdicts(&outcomes.expect("the baseline passes"))[0].1, events)
}

#[test]
fn new_binaries_are_judged() {
    let (verdict, events) = judged(Starting("program", true));
    assert_eq!(verdict, Verdict::Caught);
    assert!(
        matches!(events.as_slice(), [first, begins, ends]
        if first.ends_with("judge") && begins.starts_with("BuildsAgain")
            && ends.starts_with("BuiltAgain { is_used: true")),
        "{events:?}"
    );
}

#[test]
fn where_their_tests_fail_the_first_binaries_are_judged() {
    let (verdict, events) = judged(Starting("no program", true));
    assert_eq!(verdict, Verdict::NotReached);
    assert!(events.iter().any(|it| it.starts_with("BuiltAgain { is_used: false")), "{events:?}");
}

#[test]
fn nothing_is_built_again_that_is_not_worth_it() {
    let (verdict, events) = judged(Starting("program", false));
    assert_eq!((verdict, events.len()), (Verdict::NotReached, 1), "{events:?}");
}
