//! What an earlier run found, so that a run after an edit judges only what the edit concerns: mutants of functions
//! whose text changed, or that a test enters whose text changed.
//!
//! A verdict is kept with its *evidence*: a digest of the mutant, its function's text, the tests that enter the
//! function and their texts, and of everything else (`text`): all files of the workspace without the bodies of
//! functions with mutants and of tests. So an edit of one body concerns one function or one test; any other edit
//! concerns everything. Where the workspace is not at hand, or reaches outside of itself, nothing is remembered.
//!
//! **The texts of functions that a test enters besides the mutant's own are no evidence**: an edit of a callee does
//! not judge its callers' mutants again.

mod digest;
mod text;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::baseline::BaselineResult;
use super::choose::Plan;
use super::options::RunOptions;
use crate::{Error, Image, ImageMutant, Outcome, Verdict};
use digest::Digest;
use text::{Text, unnumbered};

/// A file of another format is as good as none.
const FORMAT: u32 = 1;

/// A verdict that so many runs did not ask for is forgotten: its mutant is gone.
const RUNS: u64 = 100;

/// Verdicts by their mutants' names: the file.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Remembered {
    format: u32,
    /// How many runs have written it.
    #[serde(default)]
    runs: u64,
    verdicts: BTreeMap<String, Kept>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    evidence: u64,
    /// The run that asked for it last.
    #[serde(default)]
    run: u64,
    outcome: Outcome,
}

/// What a run remembers and keeps; empty, and keeping nothing, where it was not asked to or cannot know.
#[derive(Debug)]
pub(crate) struct Memory<'a> {
    image: &'a Image,
    known: Option<Known<'a>>,
}

#[derive(Debug)]
struct Known<'a> {
    path: &'a Path,
    options: &'a RunOptions,
    text: Text,
    file: Remembered,
}

impl<'a> Memory<'a> {
    /// Reads the file that the options name.
    pub(crate) fn read(image: &'a Image, options: &'a RunOptions) -> Self {
        let known = options.remembered.as_deref().and_then(|path| {
            let text = Text::read(image)?;
            Some(Known { path, options, text, file: Remembered::read(path) })
        });
        Self { image, known }
    }

    /// The outcome of an earlier run, where its evidence is the same.
    pub(crate) fn recall(
        &mut self,
        mutant: &ImageMutant,
        baseline: &BaselineResult,
        plan: &Plan,
    ) -> Option<Outcome> {
        let evidence = self.evidence(mutant, baseline, plan)?;
        let mut outcome = self.known.as_mut()?.file.outcome(mutant, evidence)?;
        // The same tests in the same order, under the names that they have now.
        let title = |at: &usize| baseline.tests[*at].test.title.clone();
        let now: Vec<String> = plan.tests(mutant.function?).iter().map(title).collect();
        let noticed = |it: String| outcome.reached_by.iter().position(|old| *old == it);
        outcome.noticed_by =
            outcome.noticed_by.and_then(noticed).and_then(|at| now.get(at).cloned());
        outcome.reached_by = now;
        Some(outcome)
    }

    /// Keeps what was judged by running tests; the rest is known without.
    pub(crate) fn keep(
        &mut self,
        mutant: &ImageMutant,
        baseline: &BaselineResult,
        plan: &Plan,
        outcome: &Outcome,
    ) {
        let is_judged =
            matches!(outcome.verdict, Verdict::Caught | Verdict::Missed | Verdict::Timeout);
        let evidence = self.evidence(mutant, baseline, plan).filter(|_| is_judged);
        if let (Some(known), Some(evidence)) = (&mut self.known, evidence) {
            known.file.keep(mutant, evidence, outcome);
        }
    }

    /// Writes the file.
    pub(crate) fn write(self) -> Result<(), Error> {
        self.known.map_or(Ok(()), |known| known.file.write(known.path))
    }

    /// The evidence that a mutant would be judged by now; `None` where it cannot be known.
    fn evidence(
        &self,
        mutant: &ImageMutant,
        baseline: &BaselineResult,
        plan: &Plan,
    ) -> Option<u64> {
        let Known { options, text, .. } = self.known.as_ref()?;
        let number = mutant.function?;
        let function = self.image.functions.iter().find(|it| it.number == number)?;
        let mut digest = Digest::default();
        digest.number(text.rest);
        digest.number(function.digest);
        digest.text(&mutant.mutant.replacement);
        digest.number(options.timeout_multiplier.to_bits());
        digest.number(options.memory.unwrap_or(u64::MAX));
        digest.text(&format!("{:?} {:?}", options.minimum_timeout, options.minimum_waiting));
        for at in plan.tests(number) {
            let test = &baseline.tests[*at].test;
            let binary = &self.image.binaries[test.binary];
            digest.text(&format!("{:?} {} {}", binary.kind, binary.package, unnumbered(binary)));
            digest.text(test.name.as_deref().unwrap_or_default());
            let last = test.name.as_deref().map(|it| it.rsplit("::").next().unwrap_or(it));
            digest.number(last.and_then(|it| text.tests.get(it)).copied().unwrap_or_default());
        }
        Some(digest.end())
    }
}

impl Remembered {
    /// What the file holds; nothing where there is none, or it cannot be understood.
    fn read(path: &Path) -> Self {
        let read = fs::read(path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let mut read = read.filter(|it: &Self| it.format == FORMAT).unwrap_or_default();
        read.runs = read.runs.saturating_add(1);
        read
    }

    fn outcome(&mut self, mutant: &ImageMutant, evidence: u64) -> Option<Outcome> {
        let kept = self.verdicts.get_mut(&name(mutant)?).filter(|it| it.evidence == evidence)?;
        kept.run = self.runs;
        Some(Outcome { mutant: mutant.id(), remembered: true, ..kept.outcome.clone() })
    }

    fn keep(&mut self, mutant: &ImageMutant, evidence: u64, outcome: &Outcome) {
        if let Some(name) = name(mutant) {
            let kept = Kept { evidence, run: self.runs, outcome: outcome.clone() };
            self.verdicts.insert(name, kept);
        }
    }

    /// Writes the file whole, or leaves the old one as it is.
    fn write(mut self, path: &Path) -> Result<(), Error> {
        self.format = FORMAT;
        self.verdicts.retain(|_, kept| kept.run.saturating_add(RUNS) >= self.runs);
        let failed = || Error::file("write", path);
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(failed())?;
        let file = tempfile::NamedTempFile::new_in(folder).map_err(failed())?;
        serde_json::to_writer(&file, &self).map_err(|error| failed()(error.into()))?;
        file.persist(path).map_err(|error| failed()(error.error))?;
        Ok(())
    }
}

/// A mutant's name that outlives edits around it: its place counts from its function's body.
fn name(mutant: &ImageMutant) -> Option<String> {
    let it = &mutant.mutant;
    let function = it.function.as_ref()?;
    let place = i128::try_from(it.bytes.start).ok()? - i128::try_from(function.body.start).ok()?;
    let (package, file) = (&it.package, it.file.display());
    Some(format!("{package}|{file}|{}|{place}|{:?}|{}", function.name, it.operator, it.name))
}
