//! Mutants that need builds of their own, begun before they are asked for: while examples of the documentation are built and tests
//! are run without a mutant, which leave processors without work, rustc is asked of all of them and the first is built.
//!
//! A thread does it, until somebody asks for what it has: then it is waited for, and what comes after is done as ever.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::BuildOptions;
use super::alone::{AloneBuilder, reached};
use crate::run::{Alone, BuiltAlone, ExamplesAlone, Known};
use crate::{Error, ErrorKind, ImageMutant, Mutant, MutantId, TestBinary, Workspace};

/// How often it is asked whether to stop.
const LOOK: Duration = Duration::from_millis(25);

/// A builder that has begun.
#[derive(Debug)]
pub(crate) struct Ahead {
    workspace: Workspace,
    /// Ends the run.
    stop: Arc<AtomicBool>,
    thread: Option<Begun>,
    builder: Option<AloneBuilder>,
}

/// The thread that has the builder.
#[derive(Debug)]
struct Begun {
    thread: JoinHandle<AloneBuilder>,
    /// Ends what it does.
    stop: Arc<AtomicBool>,
    /// Its other end is gone when it is through.
    is_through: Receiver<()>,
}

impl Ahead {
    /// Begins; `None` where no mutant needs a build of its own.
    ///
    /// # Errors
    ///
    /// As [`AloneBuilder::new`], or there can be no more threads.
    pub(super) fn begin(
        workspace: &Workspace,
        mutants: &[ImageMutant],
        options: &BuildOptions,
    ) -> Result<Option<Ahead>, Error> {
        let stop = Arc::new(AtomicBool::new(false));
        let ours = BuildOptions { stop: Arc::clone(&stop), ..options.clone() };
        let Some(mut builder) = AloneBuilder::of(workspace, mutants, &ours)? else {
            return Ok(None);
        };
        let alone = mutants.iter().filter(|it| it.is_alone());
        let alone: Vec<Mutant> = alone.map(|it| it.mutant.clone()).collect();
        let (sender, is_through) = mpsc::channel();
        let thread = std::thread::Builder::new().name("ahead".to_owned()).spawn(move || {
            let _through: mpsc::Sender<()> = sender;
            builder.begin(&alone);
            builder
        });
        let thread = thread.map_err(|error| {
            Error::new(ErrorKind::Machine, format!("cannot start a thread: {error}"))
        })?;
        let (workspace, begun) = (workspace.clone(), Begun { thread, stop, is_through });
        let stop = Arc::clone(&options.stop);
        Ok(Some(Ahead { workspace, stop, thread: Some(begun), builder: None }))
    }

    /// The builder, when its thread is through.
    fn builder(&mut self) -> Result<&mut AloneBuilder, Error> {
        if let Some(begun) = self.thread.take() {
            while begun.is_through.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                if self.stop.load(Ordering::Relaxed) {
                    begun.stop.store(true, Ordering::Relaxed);
                }
            }
            if let Ok(mut builder) = begun.thread.join() {
                builder.stop_by(&self.stop);
                self.builder = Some(builder);
            }
        }
        self.builder.as_mut().ok_or_else(|| {
            Error::new(ErrorKind::Internal, "the thread that builds ahead ended by a panic")
        })
    }
}

impl Alone for Ahead {
    fn reached(&self, package: &str) -> BTreeSet<String> {
        reached(&self.workspace, package)
    }

    fn needs(&mut self, binaries: &[&TestBinary]) {
        // Who asks next is told what is the matter.
        if let Ok(builder) = self.builder() {
            builder.needs(binaries);
        }
    }

    fn survey(&mut self, mutants: &[&Mutant]) -> Result<BTreeMap<MutantId, Known>, Error> {
        self.builder()?.survey(mutants)
    }

    fn build(&mut self, mutant: &Mutant) -> Result<BuiltAlone, Error> {
        self.builder()?.build(mutant)
    }

    fn examples(&mut self) -> Result<ExamplesAlone, Error> {
        self.builder()?.examples()
    }

    /// What goes on ahead is ended: nobody will ask for it.
    fn finish(&mut self) -> Result<(), Error> {
        if let Some(begun) = &self.thread {
            begun.stop.store(true, Ordering::Relaxed);
        }
        self.builder()?.finish()
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        if self.thread.is_some() {
            // The next run writes the text again if this one cannot.
            let _ = self.finish();
        }
    }
}
