//! Mutants of a live file, in the process that has the file open: a mutant is an edit that is taken back.
//!
//! Phase: in place of instrument and build. The run is that of packages (`crate::run`), which talks to *servers*; here
//! a server is a process that has the live file open as a program, with its tests ([`crate::LiveFile`]). It makes a
//! mutant live by an edit, calls the tests that it is asked for, and takes the edit back. Who opens the program stands
//! outside of this package and implements [`Host`].
//!
//! ```text
//! discover_live ─▶ Plan ─▶ image ─▶ run ◀─ requests ─▶ serve ─▶ Host: edit, call
//! mutants, tests   (JSON,           judges             in a process of its own
//!                  in memory)
//! ```
//!
//! A test is called in the server's own process, or in a fork of it ([`Manner`]). In the first case a test that does not
//! end, aborts or exits takes the server along: the runner sees how that ended, judges by it, and starts another one.
//! What a static holds at first is nothing that an edit changes: `first_values` opens the file with such a mutant.

mod first_values;
mod hits;
mod made_of;
mod requests;
mod serve;
mod system;
mod test;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rustix::fs::{MemfdFlags, memfd_create};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use first_values::FirstValues;

use crate::run::Alone;
use crate::{
    Error, ErrorKind, Image, ImageMutant, LiveFile, LiveFunction, LiveMutant, LiveTest, TestBinary,
    TestKind, Tier,
};

pub use crate::discover::{HITS, TEST};
pub use serve::{Host, Refused, serve};
pub(crate) use test::CHOOSE;

/// The arguments with which the runner starts the program that serves.
pub const ARGUMENTS: [&str; 2] = ["mutants", "serve-live"];

/// The variable that says where the plan is.
const PLAN: &str = "SEGUE_LIVE";

/// The variable with the number of a mutant that is in the text from the beginning.
const OPENED_WITH: &str = "SEGUE_LIVE_MUTANT";

/// Where a test is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Manner {
    /// In the process that has the program: no process is started for a test.
    InProcess,
    /// In a fork of it, which is gone afterwards with all that the test left in memory.
    Forked,
}

/// What a server has to know.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Plan {
    /// The live file, absolute.
    pub path: PathBuf,
    /// What somebody who opens it has to know besides; see [`Live::new`].
    pub extra: Option<PathBuf>,
    /// Its text with the tests.
    pub text: String,
    /// The tests.
    pub tests: Vec<LiveTest>,
    /// The mutants, as places in that text.
    pub mutants: Vec<LiveMutant>,
    /// How many functions count their calls.
    pub functions: u32,
    /// Where tests are called.
    pub manner: Manner,
}

/// A live file that is ready to be judged: its image, and the plan of its servers, which has to be there while they
/// run.
#[derive(Debug)]
pub struct Live {
    /// What [`crate::run::run`] runs.
    pub image: Image,
    _plan: File,
}

impl Live {
    /// Of the file at `root`/`file`; `program` is the executable that serves (see [`ARGUMENTS`]), to which `extra` is handed
    /// on.
    ///
    /// # Errors
    ///
    /// There is no room for the plan.
    pub fn new(
        live: LiveFile,
        root: &Path,
        extra: Option<PathBuf>,
        manner: Manner,
        program: &Path,
    ) -> Result<Live, Error> {
        let file = live.discovery.files.first().map(|it| it.path.clone()).unwrap_or_default();
        let target = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let functions = functions(&live, &file, &target);
        let made_of = made_of::made_of(&live, root, &file, extra.as_deref(), manner);
        let mutants = live.discovery.mutants.into_iter().zip(&live.mutants);
        let mutants = mutants.map(|(mutant, it)| ImageMutant {
            mutant,
            // A static has its first value already when an edit comes.
            tier: Some(if it.is_first_value { Tier::Rebuild } else { Tier::Slot }),
            function: (!it.is_first_value).then_some(it.function),
            rejected: None,
            left_out: None,
        });
        let mutants = mutants.collect();
        let plan = Plan {
            path: root.join(&file),
            extra,
            text: live.text,
            tests: live.tests,
            mutants: live.mutants,
            functions: live.functions,
            manner,
        };
        let plan = plan.keep()?;
        let place = format!("/proc/{}/fd/{}", std::process::id(), plan.as_raw_fd());
        let server = TestBinary {
            package: target.clone(),
            target,
            kind: TestKind::Live,
            path: program.to_owned(),
            directory: root.to_owned(),
            environment: BTreeMap::from([(PLAN.to_owned(), place)]),
        };
        let image = Image {
            workspace: root.to_owned(),
            root: root.to_owned(),
            binaries: vec![server],
            functions,
            mutants,
            made_of,
        };
        Ok(Live { image, _plan: plan })
    }

    /// Who opens the file with mutants that an edit would come too late for; `None` where there are none.
    #[must_use]
    pub fn first_values(&self) -> Option<Arc<Mutex<dyn Alone>>> {
        let server = self.image.binaries.first()?;
        let is_any = self.image.mutants.iter().any(ImageMutant::is_alone);
        is_any.then(|| -> Arc<Mutex<dyn Alone>> {
            Arc::new(Mutex::new(FirstValues::new(server, &self.image.root)))
        })
    }
}

/// The functions that count, and the whole file, which every test enters.
fn functions(live: &LiveFile, file: &Path, package: &str) -> Vec<LiveFunction> {
    let all = live.discovery.mutants.iter().zip(&live.mutants);
    let text = live.discovery.files.first().map_or("", |it| it.text.as_str());
    let mut names: BTreeMap<u32, (String, u64)> = all
        .filter_map(|(mutant, it)| {
            let function = mutant.function.as_ref()?;
            let digest = xxh3_64(text.get(function.body.clone())?.as_bytes());
            Some((it.function, (function.name.clone(), digest)))
        })
        .filter(|(number, _)| *number < live.functions)
        .collect();
    names.insert(live.functions, (String::new(), 0));
    let function = |(number, (name, digest))| LiveFunction {
        number,
        package: package.to_owned(),
        name,
        file: file.to_owned(),
        tier: Tier::Slot,
        digest,
    };
    names.into_iter().map(function).collect()
}

impl Plan {
    /// The plan of the process that this is.
    ///
    /// # Errors
    ///
    /// It was not started by a runner.
    pub fn of_this_process() -> Result<Plan, Error> {
        let Some(path) = std::env::var_os(PLAN).map(PathBuf::from) else {
            let message = "this is what `segue mutants` starts for a live file; give it the file";
            return Err(Error::new(ErrorKind::Usage, message));
        };
        let mut text = String::new();
        let mut file = File::open(&path).map_err(Error::file("open", &path))?;
        file.read_to_string(&mut text).map_err(Error::file("read", &path))?;
        let wrong = |error| Error::new(ErrorKind::Internal, format!("{}: {error}", path.display()));
        let mut plan: Plan = serde_json::from_str(&text).map_err(wrong)?;
        let mutant = std::env::var(OPENED_WITH).ok().and_then(|it| it.parse().ok());
        if let Some(text) = mutant.and_then(|it| plan.mutated(it)) {
            plan.text = text;
        }
        Ok(plan)
    }

    /// In memory, where a process of the same user finds it as long as this one lives.
    fn keep(&self) -> Result<File, Error> {
        let failed = |why: String| {
            Error::new(ErrorKind::Machine, format!("no memory for the live file's tests: {why}"))
        };
        let text = serde_json::to_vec(self).map_err(|error| failed(error.to_string()))?;
        let made = memfd_create("segue-live", MemfdFlags::CLOEXEC);
        let mut file = File::from(made.map_err(|error| failed(error.to_string()))?);
        let written = file.write_all(&text).and_then(|()| file.rewind());
        written.map_err(|error| failed(error.to_string()))?;
        Ok(file)
    }

    /// The text with a mutant in it.
    fn mutated(&self, mutant: u32) -> Option<String> {
        let of = self.mutants.iter().find(|it| it.id.0 == mutant)?;
        let before = self.text.get(..of.bytes.start)?;
        let after = self.text.get(of.bytes.end..)?;
        Some([before, &of.replacement, after].concat())
    }
}
