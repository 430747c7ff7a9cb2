//! Shards joined to one run.
//!
//! Each shard's results have their mutants with their numbers, which count all mutants of the workspace, so that the
//! joined results are those of one run of everything. Shards must be of the same text.

use std::collections::BTreeMap;

use crate::report::{Ending, Results, Times};
use crate::{Error, ErrorKind, Mutant, MutantId, Outcome, Shard, Verdict};

#[cfg(test)]
mod tests;

/// Joins results. The joined times are those of machines that work side by side: the longest of each phase.
///
/// A mutant that several have, with different verdicts, has the one that people should look at, and a note.
///
/// # Errors
///
/// There are none, one of the shards is missing, or they are of different texts.
pub fn merge(parts: Vec<Results>) -> Result<Results, Error> {
    must_be_whole(&parts)?;
    let mut parts = parts.into_iter();
    let Some(mut all) = parts.next() else {
        return Err(Error::new(ErrorKind::Usage, "name the folders of at least one run"));
    };
    for part in parts {
        join(&mut all, part)?;
    }
    all.shard = None;
    all.mutants.sort_by_key(|it| it.mutant.id);
    all.outcomes.sort_by_key(|it| it.mutant);
    all.notes.sort();
    all.notes.dedup();
    Ok(all)
}

/// Shards are all there, or the exit code would speak for mutants that nobody has judged. Runs that are no shards may be joined
/// with anything.
fn must_be_whole(parts: &[Results]) -> Result<(), Error> {
    let shards: Vec<_> = parts.iter().filter_map(|it| it.shard).collect();
    if shards.len() < parts.len() {
        return Ok(());
    }
    let names = |of: &[Shard]| of.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let message = match Shard::missing(&shards) {
        Some(missing) if missing.is_empty() => return Ok(()),
        Some(missing) => format!("shard {} is missing: name its folder as well", names(&missing)),
        None => format!("{} are not shards of one run: join those of the same N", names(&shards)),
    };
    Err(Error::new(ErrorKind::Usage, message))
}

fn join(all: &mut Results, part: Results) -> Result<(), Error> {
    for (file, text) in part.sources {
        let same = all.sources.get(&file).is_none_or(|known| *known == text);
        if !same {
            let message = format!(
                "the runs are of different texts of {}: run all shards of one commit",
                file.display()
            );
            return Err(Error::new(ErrorKind::Usage, message));
        }
        all.sources.insert(file, text);
    }
    let known: BTreeMap<MutantId, Mutant> =
        all.mutants.iter().map(|it| (it.mutant.id, it.mutant.clone())).collect();
    for built in part.mutants {
        match known.get(&built.mutant.id) {
            None => all.mutants.push(built),
            Some(mutant) if *mutant == built.mutant => {}
            Some(mutant) => {
                let message = format!(
                    "mutant {} is `{}` in one run and `{}` in another: run all shards with the same \
                     --package, --workspace and --operators",
                    built.mutant.id.0, mutant.name, built.mutant.name
                );
                return Err(Error::new(ErrorKind::Usage, message));
            }
        }
    }
    for outcome in part.outcomes {
        match all.outcomes.iter_mut().find(|it| it.mutant == outcome.mutant) {
            None => all.outcomes.push(outcome),
            Some(mine) => all.notes.extend(settle(mine, outcome, &known)),
        }
    }
    all.notes.extend(part.notes);
    all.times = longest(all.times, part.times);
    all.started = std::mem::take(&mut all.started).min(part.started);
    if part.ending == Ending::Interrupted {
        all.ending = Ending::Interrupted;
    }
    Ok(())
}

/// Keeps the verdict that people should look at, and says so where there are two.
fn settle(
    mine: &mut Outcome,
    other: Outcome,
    known: &BTreeMap<MutantId, Mutant>,
) -> Option<String> {
    if mine.verdict == other.verdict {
        return None;
    }
    let rank = |verdict| match verdict {
        Verdict::Missed => 0,
        Verdict::NotReached => 1,
        Verdict::Timeout => 2,
        Verdict::NotJudged => 3,
        Verdict::Caught => 4,
        Verdict::Unviable => 5,
        Verdict::NotCompiled => 6,
    };
    let name = known.get(&mine.mutant).map_or("", |it| it.name.as_str());
    let note =
        format!("`{name}` is {:?} in one run and {:?} in another", mine.verdict, other.verdict);
    if rank(other.verdict) < rank(mine.verdict) {
        *mine = other;
    }
    Some(note)
}

fn longest(one: Times, other: Times) -> Times {
    Times {
        build: one.build.max(other.build),
        baseline: one.baseline.max(other.baseline),
        run: one.run.max(other.run),
    }
}
