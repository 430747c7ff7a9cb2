//! Builds until rustc accepts what is left. Every error of a round is used, so there are few of them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::BuildEvent;
use super::blame::{Blame, blame, is_rejection, owner};
use super::cargo::{Cargo, Diagnostic, Said};
use super::copy::Copy;
use crate::instrument::{Mark, Plan, Spliced, Standing};
use crate::{Error, ErrorKind};

/// What one build came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Whether it went through.
    pub success: bool,
    /// How many mutants rustc rejected.
    pub rejected: usize,
    /// How many functions got a simpler way of choosing, since what was put in did not compile.
    pub demoted: usize,
    /// How long it took.
    pub duration: Duration,
}

/// The text of every changed file.
pub(super) type Texts = BTreeMap<PathBuf, Spliced>;

pub(super) fn texts(plan: &Plan) -> Result<Texts, Error> {
    plan.render()
}

pub(super) fn plain(texts: &Texts) -> BTreeMap<PathBuf, String> {
    texts.iter().map(|(path, spliced)| (path.clone(), spliced.text.clone())).collect()
}

/// A round that settles nothing is the last; so many that settle something are more than any real code needs.
const MOST: usize = 40;

/// Builds, and takes out of the plan what rustc rejects, until a build goes through. `first` is its text as it is.
///
/// # Errors
///
/// When the workspace does not build even without mutants.
pub(super) fn settle(
    plan: &mut Plan,
    first: Texts,
    copy: &Copy,
    cargo: &Cargo,
    has_profile: bool,
    event: &mut dyn FnMut(BuildEvent),
) -> Result<(), Error> {
    let mut first = Some(first);
    for _ in 0..MOST {
        let texts = first.take().map_or_else(|| texts(plan), Ok)?;
        copy.write_all(&plain(&texts))?;
        let start = Instant::now();
        let said = cargo.build(has_profile)?;
        refuse_killed(&said)?;
        let mut round =
            Round { success: said.success, rejected: 0, demoted: 0, duration: start.elapsed() };
        let unknown = judge(plan, &said, &texts, copy, &mut round);
        let settled = round.rejected + round.demoted > 0;
        event(BuildEvent::Round(round));
        if said.success {
            return Ok(());
        }
        if !settled {
            return halve(plan, copy, cargo, has_profile, &said, &unknown);
        }
    }
    Err(Error::new(
        ErrorKind::Internal,
        format!("after {MOST} rounds rustc still rejects something"),
    ))
}

/// Settles what each error belongs to; gives back those that belong to nothing of ours.
fn judge(
    plan: &mut Plan,
    said: &Said,
    texts: &Texts,
    copy: &Copy,
    round: &mut Round,
) -> Vec<String> {
    let mut unknown = Vec::new();
    let mut functions = BTreeMap::new();
    for diagnostic in said.diagnostics.iter().filter(|diagnostic| is_rejection(diagnostic)) {
        match blame(diagnostic, texts, &copy.tree) {
            Blame::Marks(marks) => {
                for mark in marks {
                    match mark {
                        Mark::Mutant(id) => {
                            let standing = Standing::Rejected(first_line(diagnostic));
                            round.rejected += usize::from(plan.settle(id, standing));
                        }
                        Mark::Function(number) => {
                            functions.entry(number).or_insert_with(|| first_line(diagnostic));
                        }
                    }
                }
            }
            Blame::NotConst(name) => {
                if plan.keep_const(&name) {
                    round.demoted += 1;
                } else if let Some(Mark::Function(number)) = owner(diagnostic, texts, &copy.tree) {
                    // What chooses a mutant stands where a constant is computed.
                    functions.entry(number).or_insert_with(|| first_line(diagnostic));
                }
            }
            Blame::Nobody if diagnostic.level != "warning" => unknown.push(rendered(diagnostic)),
            Blame::Nobody => {}
        }
    }
    // A mutant's error often brings one of its function with it: mutants go first, functions when no mutant does.
    if round.rejected == 0 && !said.success {
        for (number, error) in functions {
            round.demoted += usize::from(plan.demote(number, &error));
        }
    }
    unknown
}

/// Errors that name nothing of ours: the culprits are found by building without half of what is left.
fn halve(
    plan: &mut Plan,
    copy: &Copy,
    cargo: &Cargo,
    has_profile: bool,
    said: &Said,
    unknown: &[String],
) -> Result<(), Error> {
    let builds = |plan: &Plan, without: &[u32]| -> Result<bool, Error> {
        copy.write_all(&plain(&plan.render_without(without)?))?;
        let said = cargo.build(has_profile)?;
        refuse_killed(&said)?;
        Ok(said.success)
    };
    let all = plan.live_numbers();
    if !builds(plan, &all)? {
        let text = if unknown.is_empty() { reasons(said) } else { unknown.join("\n") };
        return Err(Error::new(
            ErrorKind::Baseline,
            format!("the workspace does not build:\n{}", text.trim_end()),
        ));
    }
    // Grows the set of functions that may stay in, by ever smaller parts.
    let mut out: Vec<u32> = all.clone();
    let mut parts = vec![all];
    while let Some(part) = parts.pop() {
        let rest: Vec<u32> = out.iter().copied().filter(|number| !part.contains(number)).collect();
        if builds(plan, &rest)? {
            out = rest;
        } else if part.len() > 1 {
            let (left, right) = part.split_at(part.len() / 2);
            parts.push(right.to_vec());
            parts.push(left.to_vec());
        }
    }
    for number in &out {
        while plan.demote(*number, "what is put in for it does not compile") {}
    }
    builds(plan, &[]).map(|_| ())
}

/// A compiler or linker that was killed says nothing about what it was given: the machine had no memory left for it, or
/// somebody ended it.
pub(super) fn refuse_killed(said: &Said) -> Result<(), Error> {
    let linker = said.diagnostics.iter().map(|it| it.message.as_str());
    let linker = linker.filter(|it| it.starts_with("linking with"));
    let Some(line) = said.stderr.lines().chain(linker).find(|it| is_killed(it)) else {
        return Ok(());
    };
    let line = line.trim();
    let message = format!(
        "a compiler was killed: {line}; close other programs, or build fewer things at once with --jobs"
    );
    Err(Error::new(ErrorKind::Machine, message))
}

/// Whether a line tells of a process that was ended from outside, as std writes it: by Ctrl-C, for want of memory, or by
/// the usual word for it. Other signals are its own fault.
fn is_killed(line: &str) -> bool {
    ["signal: 2", "signal: 9", "signal: 15"].iter().any(|signal| {
        line.match_indices(signal)
            .any(|(at, _)| !line[at + signal.len()..].starts_with(|it: char| it.is_ascii_digit()))
    })
}

/// An error in one line: its number and its message.
pub(super) fn first_line(diagnostic: &Diagnostic) -> String {
    let message = diagnostic.message.lines().next().unwrap_or_default();
    match &diagnostic.code {
        Some(code) => format!("{}: {message}", code.code),
        None => message.to_owned(),
    }
}

/// Why a build failed, where rustc rejects nothing: errors without a place, of the linker or of a full disk, and what cargo says.
pub(super) fn reasons(said: &Said) -> String {
    let is_reason =
        |it: &&Diagnostic| it.level == "error" && !it.message.starts_with("aborting due to");
    let reasons = said.diagnostics.iter().filter(is_reason).map(rendered);
    reasons.chain([said.stderr.clone()]).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

fn rendered(diagnostic: &Diagnostic) -> String {
    diagnostic.rendered.clone().unwrap_or_else(|| first_line(diagnostic))
}

#[cfg(test)]
mod tests;
