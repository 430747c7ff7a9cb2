//! Programs: a watched live file, and the thread that takes each save to the callers.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::SystemTime,
};

use crossbeam_channel::{Receiver, RecvError, Sender, bounded, never, select};
use segue_compiler::{Cancel, Interface, Source};

use crate::{
    builder::{self, Builder},
    closure::{Closure, Shared},
    core::{BUSY, Core, IDLE, Travel},
    deliver::Argument,
    epoch::{Participant, Reclaimed},
    error::{Error, ErrorKind},
    event::{Cause, Event, Report, Timings},
    handle::{Live, Signature},
    listing::GenerationView,
    saved::digest,
    standby::Standby,
    status::{Status, Watching},
    view::View,
    watch::Watch,
    worker::{Done, Worker},
};

/// One live file with its table, its threads and its history.
///
/// Handles and closures outlive it: they go on calling what was live when it was dropped.
pub struct Program {
    core: Arc<Core>,
    worker: Arc<Worker>,
    source: Source,
    stop: Option<Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
    _standby: Standby,
}

impl Program {
    /// Opens the Rust file at `path`, compiles it, and watches it from then on.
    ///
    /// # Errors
    ///
    /// Whatever keeps the first generation from being live; see [`ErrorKind`].
    pub fn open(path: impl AsRef<Path>) -> Result<Program, Error> {
        Program::builder(path).open()
    }

    /// Options first: support modules, history, memory, watching.
    pub fn builder(path: impl AsRef<Path>) -> Builder {
        Builder::new(path.as_ref())
    }

    pub(crate) fn start(
        core: Arc<Core>,
        worker: Worker,
        source: Source,
        files: Vec<PathBuf>,
        opened: SystemTime,
        watching: bool,
    ) -> Result<Program, Error> {
        let worker = Arc::new(worker);
        let (stop, stopped) = bounded(0);
        let watch = if watching { watch(&core, &source, &files, opened) } else { None };
        core.files_read(match &watch {
            Some(watch) => watch.seen(),
            None => read_at(&source, &files, opened),
        });
        let no_thread = |error| Error::new(ErrorKind::Platform, format!("no thread: {error}"));
        let standby = Standby::start(&core).map_err(no_thread)?;
        standby.thread().into_iter().for_each(|thread| core.stand_by(thread.clone()));
        let editing = Editing {
            core: core.clone(),
            worker: worker.clone(),
            source: source.clone(),
            watch,
            compiling: None,
        };
        let thread = thread::Builder::new()
            .name("segue-program".into())
            .spawn(move || editing.run(&stopped))
            .map_err(no_thread)?;
        let thread = Some(thread);
        Ok(Program { core, worker, source, stop: Some(stop), thread, _standby: standby })
    }

    /// What happens to the program, as it happens. Each event goes to one receiver; where nobody
    /// listens, the newest few hundred are kept. The channel closes when the program and all its
    /// handles and closures are gone.
    pub fn events(&self) -> Receiver<Event> {
        self.core.events()
    }

    /// Registers the calling thread, for calls through handles.
    ///
    /// From then on commits do not wait for a closure's block boundary: each slot swaps at once,
    /// callees before callers. A thread whose call of the newest code faults goes back for all before
    /// its call ends, where a way back was prepared; else the program's own threads go back, and
    /// a closure is silent meanwhile.
    pub fn participant(&self) -> Participant {
        self.core.participant()
    }

    /// A typed handle on the function `path`, checked against the source.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NoSuchFunction`], or [`ErrorKind::Signature`] naming both signatures.
    pub fn bind<F: Signature>(&self, path: &str) -> Result<Live<F>, Error> {
        let bound = self.core.bind(|interface| shim::<F>(interface, path))?;
        Ok(Live::new(self.core.clone(), bound, path.into()))
    }

    /// The function `path` as `fn(&mut State, &mut A)`, with a fresh state of its own.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NoSuchFunction`], [`ErrorKind::Signature`] naming both signatures, or
    /// [`ErrorKind::State`] when the state cannot be made or the file redefines `A`.
    pub fn closure<A: Shared>(&self, path: &str) -> Result<Closure<A>, Error> {
        let fingerprint = segue_compiler::type_fingerprint(A::SOURCE, A::NAME)?;
        let argument = Argument { name: A::NAME, fingerprint };
        self.core.open_closure(path, argument, |running, participant, port| {
            Closure::new(running, participant, port, self.core.clone(), path.into())
        })
    }

    /// Makes `text` the program's text, as if it had been saved, and returns when it is on its way:
    /// stored, or posted to the closure that takes it at its next call.
    ///
    /// # Errors
    ///
    /// As for a save that ends *refused*; what was live stays live.
    pub fn apply(&self, text: &str) -> Result<Report, Error> {
        let source = Source { text: text.into(), ..self.source.clone() };
        let done = wait(&self.worker.compile(source.clone(), Cancel::default()))?;
        let timings = Timings { compile: done.took, ..Timings::default() };
        self.worker.commit(&source, done.result?, Cause::Apply, timings)
    }

    /// [`apply`](Program::apply) with the text of the file at `path`. It becomes the text of the
    /// program's own file: messages and panics name that one. If it is the program's own file, then that
    /// was saved.
    ///
    /// # Errors
    ///
    /// As for `apply`, and [`ErrorKind::File`].
    pub fn apply_file(&self, path: impl AsRef<Path>) -> Result<Report, Error> {
        let given = builder::source(path.as_ref(), Vec::new())?;
        if given.path != self.source.path {
            return self.apply(&given.text);
        }
        // The program's own file: this reads what is saved, as watching it would.
        let source = Source { text: given.text, ..self.source.clone() };
        let asked = SystemTime::now();
        self.core.compiling_saved();
        let done = wait(&self.worker.compile(source.clone(), Cancel::default()))?;
        self.core.files_read(read_at(&source, done.files(), asked));
        let timings = Timings { compile: done.took, ..Timings::default() };
        let compiled = done.result.map_err(|error| self.core.note_refused(error.into()))?;
        self.worker.commit(&source, compiled, Cause::Save, timings)
    }

    /// Goes back one generation, without the compiler. Those whose code faulted are passed over.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::History`] when there is none; [`ErrorKind::State`] when the state that it needs cannot
    /// be made. What was live stays live.
    pub fn undo(&self) -> Result<Report, Error> {
        self.core.travel(Travel::Back)
    }

    /// Takes back an [`undo`](Program::undo), without the compiler.
    ///
    /// # Errors
    ///
    /// As for `undo`.
    pub fn redo(&self) -> Result<Report, Error> {
        self.core.travel(Travel::Forth)
    }

    /// Goes to the generation with this number, without the compiler: also to one whose code faulted.
    ///
    /// An edit that follows is made on it: what stood after it in the history is dropped, unless it is
    /// [kept](Program::keep). Going to the generation that is live already ends *unchanged*.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::History`] saying what became of it and which ones there are; else as for
    /// [`undo`](Program::undo).
    pub fn go_to(&self, generation: u64) -> Result<Report, Error> {
        self.core.travel(Travel::To(generation))
    }

    /// Keeps the generation with this number in the history, whatever happens, until it is
    /// [released](Program::release). (A generation is kept, not pinned: threads pin epochs.)
    ///
    /// It costs what [`GenerationView::alone`] says, and the object file that it was linked from.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::History`] saying what became of it and which ones there are.
    pub fn keep(&self, generation: u64) -> Result<(), Error> {
        self.core.keep(generation)
    }

    /// Takes back [`keep`](Program::keep): the generation is dropped when its turn comes, or at once when
    /// that is past.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::History`] when it is not kept by hand.
    pub fn release(&self, generation: u64) -> Result<(), Error> {
        self.core.release(generation)
    }

    /// Every generation that can be gone to, oldest first, with what it costs and who holds its code.
    pub fn history(&self) -> Vec<GenerationView> {
        self.core.history()
    }

    /// The generation that is live, or on its way to the closure that will take it.
    pub fn generation(&self) -> u64 {
        self.core.generation().number
    }

    /// What is live, function by function, for tools to look at.
    pub fn view(&self) -> Arc<View> {
        self.core.view()
    }

    /// What the file offers to its callers: functions, states, types.
    pub fn interface(&self) -> Arc<Interface> {
        self.core.generation().interface.clone()
    }

    /// Live statics: name, address and size in bytes.
    pub fn statics(&self) -> Vec<(String, usize, usize)> {
        self.core.statics()
    }

    /// How much replaced code waits, and how much was reclaimed.
    pub fn reclaimed(&self) -> Reclaimed {
        self.core.epochs().reclaimed()
    }

    /// Slots in use: those that live code, the history, handles or kept addresses can call through.
    pub fn slots(&self) -> usize {
        self.core.slots()
    }

    /// How full the program's windows are.
    pub fn memory(&self) -> segue_loader::Usage {
        self.core.memory().usage()
    }

    /// What runs, and how that stands to what is saved, function by function; and why, where they differ.
    ///
    /// Reads the files from disk, to compare them with what was read of them last.
    pub fn status(&self) -> Status {
        self.core.status()
    }

    /// The live file.
    pub fn path(&self) -> &Path {
        &self.source.path
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was reported when it happened.
            let _ = thread.join();
        }
    }
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Program").field("path", &self.source.path).finish_non_exhaustive()
    }
}

/// Waits for the compiling thread.
pub(crate) fn wait(answer: &Receiver<Done>) -> Result<Done, Error> {
    answer.recv().map_err(|RecvError| compiler_is_gone())
}

fn compiler_is_gone() -> Error {
    Error::new(ErrorKind::Compiler, "the compiling thread is gone: open the program again")
}

fn shim<F: Signature>(interface: &Interface, path: &str) -> Result<String, Error> {
    let Some(function) = interface.functions.iter().find(|function| function.path == path) else {
        let known: Vec<_> = interface.functions.iter().map(|each| each.path.as_str()).collect();
        let message = format!("there is no function `{path}`; the file has: {}", known.join(", "));
        return Err(Error::new(ErrorKind::NoSuchFunction, message));
    };
    let (parameters, result) = (F::parameters(), F::result());
    let texts = parameters.iter().chain([&result]);
    let mut words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    if let Some(word) = words.find(|word| interface.type_fingerprint(word).is_some()) {
        let message = format!("the file has a type of its own called `{word}`: rename it");
        return Err(Error::new(ErrorKind::Signature, message));
    }
    if function.parameters != parameters || function.result != result {
        let arrow = if result == "()" { String::new() } else { format!(" -> {result}") };
        let message = format!(
            "line {}: `{path}` is `{}`, and was asked for as `fn({}){arrow}`",
            function.line,
            function.signature(),
            parameters.join(", "),
        );
        return Err(Error::new(ErrorKind::Signature, message));
    }
    function.shim.clone().ok_or_else(|| {
        let reason = function.no_shim_reason.as_deref().unwrap_or("it has no fixed signature");
        let message = format!("`{path}` cannot be called from outside: {reason}");
        Error::new(ErrorKind::NoSuchFunction, message)
    })
}

fn watch(core: &Core, source: &Source, files: &[PathBuf], opened: SystemTime) -> Option<Watch> {
    match Watch::new() {
        Ok(mut watch) => {
            core.watching(Watching::On);
            for problem in watch.set_files(&all_files(source, files), opened) {
                core.watching(Watching::Failed(problem));
            }
            // What was compiled counts as seen, not what the file holds by now.
            watch.saw(&source.path, source.text.as_bytes());
            Some(watch)
        }
        Err(error) => {
            core.watching(Watching::Failed(format!("cannot watch files: {error}")));
            None
        }
    }
}

/// Digests of the files of a program that is not watched, as they were when it was `opened`.
fn read_at(source: &Source, files: &[PathBuf], opened: SystemTime) -> Vec<(PathBuf, Option<u64>)> {
    let read = |path: PathBuf| {
        if path == source.path {
            return (path, Some(digest(source.text.as_bytes())));
        }
        let saved = std::fs::metadata(&path).and_then(|meta| meta.modified());
        let is_older = saved.is_ok_and(|saved| saved < opened);
        let content = std::fs::read(&path).ok().filter(|_| is_older);
        (path, content.as_deref().map(digest))
    };
    all_files(source, files).into_iter().map(read).collect()
}

/// The live file first, then everything else that was read for it.
fn all_files(source: &Source, read: &[PathBuf]) -> Vec<PathBuf> {
    let support = source.support.iter().map(|support| support.path.clone());
    let mut files: Vec<_> = [source.path.clone()].into_iter().chain(support).collect();
    for file in read {
        if !files.contains(file) {
            files.push(file.clone());
        }
    }
    files
}

/// The program's thread: from a save to its event.
struct Editing {
    core: Arc<Core>,
    worker: Arc<Worker>,
    source: Source,
    watch: Option<Watch>,
    compiling: Option<Compiling>,
}

/// A text that is being compiled.
struct Compiling {
    answer: Receiver<Done>,
    cancel: Cancel,
    saved: SystemTime,
    asked: SystemTime,
}

impl Editing {
    fn run(mut self, stopped: &Receiver<()>) {
        let (no_answer, no_events) = (never(), never());
        let mut wait = BUSY;
        self.look();
        loop {
            let answer = self.compiling.as_ref().map_or(&no_answer, |job| &job.answer).clone();
            let events = self.watch.as_ref().map_or(&no_events, Watch::events).clone();
            select! {
                recv(stopped) -> _ => break,
                recv(answer) -> done => self.compiled(done),
                recv(events) -> event => self.file_event(event),
                default(wait) => {}
            }
            if self.watch.as_ref().is_some_and(Watch::is_due) {
                self.look();
            }
            wait = if self.core.tick() { BUSY } else { IDLE };
            if self.compiling.is_none() {
                self.worker.judge();
            }
        }
        if let Some(job) = self.compiling.take() {
            job.cancel.cancel();
            let message = "the program was dropped while this text was being compiled";
            self.core.tell(Event::Refused(Error::new(ErrorKind::Superseded, message)));
        }
    }

    fn file_event(&mut self, event: Result<notify::Result<notify::Event>, RecvError>) {
        let look = match (event, &mut self.watch) {
            (Ok(Ok(event)), Some(watch)) => watch.concerns(&event),
            (Ok(Err(error)), _) => {
                let why = format!("the file watcher says: {error}");
                self.core.watching(Watching::Failed(why));
                true
            }
            _ => false,
        };
        if look {
            self.look();
        }
    }

    /// Compiles the files if their contents changed; an older text still compiling is given up.
    fn look(&mut self) {
        let Some(saved) = self.watch.as_mut().and_then(Watch::look) else { return };
        match builder::source(&self.source.path, self.source.support.clone()) {
            Ok(source) => self.source = source,
            Err(error) => {
                self.note_files();
                return self.core.refuse_saved(error);
            }
        }
        if let Some(watch) = &mut self.watch {
            // It may have been saved again since the look: what is compiled is what was seen.
            watch.saw(&self.source.path, self.source.text.as_bytes());
        }
        self.note_files();
        self.core.compiling_saved();
        if let Some(older) = self.compiling.take() {
            older.cancel.cancel();
            self.core.tell(Event::Overtaken { generation: None });
        }
        let cancel = Cancel::default();
        let asked = SystemTime::now();
        let answer = self.worker.compile(self.source.clone(), cancel.clone());
        self.compiling = Some(Compiling { answer, cancel, saved, asked });
    }

    /// What was seen of the files is what is known to be saved.
    fn note_files(&self) {
        if let Some(watch) = &self.watch {
            self.core.files_read(watch.seen());
        }
    }

    fn compiled(&mut self, done: Result<Done, RecvError>) {
        let Some(Compiling { saved, asked, .. }) = self.compiling.take() else { return };
        let Ok(done) = done else { return self.core.refuse_saved(compiler_is_gone()) };
        // File times may be coarse or wrong; then the save counts from when it was noticed.
        let watch = asked.duration_since(saved).unwrap_or_default();
        let timings = Timings { watch, compile: done.took, ..Timings::default() };
        let files = all_files(&self.source, done.files());
        let problems = self.watch.as_mut().map(|watch| watch.set_files(&files, asked));
        for problem in problems.into_iter().flatten() {
            self.core.watching(Watching::Failed(problem));
        }
        self.note_files();
        let committed = done
            .result
            .map_err(Error::from)
            .and_then(|compiled| self.worker.commit(&self.source, compiled, Cause::Save, timings));
        if let Err(error) = committed {
            self.core.refuse_saved(error);
        }
        // A module that is new to the watch may have been saved while it was compiled.
        self.look();
    }
}
