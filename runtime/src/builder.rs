//! Opening a program: files, compiler, memory, and the first generation.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use segue_compiler::{Cancel, Compiler, Source, Support};
use segue_loader::{Linker, Memory, Symbols, Tools};

use crate::{
    allocator,
    compilers::{self, BackEnd, Choice, Rejected, Settled},
    core::Core,
    deadline::{self, Limits},
    epoch::{Witness, membarrier_available},
    error::{Error, ErrorKind},
    event::{Cause, Timings},
    fault::{self, Faults},
    live::Live,
    program::Program,
    reach::Codes,
    reclaimer,
    roots::Commit,
    table::Table,
    worker::{Priority, Worker},
};

/// Generations kept for undo beside the live one.
const HISTORY: usize = 32;

/// Options of a program; see [`Program::builder`].
pub struct Builder {
    path: PathBuf,
    text: Option<String>,
    support: Vec<Support>,
    compiler: Choice,
    rejected: Rejected,
    settled: bool,
    memory: segue_loader::Config,
    history: usize,
    watch: bool,
    tools: Tools,
    faults: Faults,
    limits: Limits,
    commit: Commit,
    stacks: bool,
    first: Priority,
}

impl Builder {
    pub(crate) fn new(path: &Path) -> Builder {
        Builder {
            path: path.to_owned(),
            text: None,
            support: Vec::new(),
            compiler: Choice::Open,
            rejected: Rejected::default(),
            settled: false,
            memory: segue_loader::Config::default(),
            history: HISTORY,
            watch: true,
            tools: Tools::default(),
            faults: Faults::default(),
            limits: Limits::default(),
            commit: Commit::default(),
            stacks: true,
            first: Priority::Low,
        }
    }

    /// Opens `text` in place of what the file has: messages and panics name the file all the same. What is
    /// saved takes over with the next save, where the program is [watched](Builder::watch).
    pub fn text(mut self, text: impl Into<String>) -> Builder {
        self.text = Some(text.into());
        self
    }

    /// Adds the Rust file at `path` as `pub mod name` to the root of the live file.
    pub fn support(mut self, name: &str, path: impl Into<PathBuf>) -> Builder {
        self.support.push(Support { name: name.to_owned(), path: path.into() });
        self
    }

    /// Compiles with `compiler` instead of one of Segue's own.
    pub fn compiler(mut self, compiler: impl Compiler + 'static) -> Builder {
        self.compiler = Choice::Brought(Arc::new(compiler));
        self
    }

    /// Compiles with this one of Segue's own compilers. Default: `BackEnd::RustcFunction`, and where the feature `rustc`
    /// is off, `BackEnd::Jit`.
    pub fn back_end(mut self, back_end: BackEnd) -> Builder {
        self.compiler = Choice::Own(back_end);
        self
    }

    /// What becomes of live code when the slower of two compilers rejects its text. Default:
    /// [`Rejected::GoesBack`].
    pub fn rejected(mut self, rejected: Rejected) -> Builder {
        self.rejected = rejected;
        self
    }

    /// Whether a text goes live only when all has been said of it: with the optimised code, after the slower of two
    /// compilers accepted it. For programs in which nobody waits for an edit, and each shall have one outcome. Default:
    /// no.
    pub fn settled(mut self, settled: bool) -> Builder {
        self.settled = settled;
        self
    }

    /// Sizes of the windows that code and data are put into.
    pub fn memory(mut self, config: segue_loader::Config) -> Builder {
        self.memory = config;
        self
    }

    /// How many replaced generations stay for undo (at least one). Default: 32.
    pub fn history(mut self, generations: usize) -> Builder {
        self.history = generations;
        self
    }

    /// Whether saving the files swaps the program. Default: yes.
    pub fn watch(mut self, watch: bool) -> Builder {
        self.watch = watch;
        self
    }

    /// Which debuggers and profilers are told of live code. Default: none. With any of them the rustc that
    /// is found on the machine also writes line tables, which makes a compile about a tenth longer.
    pub fn tools(mut self, tools: Tools) -> Builder {
        self.tools = tools;
        self
    }

    /// Which faults of live code, besides panics, end at the guard of its call instead of ending the
    /// process. Default: stack overflow. Signals are taken over for the whole process, from the
    /// first program that asks on; those that live code did not cause go to their previous handler.
    pub fn faults(mut self, faults: Faults) -> Builder {
        self.faults = faults;
        self
    }

    /// How long a guarded call may take, of code from the compiler in the process: one that takes longer
    /// ends in a fault ([`FaultKind::Deadline`](crate::FaultKind)), at the next loop or call that it makes. Code
    /// of rustc's, and the host's own, is not stopped. In whole milliseconds, up to four hours; looked
    /// at eight times in that time. `None`: as long as it likes.
    ///
    /// Default: ten seconds for closures (and what makes, moves and drops states), no limit for calls
    /// of handles.
    pub fn deadline(mut self, deadline: Option<Duration>) -> Builder {
        self.limits = deadline.map_or(Limits::NONE, Limits::all);
        self
    }

    /// How edits of several functions reach several calling threads. Default: [`Commit::Immediate`].
    pub fn commit(mut self, commit: Commit) -> Builder {
        self.commit = commit;
        self
    }

    /// Whether the stacks of threads that block in old code are looked at, so that what they cannot come
    /// back to is reclaimed before they return. Default: yes.
    ///
    /// Say no where a thread may leave live code on a coroutine's stack and block on another stack
    /// meanwhile, within one guard: what was left there cannot be seen. Then whatever is retired
    /// waits for every participant that was pinned. With [`Commit::Snapshot`] it does in any case: a scope
    /// may enter all of its generation.
    pub fn look_at_stacks(mut self, stacks: bool) -> Builder {
        self.stacks = stacks;
        self
    }

    /// Whether the first compile, for which [`Builder::open`] waits, runs at the priority of the process and not at
    /// the lowest, as all later ones do. Default: no, since another program may be playing meanwhile; say yes where
    /// nothing plays before this one.
    pub fn hurry(mut self, hurry: bool) -> Builder {
        self.first = if hurry { Priority::Normal } else { Priority::Low };
        self
    }

    /// Compiles and links the first generation, and starts watching.
    ///
    /// # Errors
    ///
    /// Whatever keeps the first generation from being live; see [`ErrorKind`].
    pub fn open(self) -> Result<Program, Error> {
        if !membarrier_available() {
            let message = "the kernel does not allow membarrier(2), which reclaiming code needs \
                           (Linux 4.14; in a container, allow the system call)";
            return Err(Error::new(ErrorKind::Platform, message));
        }
        let opened = SystemTime::now();
        let mut source = source(&self.path, self.support)?;
        if let Some(text) = self.text {
            source.text = text.into();
        }
        fault::install(self.faults);
        let has_tools = self.tools != Tools::default();
        let (compiler, archives) = compilers::compiler(self.compiler, has_tools)?;
        let compiler = if self.settled { Arc::new(Settled(compiler)) } else { compiler };
        let mut symbols = Symbols::of_process()?;
        allocator::define(&mut symbols);
        fault::define(&mut symbols);
        for archive in archives {
            symbols.archive(&archive)?;
        }
        let memory = Memory::reserve(self.memory)?;
        // SAFETY: the words are zeroed, belong to this program's window and are handed out here
        // once; only the table and code that is linked to its slots touch them; the window is
        // kept by the owner given along.
        let table = Arc::new(unsafe { Table::over(memory.slot_words(), memory.clone()) });
        let codes = Codes::new(memory.code_window());
        let witness = (self.stacks && self.commit == Commit::Immediate)
            .then(|| codes.clone() as Arc<dyn Witness>);
        let epochs = reclaimer::start(witness).map_err(no_thread)?;
        let mut linker = Linker::new(memory.clone(), symbols);
        linker.tools(self.tools)?;
        let live = Live::new(linker, table.clone(), epochs.clone(), codes, self.commit);
        let watch = deadline::watch(self.limits).map_err(no_thread)?;
        let core = Core::new(live, self.history, table, epochs, memory, self.limits, watch);
        let core = Arc::new(core);

        let worker = Worker::start(compiler, core.clone(), self.rejected).map_err(no_thread)?;
        let answer = worker.compile_at(self.first, source.clone(), Cancel::default());
        let done = crate::program::wait(&answer)?;
        let compiled = done.result?;
        let files = compiled.files.clone();
        let timings = Timings { compile: done.took, ..Timings::default() };
        worker.commit(&source, compiled, Cause::Open, timings)?;
        Program::start(core, worker, source, files, opened, self.watch)
    }
}

fn no_thread(error: std::io::Error) -> Error {
    Error::new(ErrorKind::Platform, format!("cannot start a thread: {error}"))
}

/// Reads the live file.
pub(crate) fn source(path: &Path, support: Vec<Support>) -> Result<Source, Error> {
    let path = std::path::absolute(path).map_err(|error| Error::file(path, error))?;
    let is_dir = std::fs::metadata(&path).map_err(|error| Error::file(&path, error))?.is_dir();
    if is_dir {
        let message = format!("{} is a directory; name a Rust file", path.display());
        return Err(Error::new(ErrorKind::File, message));
    }
    let text = std::fs::read_to_string(&path).map_err(|error| Error::file(&path, error))?;
    Ok(Source { path, text: text.into(), support })
}
