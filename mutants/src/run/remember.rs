//! What an earlier run found, so that a run after an edit judges only what the edit concerns: mutants of functions
//! whose text changed, or that a test enters whose text changed.
//!
//! A verdict is kept with its *evidence*: a digest of the mutant, its function's text, the tests that enter the
//! function with their texts and those of all functions that they enter, and of everything else (`text`): all files
//! of the workspace without the bodies of functions with mutants and of tests. So an edit of one body concerns the
//! mutants whose tests run it; any other edit concerns everything. Where the workspace is not at hand, or reaches
//! outside of itself, nothing is remembered.
//!
//! A mutant may lead a test into functions that it does not enter otherwise: these are kept with the verdict, since they
//! are seen only when the mutant runs (`entered`).

mod digest;
mod entered;
mod text;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::baseline::{BaselineResult, Judge};
use super::choose::Plan;
use super::hits::Entered;
use super::options::RunOptions;
use crate::{Error, Image, ImageMutant, LiveFunction, Outcome, Verdict};
use digest::Digest;
use entered::{Functions, Known as KnownFunction};
pub(crate) use text::compiler;
use text::{Text, unnumbered};

/// A file of another format is as good as none.
const FORMAT: u32 = 4;

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
    /// Functions that tests entered with the mutant only, as they were then.
    entered: Vec<KnownFunction>,
    /// The digest of the test that noticed it: tests may have other names now, and another order on a busy machine.
    noticed: Option<u64>,
    outcome: Outcome,
}

/// What a run remembers and keeps; empty, and keeping nothing, where it was not asked to or cannot know.
#[derive(Debug)]
pub(crate) struct Memory<'a> {
    image: &'a Image,
    baseline: &'a BaselineResult,
    plan: &'a Plan,
    known: Option<Known<'a>>,
}

#[derive(Debug)]
struct Known<'a> {
    path: &'a Path,
    options: &'a RunOptions,
    text: Text,
    functions: Functions,
    /// A digest of each test of the baseline.
    tests: Vec<u64>,
    file: Remembered,
}

impl<'a> Memory<'a> {
    /// Reads the file that the options name.
    pub(crate) fn read(
        image: &'a Image,
        options: &'a RunOptions,
        baseline: &'a BaselineResult,
        plan: &'a Plan,
    ) -> Self {
        let known = options.remembered.as_deref().and_then(|path| {
            let text = Text::read(image)?;
            let functions = Functions::of(image);
            let of_test = |it: &Judge| digest_of(it, image, &text, &functions);
            let tests = baseline.tests.iter().map(of_test).collect();
            Some(Known { path, options, text, functions, tests, file: Remembered::read(path) })
        });
        Self { image, baseline, plan, known }
    }

    /// Whether it keeps anything.
    pub(crate) fn keeps(&self) -> bool {
        self.known.is_some()
    }

    /// The outcome of an earlier run, where its evidence is the same.
    pub(crate) fn recall(&mut self, mutant: &ImageMutant) -> Option<Outcome> {
        let evidence = self.evidence(mutant)?;
        let known = self.known.as_mut()?;
        let name = name(mutant, &known.text)?;
        let kept = known.file.kept(&name, evidence, &known.functions)?;
        let mut outcome = Outcome { mutant: mutant.id(), remembered: true, ..kept.outcome.clone() };
        // The same tests, under the names that they have now.
        let title = |at: &usize| self.baseline.tests[*at].test.title.clone();
        let tests = self.plan.tests(mutant);
        let noticed = tests.iter().find(|at| Some(known.tests[**at]) == kept.noticed);
        outcome.noticed_by = noticed.map(title);
        if outcome.verdict != Verdict::Unviable {
            outcome.reached_by = tests.iter().map(title).collect();
        }
        Some(outcome)
    }

    /// Keeps what was judged by running tests; the rest is known without. `entered` is what they entered with it.
    pub(crate) fn keep(&mut self, mutant: &ImageMutant, outcome: &Outcome, entered: &Entered) {
        let is_judged = match outcome.verdict {
            Verdict::Caught | Verdict::Missed | Verdict::Timeout => true,
            // A build has shown it.
            Verdict::Unviable | Verdict::NotReached => mutant.is_alone(),
            _ => false,
        };
        let evidence = self.evidence(mutant).filter(|_| is_judged && !entered.is_partial);
        if let (Some(known), Some(evidence)) = (&mut self.known, evidence) {
            let tests = self.plan.tests(mutant);
            let usual =
                |it: &u32| tests.iter().any(|at| self.baseline.tests[*at].hits.contains_key(it));
            let others = entered.hits.keys().filter(|it| !usual(it));
            let entered = known.functions.known(others);
            let is_noticed = |at: &&usize| {
                outcome.noticed_by.as_ref() == Some(&self.baseline.tests[**at].test.title)
            };
            let noticed = tests.iter().find(is_noticed).map(|at| known.tests[*at]);
            if let Some(name) = name(mutant, &known.text) {
                let (run, outcome) = (known.file.runs, outcome.clone());
                let kept = Kept { evidence, run, entered, noticed, outcome };
                known.file.verdicts.insert(name, kept);
            }
        }
    }

    /// Writes the file.
    pub(crate) fn write(self) -> Result<(), Error> {
        self.known.map_or(Ok(()), |known| known.file.write(known.path))
    }

    /// The evidence that a mutant would be judged by now; `None` where it cannot be known.
    fn evidence(&self, mutant: &ImageMutant) -> Option<u64> {
        let Known { options, text, tests, .. } = self.known.as_ref()?;
        let function = match mutant.function {
            Some(number) => self.image.functions.iter().find(|it| it.number == number)?.digest,
            // Its text is in the rest; unless others in its function have a slot, which tells of it then.
            None if mutant.is_alone() => self.around(mutant).map_or(0, |it| it.digest),
            None => return None,
        };
        let mut digest = Digest::default();
        digest.number(text.rest);
        digest.number(function);
        digest.text(&mutant.mutant.replacement);
        digest.text(&options.told);
        digest.number(options.timeout_multiplier.to_bits());
        digest.number(options.memory.unwrap_or(u64::MAX));
        digest.text(&format!("{:?} {:?}", options.minimum_timeout, options.minimum_waiting));
        let mut tests: Vec<u64> = self.plan.tests(mutant).iter().map(|at| tests[*at]).collect();
        tests.sort_unstable();
        tests.iter().for_each(|test| digest.number(*test));
        Some(digest.end())
    }

    /// The function around a mutant that needs a build of its own, where it has a slot for others.
    fn around(&self, mutant: &ImageMutant) -> Option<&LiveFunction> {
        let of = |it: &ImageMutant| it.mutant.function.as_ref().map(|of| of.body.clone());
        let is_beside =
            |it: &&ImageMutant| it.mutant.file == mutant.mutant.file && of(it) == of(mutant);
        let body = of(mutant)?;
        let mut beside =
            self.image.mutants.iter().filter(is_beside).filter(|it| of(it) == Some(body.clone()));
        let number = beside.find_map(|it| it.function)?;
        self.image.functions.iter().find(|it| it.number == number)
    }
}

/// A test: its name, its text, and the texts of all that it enters.
fn digest_of(judge: &Judge, image: &Image, text: &Text, functions: &Functions) -> u64 {
    let mut digest = Digest::default();
    let test = &judge.test;
    let binary = &image.binaries[test.binary];
    digest.text(&format!("{:?} {} {}", binary.kind, binary.package, unnumbered(binary)));
    digest.text(test.name.as_deref().unwrap_or_default());
    let last = test.name.as_deref().map(|it| it.rsplit("::").next().unwrap_or(it));
    digest.number(last.and_then(|it| text.tests.get(it)).copied().unwrap_or_default());
    if judge.is_partial {
        functions.add_all(&mut digest);
    } else {
        functions.add(judge.hits.keys(), &mut digest);
    }
    digest.end()
}

impl Remembered {
    /// What the file holds; nothing where there is none, or it cannot be understood.
    fn read(path: &Path) -> Self {
        let read = fs::read(path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let mut read = read.filter(|it: &Self| it.format == FORMAT).unwrap_or_default();
        read.runs = read.runs.saturating_add(1);
        read
    }

    /// The verdict of this name, where its evidence is the same; it was asked for by this run.
    fn kept(&mut self, name: &str, evidence: u64, functions: &Functions) -> Option<&Kept> {
        let is_same = |it: &&mut Kept| it.evidence == evidence && functions.are_still(&it.entered);
        let kept = self.verdicts.get_mut(name).filter(is_same)?;
        kept.run = self.runs;
        Some(kept)
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

/// A mutant's name that outlives edits around it: its place counts from its function's body; where it is in none, without
/// the bodies before it.
fn name(mutant: &ImageMutant, text: &Text) -> Option<String> {
    let it = &mutant.mutant;
    let (function, place) = match &it.function {
        Some(function) => {
            let body = i128::try_from(function.body.start).ok()?;
            (function.name.as_str(), i128::try_from(it.bytes.start).ok()? - body)
        }
        None => ("", i128::try_from(text.place(&it.file, it.bytes.start)).ok()?),
    };
    let (package, file) = (&it.package, it.file.display());
    Some(format!("{package}|{file}|{function}|{place}|{:?}|{}", it.operator, it.name))
}
