//! One run, whole or a shard, as the reports need it: with the text of the mutated files, so that it can be
//! read, joined with others and shown on a machine that does not have the tree.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{
    Error, ErrorKind, Image, ImageMutant, Mutant, MutantId, Outcome, Shard, Tier, Verdict,
};

#[cfg(test)]
mod tests;

/// The file in `mutants.out/` that has all of [`Results`]; `segue mutants merge` reads it.
pub const RESULTS_FILE: &str = "segue.json";

/// The form of [`RESULTS_FILE`]; another number is refused.
const FORM: u32 = 1;

/// One run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Results {
    form: u32,
    /// Which Segue wrote it.
    pub segue: String,
    /// The user's workspace.
    pub workspace: PathBuf,
    /// All mutants that were chosen, by number.
    pub mutants: Vec<ImageMutant>,
    /// What came of them, by number. A mutant without one was not come to.
    pub outcomes: Vec<Outcome>,
    /// The texts of the files that have mutants.
    pub sources: BTreeMap<PathBuf, String>,
    /// When it began, in RFC 3339.
    pub started: String,
    /// How long it took.
    pub times: Times,
    /// How it ended.
    pub ending: Ending,
    /// Which part of a run it is; `None` for all of it.
    #[serde(default)]
    pub shard: Option<Shard>,
    /// What else people should know: tests that are flaky, mutants judged differently by two shards.
    pub notes: Vec<String>,
}

/// Where the time went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    /// Copying, checking, building.
    pub build: Duration,
    /// The tests without any mutant.
    pub baseline: Duration,
    /// The mutants.
    pub run: Duration,
}

impl Times {
    /// In all.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.build + self.baseline + self.run
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// Every mutant was come to.
    Whole,
    /// Ctrl-C: the outcomes are those until then.
    Interrupted,
}

/// A mutant with what came of it.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// The mutant.
    pub mutant: &'a Mutant,
    /// How it is chosen.
    pub tier: Option<Tier>,
    /// The verdict; `None`: the run ended before it.
    pub verdict: Option<Verdict>,
    /// What shows it; `None` for mutants that were never run.
    pub outcome: Option<&'a Outcome>,
    /// Why it is unviable or not judged, how its test ended; may be empty.
    pub reason: &'a str,
}

/// How many of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Noticed by a test.
    pub caught: usize,
    /// Not noticed, whether a test reaches them or not.
    pub missed: usize,
    /// Of those missed: no test reaches them.
    pub not_reached: usize,
    /// A test took too long.
    pub timeout: usize,
    /// rustc rejects them.
    pub unviable: usize,
    /// Compiled out.
    pub not_compiled: usize,
    /// Could not be judged.
    pub not_judged: usize,
    /// Not come to.
    pub pending: usize,
    /// Taken from an earlier run.
    pub remembered: usize,
    /// Viable ones that are chosen by a pointer.
    pub slot: usize,
    /// Viable ones that are chosen by a switch.
    pub selector: usize,
    /// Viable ones that need a build of their own.
    pub rebuild: usize,
}

impl Results {
    /// The results of running an image. The sources are read below `sources`: the workspace, or an archive's copy of it.
    ///
    /// # Errors
    ///
    /// A file with mutants cannot be read.
    pub fn new(image: &Image, outcomes: Vec<Outcome>, sources: &Path) -> Result<Self, Error> {
        let sources = read_sources(image.mutants.iter().map(|it| &it.mutant), sources)?;
        let mut outcomes = outcomes;
        outcomes.sort_by_key(|outcome| outcome.mutant);
        Ok(Self {
            mutants: image.mutants.clone(),
            outcomes,
            sources,
            ..Self::empty(&image.workspace)
        })
    }

    /// The results of a run of no mutants: of a shard, say, of which there are more than mutants.
    #[must_use]
    pub fn empty(workspace: &Path) -> Self {
        Self {
            form: FORM,
            segue: env!("CARGO_PKG_VERSION").to_owned(),
            workspace: workspace.to_owned(),
            mutants: Vec::new(),
            outcomes: Vec::new(),
            sources: BTreeMap::new(),
            started: jiff::Timestamp::now().to_string(),
            times: Times::default(),
            ending: Ending::Whole,
            shard: None,
            notes: Vec::new(),
        }
    }

    /// Reads what [`super::Folder::write`] wrote: `path` is that file, the folder it is in, or the folder around that.
    ///
    /// # Errors
    ///
    /// There is none, it cannot be read, or another Segue wrote it in another form.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let inside = [RESULTS_FILE.into(), Path::new(super::FOLDER).join(RESULTS_FILE)];
        let places = std::iter::once(path.to_owned()).chain(inside.iter().map(|it| path.join(it)));
        let file = places.into_iter().find(|it| it.is_file());
        let Some(file) = file else {
            let message = format!(
                "no results in {}: name a folder that `segue mutants --output` wrote to, or its {}",
                path.display(),
                super::FOLDER
            );
            return Err(Error::new(ErrorKind::Usage, message));
        };
        let text = std::fs::read_to_string(&file).map_err(Error::file("read", &file))?;
        let wrong = |why: String| {
            let message = format!("{}: {why}; run the shard again with this Segue", file.display());
            Error::new(ErrorKind::Usage, message)
        };
        let results: Self =
            serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        if results.form != FORM {
            return Err(wrong(format!("form {} of results, not {FORM}", results.form)));
        }
        Ok(results)
    }

    /// All mutants, by number, with what came of them.
    pub fn judged(&self) -> impl Iterator<Item = Judged<'_>> {
        let outcomes: BTreeMap<MutantId, &Outcome> =
            self.outcomes.iter().map(|outcome| (outcome.mutant, outcome)).collect();
        self.mutants.iter().map(move |mutant| judge(mutant, outcomes.get(&mutant.id()).copied()))
    }

    /// How many of each.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.judged().fold(Counts::default(), Counts::with)
    }

    /// A mutant's file.
    #[must_use]
    pub fn source(&self, mutant: &Mutant) -> &str {
        self.sources.get(&mutant.file).map_or("", String::as_str)
    }
}

fn read_sources<'a>(
    mutants: impl Iterator<Item = &'a Mutant>,
    root: &Path,
) -> Result<BTreeMap<PathBuf, String>, Error> {
    let mut sources = BTreeMap::new();
    for mutant in mutants {
        if !sources.contains_key(&mutant.file) {
            let path = root.join(&mutant.file);
            let text = std::fs::read_to_string(&path).map_err(Error::file("read", &path))?;
            sources.insert(mutant.file.clone(), text);
        }
    }
    Ok(sources)
}

/// What was known when it was built counts where no outcome says more.
fn judge<'a>(built: &'a ImageMutant, outcome: Option<&'a Outcome>) -> Judged<'a> {
    let (verdict, reason) = match (outcome, &built.rejected, &built.left_out) {
        (Some(outcome), rejected, left_out) => {
            let why = rejected.as_deref().or(left_out.as_deref()).unwrap_or("");
            let reason = if outcome.detail.is_empty() { why } else { &outcome.detail };
            (Some(outcome.verdict), reason)
        }
        (None, Some(why), _) => (Some(Verdict::Unviable), why.as_str()),
        (None, None, Some(why)) if !built.is_alone() => (Some(Verdict::NotJudged), why.as_str()),
        (None, None, _) => (None, ""),
    };
    let tier = outcome.and_then(|outcome| outcome.tier).or(built.tier);
    Judged { mutant: &built.mutant, tier, verdict, outcome, reason }
}

impl Counts {
    fn with(mut self, judged: Judged<'_>) -> Self {
        let (count, is_viable) = match judged.verdict {
            Some(Verdict::Caught) => (&mut self.caught, true),
            Some(Verdict::Missed) => (&mut self.missed, true),
            Some(Verdict::NotReached) => {
                self.not_reached += 1;
                (&mut self.missed, true)
            }
            Some(Verdict::Timeout) => (&mut self.timeout, true),
            Some(Verdict::Unviable) => (&mut self.unviable, false),
            Some(Verdict::NotCompiled) => (&mut self.not_compiled, false),
            Some(Verdict::NotJudged) => (&mut self.not_judged, false),
            None => (&mut self.pending, false),
        };
        *count += 1;
        match judged.tier.filter(|_| is_viable) {
            Some(Tier::Slot) => self.slot += 1,
            Some(Tier::Selector) => self.selector += 1,
            Some(Tier::Rebuild) => self.rebuild += 1,
            None => {}
        }
        self.remembered += usize::from(judged.outcome.is_some_and(|outcome| outcome.remembered));
        self
    }

    /// All that were come to.
    #[must_use]
    pub fn tested(&self) -> usize {
        self.caught
            + self.missed
            + self.timeout
            + self.unviable
            + self.not_compiled
            + self.not_judged
    }
}
