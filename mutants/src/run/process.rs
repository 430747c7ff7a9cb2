//! One server: a test binary that was stopped before `main` and answers with a fork to every request. This is
//! the runner's end of it. What is inside of the binary is in `server/inside/`.
//!
//! A child is ended by four limits: processor time (it ends itself), time spent waiting, calls of one function,
//! and a backstop on the clock. Only the last depends on how busy the machine is, and it is far away.

use std::io::{PipeReader, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::hits::{Entered, Hits, HitsFile};
use super::list::is_whole;
use super::output::Output;
use super::protocol::{self, Greeting, REPLY, Refusal, Reply, TAG_KILL};
use super::quiet::Quiet;
use super::ready::ready;
use super::scratch::Scratch;
use crate::{Error, ErrorKind, TestBinary, TestKind};

/// How often a child that runs is looked at.
pub(crate) const LOOK: Duration = Duration::from_millis(25);
/// How long output may stay in its pipe.
const QUICK: Duration = Duration::from_millis(3);
/// How long a server may take to greet, and to answer after its child was killed.
const PATIENCE: Duration = Duration::from_secs(30);
/// Room for what a compiler says.
const WHOLE: usize = 1 << 20;
/// Arguments that a request replaces.
const PLACES: [&str; 3] = ["--exact", "segue-no-test", "--test-threads=1"];

/// A running server.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    socket: UnixStream,
    outputs: [Output; 2],
    hits: HitsFile,
    scratch: Scratch,
    name: String,
    /// What it took to stop in a test, and what was printed until then; nothing where it stopped before `main`.
    spent: Duration,
    printed_before: [String; 2],
    /// Whether it is that of a live file, which tests may take along.
    pub(crate) is_live: bool,
    /// Whether it has ended, or is about to.
    pub(crate) is_gone: bool,
    /// Function and mutant, for all that stand in the binary.
    pub(crate) mutants: Vec<(u32, u32)>,
}

/// What a child may use. `None` is no limit.
#[derive(Debug, Clone, Default)]
pub(crate) struct Limits {
    /// Processor time, of all threads.
    pub(crate) processor: Option<Duration>,
    /// Time in which no thread wants a processor.
    pub(crate) waiting: Option<Duration>,
    /// The backstop.
    pub(crate) wall: Option<Duration>,
    /// Address space, in bytes.
    pub(crate) memory: Option<u64>,
    /// Calls of one function: what the test makes unmutated, times a factor, and a number more.
    pub(crate) calls: Option<Calls>,
}

/// The limit on calls.
#[derive(Debug, Clone, Default)]
pub(crate) struct Calls {
    /// By function, how often it may be entered.
    pub(crate) of: Hits,
    /// The others.
    pub(crate) others: u64,
}

/// One test to run.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    /// The mutant that is chosen.
    pub(crate) mutant: Option<u32>,
    /// The arguments that the harness sees.
    pub(crate) words: &'a [&'a str],
    /// What it may use.
    pub(crate) limits: &'a Limits,
    /// How much of the end of its output is kept, in bytes.
    pub(crate) room: usize,
}

/// Why a child was ended before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    Processor,
    Waiting,
    Wall,
    Calls,
    /// The run itself is to stop.
    Stopped,
}

/// How a child ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) cut: Option<Cut>,
    /// Why no test was run.
    pub(crate) refusal: Option<Refusal>,
    pub(crate) reply: Reply,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Server {
    /// Starts a binary, which then waits for requests.
    pub(crate) fn start(binary: &TestBinary, root: &Path) -> Result<Self, Error> {
        let mut server = Self::spawn(binary, root, None)?;
        let greeting = server.greeting()?;
        server.greeted(greeting)?;
        Ok(server)
    }

    /// Starts a binary with one test, which stops at its first call of a function with mutants; `None` where it does not
    /// within `patience`, or the run is to stop.
    pub(crate) fn start_in(
        binary: &TestBinary,
        root: &Path,
        words: &[&str],
        patience: Duration,
        stop: &AtomicBool,
    ) -> Result<Option<Self>, Error> {
        let mut server = Self::spawn(binary, root, Some(words))?;
        let began = Instant::now();
        server.outputs.iter_mut().for_each(|it| it.begin(WHOLE));
        while !server.read_outputs(LOOK)? {
            if began.elapsed() > patience || stop.load(Ordering::Relaxed) {
                return Ok(None);
            }
        }
        let Ok(greeting) = protocol::greeting(&mut server.socket) else { return Ok(None) };
        // All that it printed until now is there.
        server.read_outputs(Duration::ZERO)?;
        server.printed_before = server.outputs.each_mut().map(Output::take);
        server.greeted(greeting)?;
        Ok(Some(server))
    }

    fn greeted(&mut self, greeting: Greeting) -> Result<(), Error> {
        self.spent = greeting.spent;
        self.mutants = greeting.mutants;
        self.hits.keep_own()
    }

    /// Starts a process: one that stops before `main`, or in the test that these words choose.
    fn spawn(binary: &TestBinary, root: &Path, within: Option<&[&str]>) -> Result<Self, Error> {
        let name = format!("{} ({})", binary.target, binary.path.display());
        let failed = |doing: &str| {
            let text = format!("cannot {doing} for {name}");
            move |error: std::io::Error| Error::new(ErrorKind::Machine, format!("{text}: {error}"))
        };
        let (socket, theirs) = UnixStream::pair().map_err(failed("make a socket"))?;
        let (output, stdout) = std::io::pipe().map_err(failed("make a pipe"))?;
        let (errors, stderr) = std::io::pipe().map_err(failed("make a pipe"))?;
        let hits = HitsFile::new()?;
        let scratch = Scratch::new()?;
        let mut command = Command::new(root.join(&binary.path));
        let is_live = binary.kind == TestKind::Live;
        if let Some(words) = within {
            command.args(words).env("SEGUE_PREFIX", "1");
        } else if is_live {
            command.args(crate::live::ARGUMENTS);
        } else if !is_whole(binary.kind) {
            command.args(PLACES);
        }
        let words = 1 + command.get_args().len();
        command.current_dir(root.join(&binary.directory)).envs(&binary.environment);
        command.env("SEGUE_SERVER", words.to_string()).env("SEGUE_HITS", hits.path());
        command
            .env_remove("SEGUE_MUTANT")
            .env("RUST_BACKTRACE", "0")
            .env("TMPDIR", scratch.folder());
        command.stdin(OwnedFd::from(theirs)).stdout(stdout).stderr(stderr);
        let process = command.spawn().map_err(failed("start a process"))?;
        // The command holds the other ends; when the server is gone, ours must come to their end.
        drop(command);
        // A live file is compiled before its server greets, which takes as long as the machine needs.
        let patience = (!is_live).then_some(PATIENCE);
        socket.set_read_timeout(patience).map_err(failed("set up a socket"))?;
        let outputs = [output, errors].map(Output::new);
        let (mutants, is_gone) = (Vec::new(), false);
        let (spent, printed_before) = (Duration::ZERO, Default::default());
        Ok(Self {
            process,
            socket,
            outputs,
            hits,
            scratch,
            name,
            spent,
            printed_before,
            is_live,
            is_gone,
            mutants,
        })
    }

    fn greeting(&mut self) -> Result<Greeting, Error> {
        let greeting = protocol::greeting(&mut self.socket);
        if greeting.is_err() && self.is_live {
            return Err(self.not_open());
        }
        let name = &self.name;
        let greeting = greeting.map_err(|error| {
            let message = format!(
                "{name} does not answer as a test binary of this build ({error}): build it again"
            );
            Error::new(ErrorKind::Internal, message)
        })?;
        if greeting.is_shared {
            return Ok(greeting);
        }
        let message = format!(
            "the mutants of {name} stand where they cannot be shared: the server's object must come last in the linker's arguments"
        );
        Err(Error::new(ErrorKind::Internal, message))
    }

    /// Why a live file's server did not greet: what it said.
    fn not_open(&mut self) -> Error {
        let [out, err] = &mut self.outputs;
        err.begin(WHOLE);
        while err.read() {}
        out.begin(0);
        let said = err.take();
        let message =
            format!("the live file cannot be opened with its tests:\n{}", said.trim_end());
        Error::new(ErrorKind::Baseline, message)
    }

    /// Runs one test in a child. `stop` ends it early.
    pub(crate) fn run(&mut self, request: &Request<'_>, stop: &AtomicBool) -> Result<Ended, Error> {
        let bytes = self.bytes(request)?;
        self.ask(&bytes, request, stop)
    }

    /// Runs one test until it enters a function with mutants, and has it say by its end whether it can be stopped there
    /// ([`protocol::HELD`]).
    pub(crate) fn try_in(
        &mut self,
        request: &Request<'_>,
        stop: &AtomicBool,
    ) -> Result<Ended, Error> {
        let bytes = protocol::to_try(self.bytes(request)?);
        self.ask(&bytes, request, stop)
    }

    fn bytes(&self, request: &Request<'_>) -> Result<Vec<u8>, Error> {
        // What was spent before this server stopped is the test's own. No time at all would be no limit.
        let left = |limit: Duration| limit.saturating_sub(self.spent).max(Duration::from_millis(1));
        let processor = request.limits.processor.map(left);
        let words = if self.spent.is_zero() { request.words } else { &[] };
        protocol::request(request.mutant, words, processor, request.limits.memory).ok_or_else(
            || {
                let message = format!("{}: a test's name is too long or contains a NUL", self.name);
                Error::new(ErrorKind::Usage, message)
            },
        )
    }

    fn ask(
        &mut self,
        bytes: &[u8],
        request: &Request<'_>,
        stop: &AtomicBool,
    ) -> Result<Ended, Error> {
        let limits = request.limits;
        self.outputs.iter_mut().for_each(|it| it.begin(request.room));
        self.hits.forget_others()?;
        self.socket.write_all(bytes).map_err(|error| self.lost(&error.to_string()))?;
        let (mut reply, cut) = self.wait(limits, stop)?;
        reply.processor += self.spent;
        self.is_gone |= self.is_live && reply.is_last;
        let refusal = Refusal::of(reply.error).filter(|_| self.is_live);
        if reply.error != 0 && refusal.is_none() {
            let error = std::io::Error::from_raw_os_error(reply.error);
            let message = format!("cannot fork a test of {}: {error}", self.name);
            return Err(Error::new(ErrorKind::Machine, message));
        }
        // All writers are gone: what is in the pipes is all there is.
        self.read_outputs(Duration::ZERO)?;
        self.scratch.clear();
        let status = ExitStatus::from_raw(reply.status);
        // An order to end it can come too late.
        let cut = match cut.filter(|_| status.signal() == Some(libc::SIGKILL)) {
            None => self.cut_itself(status, &reply, limits)?,
            cut => cut,
        };
        let mut printed = self.outputs.each_mut().map(Output::take);
        for (printed, before) in printed.iter_mut().zip(&self.printed_before) {
            printed.insert_str(0, before);
        }
        let [stdout, stderr] = printed;
        Ok(Ended { status, cut, refusal, reply, stdout, stderr })
    }

    /// What the last test entered.
    pub(crate) fn entered(&self) -> Result<Entered, Error> {
        self.hits.entered()
    }

    /// Reads output and looks at the child until the server has answered.
    fn wait(&mut self, limits: &Limits, stop: &AtomicBool) -> Result<(Reply, Option<Cut>), Error> {
        let (began, mut looked) = (Instant::now(), Instant::now());
        let mut quiet: Option<Quiet> = None;
        let mut printed = self.printed();
        let mut cut = None;
        // Most tests are through before this: what they print is read at once when they are, instead of waking
        // this process for every word of the harness.
        let is_quick = ready([self.socket.as_fd()], QUICK).is_ok_and(|[answered]| answered);
        loop {
            if is_quick || self.read_outputs(LOOK)? {
                let mut bytes = [0; REPLY];
                let reply = match self.socket.read_exact(&mut bytes) {
                    Ok(()) => protocol::reply(&bytes),
                    Err(_) if self.is_live => self.taken_along(began)?,
                    Err(error) => return Err(self.lost(&error.to_string())),
                };
                return Ok((reply, cut));
            }
            if looked.elapsed() < LOOK {
                continue;
            }
            looked = Instant::now();
            match cut {
                None => {
                    let has_printed = printed != self.printed();
                    printed = self.printed();
                    let quiet = quiet.get_or_insert_with(Quiet::new);
                    cut =
                        self.look(limits, began, stop, &mut |pid| quiet.look(pid, has_printed))?;
                    if cut.is_some() {
                        let sent = self.socket.write_all(&[TAG_KILL]);
                        sent.map_err(|error| self.lost(&error.to_string()))?;
                    }
                }
                Some(_) if began.elapsed() > limits.wall.unwrap_or_default() + PATIENCE * 4 => {
                    return Err(self.lost("its child cannot be killed"));
                }
                Some(_) => {}
            }
        }
    }

    /// The server of a live file has ended with a test in it: how that ended is how the test did.
    fn taken_along(&mut self, began: Instant) -> Result<Reply, Error> {
        self.is_gone = true;
        let ended = self.process.wait().map_err(|error| self.lost(&error.to_string()))?;
        let (status, took) = (ended.into_raw(), began.elapsed());
        Ok(Reply { error: 0, is_last: true, status, processor: took, wall: took, peak: 0 })
    }

    fn printed(&self) -> u64 {
        self.outputs.iter().map(Output::read_so_far).sum()
    }

    /// Whether the child is to be ended now.
    fn look(
        &self,
        limits: &Limits,
        began: Instant,
        stop: &AtomicBool,
        waited: &mut dyn FnMut(u32) -> Duration,
    ) -> Result<Option<Cut>, Error> {
        if stop.load(Ordering::Relaxed) {
            return Ok(Some(Cut::Stopped));
        }
        if limits.wall.is_some_and(|limit| began.elapsed() > limit) {
            return Ok(Some(Cut::Wall));
        }
        // Before a test begins the hits are those of the last one.
        let Some(pid) = self.hits.running()? else { return Ok(None) };
        if self.is_over(limits)? {
            return Ok(Some(Cut::Calls));
        }
        let waited = waited(pid);
        Ok(limits.waiting.filter(|limit| waited > *limit).map(|_| Cut::Waiting))
    }

    /// Whether a function was entered more often than it may.
    fn is_over(&self, limits: &Limits) -> Result<bool, Error> {
        let Some(calls) = &limits.calls else { return Ok(false) };
        let entered = self.hits.entered()?.hits;
        Ok(entered.iter().any(|(it, count)| *count > *calls.of.get(it).unwrap_or(&calls.others)))
    }

    /// How much of its calls the last test has used, of the function that is nearest to its limit; 1 is all.
    pub(crate) fn used_calls(&self, limits: &Limits) -> Result<f64, Error> {
        let Some(calls) = &limits.calls else { return Ok(0.0) };
        let used = self.hits.entered()?.hits.into_iter().map(|(function, count)| {
            let limit = *calls.of.get(&function).unwrap_or(&calls.others);
            count as f64 / limit.max(1) as f64
        });
        Ok(used.fold(0.0, f64::max))
    }

    /// Which limit a child ended itself by. The limit on calls is asked again, so that the verdict does not
    /// depend on whether a look came in time.
    fn cut_itself(
        &self,
        status: ExitStatus,
        reply: &Reply,
        limits: &Limits,
    ) -> Result<Option<Cut>, Error> {
        let is_spent = limits.processor.is_some_and(|limit| reply.processor >= limit);
        let is_cut = match status.signal() {
            Some(libc::SIGPROF | libc::SIGXCPU) => true,
            Some(libc::SIGKILL) => is_spent,
            _ => false,
        };
        if is_cut {
            return Ok(Some(Cut::Processor));
        }
        // In less time than this nobody makes as many calls as the least limit allows.
        let is_short = reply.processor < Duration::from_millis(5);
        Ok((!is_short && self.is_over(limits)?).then_some(Cut::Calls))
    }

    /// Reads what was printed, at most until `patience` is over or the server answers; true when it did.
    fn read_outputs(&mut self, patience: Duration) -> Result<bool, Error> {
        loop {
            let [out, err] = self.outputs.each_ref().map(Output::pipe).map(PipeReader::as_fd);
            let found = ready([self.socket.as_fd(), out, err], patience);
            let [answered, out, err] = found.map_err(|error| self.lost(&error.to_string()))?;
            let mut is_open = true;
            for (output, is_ready) in self.outputs.iter_mut().zip([out, err]) {
                is_open &= !is_ready || output.read();
            }
            if answered || !is_open {
                // A closed pipe means that the server is gone: the socket says so when it is read.
                return Ok(true);
            }
            if !patience.is_zero() || !(out || err) {
                return Ok(false);
            }
        }
    }

    /// The server itself is gone: a test can kill it, as it can kill any process of its user.
    fn lost(&self, why: &str) -> Error {
        let message = format!("the server of {} was lost: {why}", self.name);
        Error::new(ErrorKind::Machine, message)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends by itself, with its child, when its socket closes; this is for one that is stuck.
        let _ = self.socket.shutdown(std::net::Shutdown::Both);
        // That of a live file lets its compiler end.
        let patience = if self.is_live { PATIENCE } else { Duration::from_secs(2) };
        let until = Instant::now() + patience;
        while matches!(self.process.try_wait(), Ok(None)) {
            if Instant::now() > until {
                let _ = self.process.kill();
                let _ = self.process.wait();
                return;
            }
            std::thread::sleep(Duration::from_micros(200));
        }
    }
}
