//! `mutants.out/`: the folder that cargo-mutants writes, with the same files in the same forms, and more.
//!
//! Its own: `mutants.json`, `outcomes.json`, `caught.txt`, `missed.txt`, `timeout.txt`, `unviable.txt`, `diff/`,
//! `log/`, `lock.json`. Ours: `not_compiled.txt`, `not_judged.txt`, `segue.json` (everything, for `merge`),
//! `mutation.json` and `mutation.html`, `mutants.sarif`, `junit.xml`. An older folder becomes `mutants.out.old`.
//!
//! A file is written whole or not at all. The lists grow while mutants are run, and are put in order at the end.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use serde_json::json;

use super::results::{Judged, RESULTS_FILE, Results};
use super::{cargo_mutants, diff, elements, junit, sarif, text};
use crate::{Error, ErrorKind, Mutant, MutantId, Verdict};

#[cfg(test)]
mod tests;

/// Its name.
pub const FOLDER: &str = "mutants.out";

/// The name of the one before it.
pub const ROTATED: &str = "mutants.out.old";

/// The name of the one before that, in it, while it is removed.
const OLDER: &str = "older";

const LOCK: &str = "lock.json";

/// The lists, and which verdicts are in each.
const LISTS: [(&str, &[Verdict]); 6] = [
    ("caught.txt", &[Verdict::Caught]),
    ("missed.txt", &[Verdict::Missed, Verdict::NotReached]),
    ("timeout.txt", &[Verdict::Timeout]),
    ("unviable.txt", &[Verdict::Unviable]),
    ("not_compiled.txt", &[Verdict::NotCompiled]),
    ("not_judged.txt", &[Verdict::NotJudged]),
];

/// What runs before this one caught, of one that leaves it out.
const PREVIOUSLY_CAUGHT: &str = "previously_caught.txt";

/// The names of what the last run below a folder caught or found unviable, and of what runs before it did where it left that
/// out. No list is an empty one.
#[must_use]
pub fn already_caught(parent: &Path) -> Vec<String> {
    let lists = ["caught.txt", "unviable.txt", PREVIOUSLY_CAUGHT];
    let out = parent.join(FOLDER);
    let texts = lists.iter().filter_map(|it| fs::read_to_string(out.join(it)).ok());
    texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// A folder that this process writes to; it is locked until it is dropped.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Where the one before it went, if there was one.
    rotated: Option<PathBuf>,
    /// Of the one before that.
    removal: Removal,
    /// The folder around it, if it was made for it.
    made_parent: Option<PathBuf>,
    _lock: File,
}

impl Folder {
    /// Makes `mutants.out/` in a folder, which is made as well if its parent is there.
    ///
    /// # Errors
    ///
    /// Another process writes to it, or it cannot be made; then everything is as before.
    pub fn create(parent: &Path) -> Result<Self, Error> {
        let made_parent = !parent.exists();
        if made_parent {
            fs::create_dir(parent).map_err(Error::file("make the folder", parent))?;
        }
        let (path, rotated) = (parent.join(FOLDER), parent.join(ROTATED));
        let had_one = path.exists();
        if had_one {
            must_be_free(&path)?;
        }
        let removal = if had_one { rotate(&path, &rotated)? } else { Removal(None) };
        let rotated = had_one.then_some(rotated);
        let made_parent = made_parent.then(|| parent.to_owned());
        match fill(&path) {
            Ok(lock) => Ok(Self { path, rotated, removal, made_parent, _lock: lock }),
            Err(error) => {
                drop(removal);
                undo(&path, rotated.as_deref(), made_parent.as_deref());
                Err(error)
            }
        }
    }

    /// Nothing came of it: the folder goes, and the one before it comes back.
    pub fn abandon(self) {
        drop(self.removal);
        undo(&self.path, self.rotated.as_deref(), self.made_parent.as_deref());
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where a file is that goes from run to run: that of the folder before this one is in it, if there was one.
    #[must_use]
    pub fn carried(&self, name: &str) -> PathBuf {
        let path = self.path.join(name);
        if let Some(rotated) = &self.rotated {
            // Without it the run begins anew.
            let _ = fs::copy(rotated.join(name), &path);
        }
        path
    }

    /// Writes down what earlier runs caught or found unviable, and this one leaves out: the next run that goes on from here reads
    /// it beside the lists of this one.
    ///
    /// # Errors
    ///
    /// The list cannot be written.
    pub fn note_already_caught(&self, names: &[String]) -> Result<(), Error> {
        let names: BTreeSet<_> = names.iter().collect();
        let text: String = names.iter().map(|name| format!("{name}\n")).collect();
        whole(&self.path.join(PREVIOUSLY_CAUGHT), &text)
    }

    /// Adds a mutant to its list at once, for people who look while mutants are run.
    ///
    /// # Errors
    ///
    /// The list cannot be written.
    pub fn note(&self, mutant: &Mutant, verdict: Verdict) -> Result<(), Error> {
        for (list, _) in LISTS.iter().filter(|(_, verdicts)| verdicts.contains(&verdict)) {
            let path = self.path.join(list);
            let file = File::options().append(true).open(&path);
            file.and_then(|mut file| writeln!(file, "{}", cargo_mutants::line(mutant)))
                .map_err(Error::file("write", &path))?;
        }
        Ok(())
    }

    /// Writes everything.
    ///
    /// # Errors
    ///
    /// A file cannot be written, or a mutant is not in its file.
    pub fn write(&self, results: &Results) -> Result<(), Error> {
        let names = Names::new(results);
        // A file or two for each mutant take as long as all the others, and everything else is done by now.
        let each = std::thread::scope(|scope| {
            let each = scope.spawn(|| self.write_each(results, &names));
            self.write_reports(results, &names)?;
            each.join().map_err(|_| {
                Error::new(ErrorKind::Internal, "the thread that writes diffs ended by a panic")
            })
        })?;
        each.and_then(|()| self.write_lists(results))
    }

    /// What there is for each mutant.
    fn write_each(&self, results: &Results, names: &Names) -> Result<(), Error> {
        for judged in results.judged() {
            let base = names.of(judged.mutant);
            let unified =
                diff::unified(judged.mutant, results.source(judged.mutant), diff::IN_FILES)?;
            whole(&self.path.join(format!("diff/{base}.diff")), &unified)?;
            whole(&self.path.join(format!("log/{base}.log")), &log(&judged, &unified))?;
        }
        Ok(())
    }

    /// What there is once.
    fn write_reports(&self, results: &Results, names: &Names) -> Result<(), Error> {
        let baseline = format!("\n*** baseline\n{}\n", results.notes.join("\n"));
        let mutants = results.mutants.iter().map(|it| &it.mutant);
        let listed = cargo_mutants::list_json(mutants, |it| results.source(it).to_owned())?;
        let outcomes = cargo_mutants::outcomes(results, &|mutant| names.of(mutant));
        let report = elements::report(results);
        let all = serde_json::to_string(results).map_err(no_json)?;
        let files = [
            ("log/baseline.log", baseline),
            ("mutants.json", listed),
            ("outcomes.json", outcomes),
            ("mutation.html", elements::page(&report)?),
            ("mutation.json", format!("{report:#}")),
            ("mutants.sarif", format!("{:#}", sarif::log(results))),
            ("junit.xml", junit::xml(results)?),
            (RESULTS_FILE, all),
        ];
        for (name, text) in files {
            whole(&self.path.join(name), &text)?;
        }
        Ok(())
    }

    fn write_lists(&self, results: &Results) -> Result<(), Error> {
        for (name, verdicts) in LISTS {
            let listed =
                |judged: &Judged<'_>| judged.verdict.is_some_and(|it| verdicts.contains(&it));
            let lines = results.judged().filter(listed).map(|judged| judged.mutant);
            whole(&self.path.join(name), &cargo_mutants::list_text(lines))?;
        }
        Ok(())
    }
}

/// A folder that is removed while other things go on: its files may be a thousand, and take a second. It is waited for.
#[derive(Debug)]
struct Removal(Option<JoinHandle<()>>);

impl Drop for Removal {
    fn drop(&mut self) {
        // What it could not remove, the next run tries to, and says why it cannot.
        let _ = self.0.take().map(JoinHandle::join);
    }
}

/// Makes a folder the older one. The one that was is removed from inside of it: so it goes with it where this run is ended before.
fn rotate(path: &Path, rotated: &Path) -> Result<Removal, Error> {
    let left = rotated.join(OLDER);
    if left.exists() {
        fs::remove_dir_all(&left).map_err(Error::file("remove", &left))?;
    }
    let (had_one, inside) = (rotated.exists(), path.join(OLDER));
    if had_one {
        fs::rename(rotated, &inside).map_err(Error::file("move", rotated))?;
    }
    fs::rename(path, rotated).map_err(|error| {
        let _ = fs::rename(&inside, rotated);
        Error::file("move", path)(error)
    })?;
    let remove = || std::thread::spawn(move || _ = fs::remove_dir_all(left));
    Ok(Removal(had_one.then(remove)))
}

/// Makes the folder with everything that is there from the beginning; gives its lock.
fn fill(path: &Path) -> Result<File, Error> {
    for folder in [path.to_owned(), path.join("log"), path.join("diff")] {
        fs::create_dir(&folder).map_err(Error::file("make the folder", &folder))?;
    }
    for (list, _) in LISTS {
        whole(&path.join(list), "")?;
    }
    let file = path.join(LOCK);
    let lock = json!({
        "segue_version": env!("CARGO_PKG_VERSION"),
        "start_time": jiff::Timestamp::now().to_string(),
        "hostname": fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default().trim(),
        "username": std::env::var("USER").unwrap_or_default(),
    });
    whole(&file, &format!("{lock:#}"))?;
    let lock = File::open(&file).map_err(Error::file("open", &file))?;
    lock.lock().map_err(Error::file("lock", &file))?;
    Ok(lock)
}

/// Everything as before. What is in the way of writing may be in the way of this as well: then nothing can be done.
fn undo(path: &Path, rotated: Option<&Path>, made_parent: Option<&Path>) {
    let _ = fs::remove_dir_all(path);
    let _ = rotated.map_or(Ok(()), |rotated| fs::rename(rotated, path));
    let _ = made_parent.map_or(Ok(()), fs::remove_dir);
}

/// The names of logs and diffs, as cargo-mutants makes them: by the place, counted where mutants share one.
struct Names(HashMap<MutantId, String>);

impl Names {
    fn new(results: &Results) -> Self {
        let mut used: HashMap<String, usize> = HashMap::new();
        let name = |mutant: &Mutant| {
            let start = mutant.span.start;
            let file = clean(&mutant.file.to_string_lossy());
            let base = format!("{file}_line_{}_col_{}", start.line, start.column);
            let count = used.entry(base.clone()).or_default();
            *count += 1;
            if *count == 1 { base } else { format!("{base}_{:03}", *count - 1) }
        };
        let names: Vec<_> = results.mutants.iter().map(|it| &it.mutant).map(name).collect();
        Self(results.mutants.iter().map(|it| it.mutant.id).zip(names).collect())
    }

    fn of(&self, mutant: &Mutant) -> String {
        self.0.get(&mutant.id).cloned().unwrap_or_default()
    }
}

/// A path as part of a file's name.
fn clean(path: &str) -> String {
    let special = |c: char| matches!(c, '\\' | ' ' | ':' | '<' | '>' | '?' | '*' | '|' | '"');
    path.replace('/', "__").replace(special, "_")
}

/// What there is to say of one mutant.
fn log(judged: &Judged<'_>, unified: &str) -> String {
    let verdict = text::verdict(judged.verdict);
    let mut log = format!(
        "\n*** {}\n\n*** mutation diff:\n{unified}\n*** {verdict}\n",
        cargo_mutants::line(judged.mutant)
    );
    if let Some(tier) = judged.tier {
        log.push_str(&format!("\n*** chosen by {}\n", text::tier(tier)));
    }
    if let Some(outcome) = judged.outcome {
        log.push_str(&format!("\n*** {} tests run of those that reach it:\n", outcome.tests_run));
        log.extend(outcome.reached_by.iter().map(|test| format!("{test}\n")));
        if let Some(test) = &outcome.noticed_by {
            log.push_str(&format!("\n*** noticed by {test}\n"));
        }
    }
    if !judged.reason.is_empty() {
        log.push_str(&format!("\n*** result:\n{}\n", judged.reason));
    }
    log
}

/// Another process that writes there is not disturbed.
fn must_be_free(path: &Path) -> Result<(), Error> {
    let Ok(lock) = File::open(path.join(LOCK)) else { return Ok(()) };
    match lock.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            let message = format!(
                "another run writes to {}: wait until it has ended, or name another folder with --output",
                path.display()
            );
            Err(Error::new(ErrorKind::File, message))
        }
        Err(TryLockError::Error(error)) => Err(Error::file("lock", path)(error)),
    }
}

/// Writes a file so that nobody sees half of it, not on a full disk either.
fn whole(path: &Path, text: &str) -> Result<(), Error> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    fs::write(&part, text).and_then(|()| fs::rename(&part, path)).map_err(|error| {
        // It may not be there, and what is in the way of writing may be in the way of this.
        let _ = fs::remove_file(&part);
        Error::file("write", path)(error)
    })
}

/// Paths that are no text are the only thing that JSON cannot hold.
fn no_json(error: serde_json::Error) -> Error {
    Error::new(ErrorKind::File, format!("the results cannot be written as JSON: {error}"))
}
