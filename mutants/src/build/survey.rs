//! What rustc says of many mutants at once that need a build each: those that it rejects need none, nor do constants whose value
//! is what it was, and of those that have the same value one is enough.
//!
//! Only errors count, never that there is none: what an error hides is not known, and is built.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::blame::{Blame, ENDLESS, blame, is_rejection, owner};
use super::cargo::{Cargo, Diagnostic, Said};
use super::copy::Copy;
use super::rounds::{first_line, refuse_killed};
use crate::instrument::{Claim, Mark, Survey};
use crate::run::Known;
use crate::{Error, Mutant, MutantId};

/// An error may hide others: so often it is asked again without the mutants that were rejected.
const ROUNDS: usize = 4;

/// What is known of these mutants of one package, without a build of their own. The copy's text is what it was, when it is through.
///
/// # Errors
///
/// A file cannot be read or written, cargo cannot be run or was ended.
pub(super) fn survey(
    mutants: &[&Mutant],
    copy: &Copy,
    cargo: &Cargo,
    has_profile: bool,
) -> Result<BTreeMap<MutantId, Known>, Error> {
    let mut found = Found::default();
    for _ in 0..ROUNDS {
        let survey = text(mutants, &found, copy)?;
        if survey.claims.is_empty() {
            break;
        }
        let said = built(&survey, copy, cargo, has_profile)?;
        refuse_killed(&said)?;
        let known = found.rejected.len();
        let Some(is_complete) = found.read(&said, &survey, copy) else { break };
        if is_complete || found.rejected.len() == known {
            break;
        }
    }
    Ok(found.known(mutants))
}

/// The text of the files in which there are such mutants.
fn text(mutants: &[&Mutant], found: &Found, copy: &Copy) -> Result<Survey, Error> {
    let mut by_file: BTreeMap<_, Vec<&Mutant>> = BTreeMap::new();
    for mutant in mutants.iter().filter(|it| !found.rejected.contains_key(&it.id)) {
        by_file.entry(&mutant.file).or_default().push(mutant);
    }
    let mut survey = Survey::default();
    for (file, mutants) in by_file {
        let path = copy.tree.join(file);
        let text = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
        survey.add(file, &text, &mutants);
    }
    Ok(survey)
}

/// What cargo says of the text; then the copy has its own again.
fn built(survey: &Survey, copy: &Copy, cargo: &Cargo, has_profile: bool) -> Result<Said, Error> {
    let mut originals = BTreeMap::new();
    for file in survey.texts.keys() {
        let path = copy.tree.join(file);
        let text = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
        originals.insert(file.clone(), text);
    }
    copy.write_all(&super::rounds::plain(&survey.texts))?;
    let said = cargo.build(has_profile);
    copy.write_all(&originals)?;
    said
}

/// What was found so far.
#[derive(Debug, Default)]
struct Found {
    rejected: BTreeMap<MutantId, String>,
    /// Whose original is rejected as a copy, too.
    untold: BTreeSet<MutantId>,
    /// The mutant and whose value it has: another's or the original's.
    same: BTreeSet<(MutantId, Option<MutantId>)>,
}

impl Found {
    /// Reads what rustc said. Gives back whether all that can be said was; `None` when an error has nothing to do with the
    /// copies: then nothing that was said counts.
    fn read(&mut self, said: &Said, survey: &Survey, copy: &Copy) -> Option<bool> {
        let mut rejected = BTreeMap::new();
        // A file may be compiled several times, and must say the same each time.
        let mut counts = vec![0u32; survey.claims.len()];
        let mut claims = Vec::new();
        for diagnostic in said.diagnostics.iter().filter(|it| is_rejection(it)) {
            let marks = match owner(diagnostic, &survey.texts, &copy.tree) {
                Some(mark) => vec![mark],
                None => match blame(diagnostic, &survey.texts, &copy.tree) {
                    Blame::Marks(marks) => marks,
                    _ if diagnostic.level == "warning" => continue,
                    _ => return None,
                },
            };
            for mark in marks {
                match mark {
                    Mark::Mutant(id) => _ = rejected.entry(id).or_insert(first_line(diagnostic)),
                    Mark::Function(number) => claims.push((number as usize, diagnostic)),
                }
            }
        }
        for (number, diagnostic) in &claims {
            match survey.claims.get(*number)? {
                Claim::Original(mutants) => self.untold.extend(mutants),
                Claim::Same(..) | Claim::Stop => {
                    counts[*number] += u32::from(is_computed(diagnostic));
                }
            }
        }
        let is_endless = said.diagnostics.iter().any(|it| code(it) == ENDLESS);
        let stops = survey.claims.iter().zip(&counts);
        let stops: Vec<u32> = stops
            .filter(|(claim, _)| matches!(claim, Claim::Stop))
            .map(|(_, count)| *count)
            .collect();
        self.add_same(survey, &counts);
        self.rejected.extend(rejected);
        Some(!is_endless && stops.iter().all(|count| *count > 0))
    }

    /// Takes over the values that are the same each time their file is compiled.
    fn add_same(&mut self, survey: &Survey, counts: &[u32]) {
        // The end of a file comes behind what is compared in it.
        let mut times = 0;
        for (claim, count) in survey.claims.iter().zip(counts).rev() {
            match claim {
                Claim::Stop => times = *count,
                Claim::Same(one, other) if times > 0 && *count == times => {
                    self.same.insert((*one, *other));
                }
                _ => {}
            }
        }
    }

    fn known(&self, mutants: &[&Mutant]) -> BTreeMap<MutantId, Known> {
        let is_told = |id: &MutantId| !self.untold.contains(id);
        let is_viable = |id: &MutantId| is_told(id) && !self.rejected.contains_key(id);
        let mut known = BTreeMap::new();
        for id in mutants.iter().map(|it| it.id).filter(is_told) {
            if let Some(why) = self.rejected.get(&id) {
                known.insert(id, Known::Rejected(why.clone()));
                continue;
            }
            let others = self.same.iter().filter(|(one, _)| *one == id);
            // The original comes first, then the mutants in their order.
            let other =
                others.map(|(_, other)| *other).find(|it| it.as_ref().is_none_or(is_viable));
            match other {
                Some(None) => _ = known.insert(id, Known::Unchanged),
                Some(Some(other)) => _ = known.insert(id, Known::Same(other)),
                None => {}
            }
        }
        known
    }
}

/// Whether it says that a constant cannot be computed.
fn is_computed(diagnostic: &Diagnostic) -> bool {
    code(diagnostic) == "E0080"
}

fn code(diagnostic: &Diagnostic) -> &str {
    diagnostic.code.as_ref().map_or("", |code| &code.code)
}

#[cfg(test)]
mod tests;
