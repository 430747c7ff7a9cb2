//! What the terminal says of a run, as plain text; the command adds colours.

use std::time::Duration;

use super::results::{Counts, Ending, Judged, Results};
use super::{cargo_mutants, diff};
use crate::{Error, Tier, Verdict};

#[cfg(test)]
mod tests;

/// So many tests are named; of more, the number.
const TESTS: usize = 5;

/// A verdict in a word or two.
pub(super) fn verdict(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Caught) => "caught",
        Some(Verdict::Missed) => "missed",
        Some(Verdict::NotReached) => "not reached",
        Some(Verdict::Timeout) => "timeout",
        Some(Verdict::Unviable) => "unviable",
        Some(Verdict::NotCompiled) => "not compiled",
        Some(Verdict::NotJudged) => "not judged",
        None => "not come to",
    }
}

/// How a mutant is chosen, in a word.
pub(super) fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Slot => "slot",
        Tier::Selector => "selector",
        Tier::Rebuild => "rebuild",
    }
}

/// What led to a verdict, in one line.
pub(super) fn why(judged: &Judged<'_>) -> String {
    let outcome = judged.outcome;
    let reason = judged.reason.lines().next().unwrap_or("");
    match judged.verdict {
        Some(Verdict::Caught) => {
            let test = outcome.and_then(|it| it.noticed_by.as_deref()).unwrap_or("a test");
            format!("noticed by {test}")
        }
        Some(Verdict::Missed) => {
            let tests = outcome.map_or(&[][..], |it| &it.reached_by);
            format!("reached by {}", named(tests))
        }
        Some(Verdict::NotReached) => "no test reaches it".to_owned(),
        Some(Verdict::Timeout) => {
            let test = outcome.and_then(|it| it.noticed_by.as_deref()).unwrap_or("a test");
            format!("{test} took longer than its limit")
        }
        Some(Verdict::NotCompiled) if reason.is_empty() => {
            "compiled out in this configuration".to_owned()
        }
        Some(_) => reason.to_owned(),
        None => "the run ended before it".to_owned(),
    }
}

fn named(tests: &[String]) -> String {
    match tests.len() {
        0 => "no test that is known".to_owned(),
        count if count <= TESTS => tests.join(", "),
        count => format!("{} and {} more", tests[..TESTS].join(", "), count - TESTS),
    }
}

/// A mutant for people: its line, and where it is missed the diff and the tests that reach it. The first item is
/// the verdict in a word, for a colour of its own.
///
/// # Errors
///
/// The mutant is not in its file.
pub fn finding(judged: &Judged<'_>, source: &str) -> Result<(&'static str, String), Error> {
    let mut text = cargo_mutants::line(judged.mutant);
    if matches!(judged.verdict, Some(Verdict::Missed | Verdict::NotReached)) {
        let unified = diff::unified(judged.mutant, source, diff::ON_SCREEN)?;
        // The two lines of file names say what the line above says.
        let body = unified.lines().skip(2).filter(|line| !line.starts_with("@@"));
        text.extend(body.map(|line| format!("\n      {line}")));
    }
    if judged.verdict != Some(Verdict::Caught) {
        text.push_str(&format!("\n      {}", why(judged)));
    }
    let word = match judged.verdict {
        // The line below says why.
        Some(Verdict::NotReached) => "missed",
        other => verdict(other),
    };
    Ok((word, text))
}

/// The line at the end: counts per verdict and tier, and the time.
#[must_use]
pub fn summary(results: &Results) -> String {
    let counts = results.counts();
    let verdicts = listed(&[
        (counts.missed, "missed"),
        (counts.caught, "caught"),
        (counts.unviable, "unviable"),
        (counts.timeout, if counts.timeout == 1 { "timeout" } else { "timeouts" }),
        (counts.not_compiled, "not compiled"),
        (counts.not_judged, "not judged"),
    ]);
    let tested = counts.tested();
    let noun = if tested == 1 { "mutant" } else { "mutants" };
    let took = seconds(results.times.total());
    let mut line = format!("{tested} {noun} tested in {took}: {verdicts}");
    if counts.not_reached > 0 {
        line.push_str(&format!("\nof those missed, {} are reached by no test", counts.not_reached));
    }
    line.push_str(&format!("\n{}", origins(results, &counts)));
    if results.ending == Ending::Interrupted {
        line.push_str(&format!("\ninterrupted: {} were not come to", counts.pending));
    }
    line
}

/// How they were chosen, and how long each phase took.
fn origins(results: &Results, counts: &Counts) -> String {
    let tiers = listed(&[
        (counts.slot, "by slot"),
        (counts.selector, "by selector"),
        (counts.rebuild, "by rebuild"),
        (counts.remembered, "remembered"),
    ]);
    let tiers = if tiers.is_empty() { "none run".to_owned() } else { tiers };
    let times = results.times;
    format!(
        "{tiers}; build {}, tests without mutants {}, mutants {}",
        seconds(times.build),
        seconds(times.baseline),
        seconds(times.run),
    )
}

fn listed(counts: &[(usize, &str)]) -> String {
    let listed = counts.iter().filter(|(count, _)| *count > 0);
    listed.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}

/// A length of time, short.
#[must_use]
pub fn seconds(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    match seconds {
        _ if seconds < 0.0995 => format!("{:.0} ms", seconds * 1e3),
        _ if seconds < 9.95 => format!("{seconds:.1} s"),
        _ if seconds < 90.0 => format!("{seconds:.0} s"),
        _ => format!("{:.0} min {:02.0} s", (seconds / 60.0).floor(), (seconds % 60.0).floor()),
    }
}
