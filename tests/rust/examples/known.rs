//! `tests/cases/std/known`: the examples that do not run to their end, and why; a person writes which are not run.

use std::{collections::BTreeMap, fmt::Write, path::PathBuf};

use super::{Outcome, Outcomes};
use crate::compared::without_places;

const HEAD: &str = "\
# Examples in the documentation of std that do not run as it says, and why (tests/rust/examples.rs). With
# SEGUE_STD_EXAMPLES=all and SEGUE_UPDATE_CASES=1 the refused ones are written anew; those that say `differs` are not run.
";

/// Why an example does not run to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// The jit refuses it, with this text.
    Refused(String),
    /// It is not run, for this reason.
    Differs(String),
}

/// What is known, of the documentation of one version.
pub(crate) struct Known {
    pub(crate) version: String,
    examples: BTreeMap<String, Why>,
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/std/known")
}

impl Known {
    pub(crate) fn read() -> Known {
        Known::parse(&std::fs::read_to_string(path()).expect("tests/cases/std/known can be read"))
    }

    /// Reads lines `<name>: refused: <text>`, `<name>: differs: <reason>` and one `rustc <version>`.
    pub(crate) fn parse(text: &str) -> Known {
        let mut known = Known { version: String::new(), examples: BTreeMap::new() };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some(version) = line.strip_prefix("rustc ") {
                version.clone_into(&mut known.version);
            } else if let Some((name, text)) = line.split_once(": refused: ") {
                known.examples.insert(name.to_owned(), Why::Refused(text.to_owned()));
            } else if let Some((name, reason)) = line.split_once(": differs: ") {
                known.examples.insert(name.to_owned(), Why::Differs(reason.to_owned()));
            } else {
                panic!("tests/cases/std/known: `{line}` says neither `refused` nor `differs`");
            }
        }
        known
    }

    pub(crate) fn of(&self, example: &str) -> Option<&Why> {
        self.examples.get(example)
    }

    /// What was found and is not known. In the documentation of another version (`is_same` is false) there may be
    /// examples that are refused.
    pub(crate) fn problems(&self, found: &Outcomes, is_same: bool) -> Vec<String> {
        let mut problems = Vec::new();
        for (name, (_, outcome)) in found {
            let mut say = |what: String| problems.push(format!("{name}: {what}"));
            match (outcome, self.of(name)) {
                (Outcome::Refused { message, has_place: false }, _) => {
                    say(format!("refused without line and column: {message}"));
                }
                (Outcome::Refused { message, .. }, Some(Why::Refused(text)))
                    if message.contains(text) => {}
                (Outcome::Refused { message, .. }, _) if is_same => {
                    say(format!("refused, which is not known: {message}"));
                }
                (Outcome::Runs, Some(_)) if is_same => {
                    say("it runs: take it out of tests/cases/std/known".to_owned());
                }
                (Outcome::Fails(how), _) => say(how.clone()),
                _ => {}
            }
        }
        problems
    }

    /// What is known of examples that there are not.
    pub(crate) fn without(&self, found: &Outcomes) -> Vec<String> {
        let refused = self.examples.iter().filter(|(_, why)| matches!(why, Why::Refused(_)));
        let gone = refused.filter(|(name, _)| !found.contains_key(name.as_str()));
        gone.map(|(name, _)| {
            format!("{name}: tests/cases/std/known has it, the documentation has not")
        })
        .collect()
    }

    /// Writes what was refused into the file; what ends otherwise stays to be explained. What is known of others
    /// stays, unless these are all that there are.
    pub(crate) fn update(mut self, version: &str, found: &Outcomes, are_all: bool) {
        if are_all {
            self.examples.retain(|name, why| {
                matches!(why, Why::Differs(_)) || found.contains_key(name.as_str())
            });
        }
        for (name, (_, outcome)) in found {
            match (outcome, self.of(name)) {
                (Outcome::Refused { message, .. }, Some(Why::Refused(text)))
                    if message.contains(text) => {}
                (Outcome::Refused { message, .. }, _) => {
                    let text = Why::Refused(without_places(message).to_owned());
                    self.examples.insert((*name).to_owned(), text);
                }
                _ => {
                    self.examples.remove(*name);
                }
            }
        }
        let mut text = format!("{HEAD}rustc {version}\n");
        for (name, why) in &self.examples {
            // Writing to a String cannot fail.
            let _ = match why {
                Why::Refused(what) => writeln!(text, "{name}: refused: {what}"),
                Why::Differs(reason) => writeln!(text, "{name}: differs: {reason}"),
            };
        }
        std::fs::write(path(), text).expect("tests/cases/std/known can be written");
    }
}
