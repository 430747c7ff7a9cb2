//! The server of a live file: mutants by edits, tests by calls, answers by the runner's protocol.
//!
//! The thread that reads requests is another one (`requests`). This one opens the program, makes edits and calls tests,
//! so that a fork of it has all that a test needs.
//!
//! In the process itself a mutant may leave something behind (a static, a file that is open, a thread) that makes
//! later tests fail. So **a test that fails with a mutant is called once more without it**: when it fails then too,
//! nobody can say whose fault that is, and the mutant is judged again in a new process, unless this one is new.

use std::cell::Cell;
use std::io::Write;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use rustix::process::{
    Resource, Rlimit, Signal, set_parent_process_death_signal, setpgid, setrlimit, setsid,
};

use super::hits::Records;
use super::requests::{Current, Running, receive, remove_scratch};
use super::system::{self, Side};
use super::test::{Wish, fulfil, passes};
use super::{Manner, Plan};
use crate::run::protocol::{Asked, Refusal, Reply, write_greeting, write_reply};
use crate::{Error, ErrorKind};

/// The status of a process whose test failed, as the standard harness has it.
const FAILED: i32 = 101;

/// The program that a server has open: the live file's text with the tests.
pub trait Host {
    /// Has functions count their calls there from now on: four words each, the first of which is counted in.
    fn count_at(&self, hits: *mut u64);

    /// Calls a test by its number; whether its result is a success. A panic of it leaves this.
    fn call(&self, test: usize) -> bool;

    /// Does `work` while `text` is live.
    ///
    /// # Errors
    ///
    /// The text did not become live, and nothing was done; or it did, and what was before did not come back.
    fn edit(&self, text: &str, work: &mut dyn FnMut()) -> Result<(), Refused>;
}

/// Why a text did not become live.
#[derive(Debug)]
pub enum Refused {
    /// The compiler rejects it, and says this.
    Rejected(String),
    /// Another reason.
    Failed(String),
}

/// Answers the runner that started this process, until it is gone. `open` opens the plan's text.
///
/// # Errors
///
/// This process was not started by a runner, or the machine lacks something. What keeps the program from being opened
/// is said on standard error, which the runner reads.
pub fn serve<H: Host>(
    open: impl FnOnce(&Plan) -> Result<H, String> + Send,
) -> Result<ExitCode, Error> {
    let plan = Plan::of_this_process()?;
    let failed = |what: &'static str| {
        move |error: std::io::Error| {
            Error::new(ErrorKind::Machine, format!("cannot {what}: {error}"))
        }
    };
    let input = std::io::stdin().as_fd().try_clone_to_owned().map_err(failed("keep the socket"))?;
    let nothing = std::fs::File::open("/dev/null").map_err(failed("open /dev/null"))?;
    system::become_input(nothing.as_fd()).map_err(failed("replace standard input"))?;
    // The terminal's signals are the runner's, and ending this group ends nobody else.
    let _ = setsid();
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    let socket = UnixStream::from(input);
    std::thread::scope(|scope| {
        // The stack is that of a test's thread in the standard harness.
        let serving = std::thread::Builder::new().name("tests".into());
        let serving = serving.spawn_scoped(scope, || serve_here(&plan, socket, open));
        let serving = serving.map_err(failed("start a thread"))?;
        let served = serving.join();
        // The runner may be gone since before anybody read its requests.
        remove_scratch();
        served.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn serve_here<H: Host>(
    plan: &Plan,
    socket: UnixStream,
    open: impl FnOnce(&Plan) -> Result<H, String>,
) -> Result<ExitCode, Error> {
    let host = match open(plan) {
        Ok(host) => host,
        Err(said) => {
            eprintln!("{said}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let path = std::env::var_os("SEGUE_HITS").unwrap_or_default();
    let records = Records::new(Path::new(&path), plan.functions)?;
    host.count_at(records.first());
    let failed =
        |error: std::io::Error| Error::new(ErrorKind::Machine, format!("no requests: {error}"));
    let current = Current::new();
    let requests =
        socket.try_clone().and_then(|it| receive(it, current.clone())).map_err(failed)?;
    let compiled = plan.mutants.iter().filter(|it| it.is_compiled);
    let present: Vec<_> = compiled.map(|it| (it.function, it.id.0)).collect();
    (&socket).write_all(&write_greeting(&present)).map_err(failed)?;
    let is_new = Cell::new(true);
    Server { plan, host: &host, socket: &socket, records: &records, current, requests, is_new }
        .serve();
    Ok(ExitCode::SUCCESS)
}

struct Server<'a> {
    plan: &'a Plan,
    host: &'a dyn Host,
    socket: &'a UnixStream,
    records: &'a Records,
    current: Current,
    requests: Receiver<Asked>,
    /// Whether no mutant was live in this process before the one that is.
    is_new: Cell<bool>,
}

/// What became of a test.
struct Tested {
    has_passed: bool,
    reply: Reply,
}

impl Server<'_> {
    fn serve(&self) {
        let mut next = self.requests.recv().ok();
        while let Some(request) = next {
            next = match request.mutant {
                None => {
                    let tested = self.test(&request);
                    self.answer(tested.map(|it| it.reply), false);
                    self.requests.recv().ok()
                }
                Some(mutant) => self.mutated(mutant, request),
            };
        }
    }

    /// Answers requests for one mutant. Gives the first that is for another.
    fn mutated(&self, mutant: u32, request: Asked) -> Option<Asked> {
        let Some(text) = self.plan.mutated(mutant) else {
            eprintln!("there is no mutant {mutant} in the text");
            self.answer(Err(Refusal::NotJudged), false);
            return self.requests.recv().ok();
        };
        let (mut pending, mut next, mut failure) = (Some(request), None, None);
        let edited = self.host.edit(&text, &mut || {
            while let Some(request) = pending.take() {
                let tested = self.test(&request);
                if let Ok(Tested { has_passed: false, reply }) = tested
                    && self.plan.manner == Manner::InProcess
                {
                    failure = Some((request, reply));
                    return;
                }
                self.answer(tested.map(|it| it.reply), false);
                match self.requests.recv() {
                    Ok(another) if another.mutant == Some(mutant) => pending = Some(another),
                    another => next = another.ok(),
                }
            }
        });
        match edited {
            Ok(()) => {}
            Err(refused) if pending.is_some() => {
                let (refusal, said) = match refused {
                    Refused::Rejected(said) => (Refusal::Rejected, said),
                    Refused::Failed(said) => (Refusal::NotJudged, said),
                };
                eprintln!("{said}");
                self.answer(Err(refusal), false);
                return self.requests.recv().ok();
            }
            // The mutant is still there: this process is of no use any more.
            Err(_) => system::end_all(),
        }
        let next = match failure {
            Some((request, reply)) => {
                self.confirm(&request, reply);
                self.requests.recv().ok()
            }
            None => next,
        };
        self.is_new.set(false);
        next
    }

    /// A test failed, and the mutant is taken back: answers, unless it fails without the mutant too.
    fn confirm(&self, request: &Asked, reply: Reply) {
        let Wish::One(number) = Wish::of(&request.words, &self.plan.tests) else {
            return self.answer(Ok(reply), false);
        };
        let (has_passed, _) =
            self.here(request, &|| passes(&self.plan.tests[number], number, self.host));
        let answer = if has_passed || self.is_new.get() { Ok(reply) } else { Err(Refusal::Spoilt) };
        self.answer(answer, !has_passed);
        if !has_passed {
            system::leave(0);
        }
    }

    fn answer(&self, ended: Result<Reply, Refusal>, is_last: bool) {
        // Where the runner is gone, the thread that reads requests ends this process.
        let _ = (&*self.socket).write_all(&write_reply(ended, is_last));
    }

    /// Does what a request asks for, mutant apart.
    fn test(&self, request: &Asked) -> Result<Tested, Refusal> {
        let wish = Wish::of(&request.words, &self.plan.tests);
        self.records.begin();
        let is_called = matches!(wish, Wish::One(_) | Wish::All);
        if self.plan.manner == Manner::Forked && is_called {
            return self.forked(request, wish);
        }
        let began = Instant::now();
        let (has_passed, processor) = self.here(request, &|| fulfil(wish, self.plan, self.host));
        let status = if has_passed { 0 } else { FAILED << 8 };
        let wall = began.elapsed();
        // The most memory that this test had nobody can tell.
        let reply = Reply { error: 0, is_last: false, status, processor, wall, peak: 0 };
        Ok(Tested { has_passed, reply })
    }

    /// Does something in this process, within the request's limits. Gives the processor time that it took.
    fn here(&self, request: &Asked, work: &dyn Fn() -> bool) -> (bool, Duration) {
        *self.current.begin() = Running::Here;
        self.records.running(std::process::id());
        let before = system::processor();
        let memory = system::limit_memory(request.memory);
        system::limit_processor(request.processor);
        let result = work();
        system::limit_processor(None);
        system::unlimit_memory(memory);
        let processor = system::processor().saturating_sub(before);
        self.records.running(0);
        *self.current.lock() = Running::Nothing;
        (result, processor)
    }

    /// Does it in a child.
    fn forked(&self, request: &Asked, wish: Wish) -> Result<Tested, Refusal> {
        let began = Instant::now();
        // The child would print what is in the buffer once more.
        let _ = std::io::stdout().flush();
        let mut running = self.current.begin();
        let child = match system::fork() {
            Ok(Side::Child) => self.child(request, wish),
            Ok(Side::Parent(child)) => child,
            Err(error) => {
                drop(running);
                let error = error.raw_os_error().unwrap_or(libc::EAGAIN);
                let (status, wall, processor) = (0, began.elapsed(), Duration::ZERO);
                let reply = Reply { error, is_last: false, status, processor, wall, peak: 0 };
                return Ok(Tested { has_passed: false, reply });
            }
        };
        let pid = rustix::process::Pid::from_raw(child);
        // The child does the same; whoever comes second changes nothing.
        let _ = setpgid(pid, pid);
        *running = Running::Child(child);
        drop(running);
        self.records.running(child.unsigned_abs());
        system::wait(child);
        let mut running = self.current.lock();
        self.records.running(0);
        system::end_group(child);
        if *running != Running::Over {
            *running = Running::Nothing;
        }
        let (status, processor, peak) = system::reap(child);
        drop(running);
        let wall = began.elapsed();
        let reply = Reply { error: 0, is_last: false, status, processor, wall, peak };
        Ok(Tested { has_passed: status == 0, reply })
    }

    /// The child of a fork: a group of its own, its limits, the test.
    fn child(&self, request: &Asked, wish: Wish) -> ! {
        let _ = setpgid(None, None);
        let _ = set_parent_process_death_signal(Some(Signal::KILL));
        system::limit_memory(request.memory);
        system::limit_processor(request.processor);
        if let Some(limit) = request.processor {
            // For a test that has the timer's signal for itself, and for the programs that it starts.
            let seconds = limit.as_secs() + 2;
            let limit = Rlimit { current: Some(seconds), maximum: Some(seconds + 1) };
            let _ = setrlimit(Resource::Cpu, limit);
        }
        let has_passed = fulfil(wish, self.plan, self.host);
        let _ = std::io::stdout().flush();
        system::leave(if has_passed { 0 } else { FAILED })
    }
}
