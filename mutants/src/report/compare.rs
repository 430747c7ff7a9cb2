//! Our verdicts beside those of cargo-mutants, one by one: it judges by a build of its own for each mutant, and is what
//! ours have to agree with.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::cargo_mutants;
use super::results::Results;
use crate::{Error, ErrorKind, Verdict};

#[cfg(test)]
mod tests;

/// What two runs of the same text have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Mutants that both judged.
    pub both: usize,
    /// Of those: with another verdict, as `line: segue says missed, cargo-mutants caught`.
    pub differences: Vec<String>,
    /// Mutants that we did not judge, and why.
    pub not_judged: Vec<String>,
    /// Mutants that only we have.
    pub only_ours: Vec<String>,
    /// Mutants that only cargo-mutants has.
    pub only_theirs: Vec<String>,
}

impl Comparison {
    /// The share of equal verdicts among those of mutants that both judged, from 0 to 1.
    #[must_use]
    pub fn agreement(&self) -> f64 {
        let equal = self.both - self.differences.len();
        if self.both == 0 { 1.0 } else { equal as f64 / self.both as f64 }
    }
}

/// What is read of `outcomes.json`.
#[derive(Deserialize)]
struct Outcomes {
    outcomes: Vec<Outcome>,
}

#[derive(Deserialize)]
struct Outcome {
    scenario: Scenario,
    summary: String,
}

#[derive(Deserialize)]
enum Scenario {
    Baseline,
    Mutant { name: String },
}

/// Verdicts of cargo-mutants.
#[derive(Debug, Clone)]
pub struct Theirs {
    /// What each came to, by name; the last first.
    verdicts: BTreeMap<String, Vec<String>>,
}

impl Theirs {
    /// Reads the `outcomes.json` in a folder that cargo-mutants wrote: its `mutants.out/`, or the one around it.
    ///
    /// # Errors
    ///
    /// There is none, or it has another form.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let name = Path::new("outcomes.json");
        let places = [folder.join(name), folder.join(super::FOLDER).join(name)];
        let Some(path) = places.iter().find(|it| it.is_file()) else {
            let message =
                format!("no outcomes.json in {}: name what cargo-mutants wrote", folder.display());
            return Err(Error::new(ErrorKind::Usage, message));
        };
        let text = std::fs::read_to_string(path).map_err(Error::file("read", path))?;
        let theirs: Outcomes = serde_json::from_str(&text).map_err(|error| {
            Error::new(
                ErrorKind::Usage,
                format!("{}: {error}; cargo-mutants 27 writes it", path.display()),
            )
        })?;
        let mut verdicts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for outcome in theirs.outcomes.into_iter().rev() {
            if let Scenario::Mutant { name } = outcome.scenario {
                verdicts.entry(name).or_default().push(outcome.summary);
            }
        }
        Ok(Self { verdicts })
    }
}

/// Compares results with those of cargo-mutants.
#[must_use]
pub fn compare(results: &Results, theirs: Theirs) -> Comparison {
    // One name may stand for several mutants, such as two of one place: they are paired in their order.
    let mut known = theirs.verdicts;
    let mut comparison = Comparison::default();
    for judged in results.judged() {
        let line = cargo_mutants::line(judged.mutant);
        let Some(summary) = known.get_mut(&line).and_then(Vec::pop) else {
            comparison.only_ours.push(line);
            continue;
        };
        let ours = match judged.verdict {
            Some(Verdict::Caught) => "caught",
            Some(Verdict::Missed | Verdict::NotReached) => "missed",
            Some(Verdict::Timeout) => "timeout",
            Some(Verdict::Unviable) => "unviable",
            other => {
                let why = super::text::verdict(other);
                comparison
                    .not_judged
                    .push(format!("{line}: {why} {}", judged.reason).trim_end().to_owned());
                continue;
            }
        };
        let theirs = summary.trim_end_matches("Mutant").to_lowercase();
        comparison.both += 1;
        if ours != theirs {
            let why = super::text::why(&judged);
            comparison
                .differences
                .push(format!("{line}: segue says {ours} ({why}), cargo-mutants {theirs}"));
        }
    }
    let left = known.into_iter().flat_map(|(name, summaries)| vec![name; summaries.len()]);
    comparison.only_theirs = left.collect();
    comparison
}
