//! Several children at a time: each worker is a thread with servers of its own, and takes the next piece of work
//! when it is done with one. Results come back to the one thread that tells of them.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use rustix::process::{Resource, getrlimit};

use super::baseline::{BaselineResult, Judge};
use super::builds::{Step, judge_by_builds};
use super::choose::{Plan, begin_with};
use super::hits::Entered;
use super::judge::{judge, limits};
use super::list::Test;
use super::options::{RunEvent, RunOptions};
use super::prefix;
use super::process::{Ended, Request, Server};
use super::remember::Memory;
use crate::{Error, Image, Outcome};

/// Descriptors that a server holds, and those that are left to everything else.
const OF_A_SERVER: u64 = 6;
const OF_OTHERS: u64 = 200;
/// So many tests are stopped at a time: each keeps what it has in memory.
const STOPPED: usize = 4;
/// More servers than this are not worth their memory.
const MOST: usize = 64;

/// One worker's servers, by binary.
#[derive(Debug)]
pub(crate) struct Worker<'a> {
    pub(crate) image: &'a Image,
    pub(crate) options: &'a RunOptions,
    /// Function and mutant, of all binaries that were started.
    pub(crate) present: BTreeSet<(u32, u32)>,
    servers: Vec<(usize, Server)>,
    /// Servers that are stopped in a test, by its title; the one that was asked last is last.
    stopped: Vec<(String, Server)>,
    /// How many servers it keeps: documentation examples are a binary each.
    room: usize,
}

impl<'a> Worker<'a> {
    pub(crate) fn new(image: &'a Image, options: &'a RunOptions) -> Self {
        let descriptors = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
        let of_each = descriptors.saturating_sub(OF_OTHERS) / options.jobs.max(1) as u64;
        let room = usize::try_from(of_each / OF_A_SERVER).unwrap_or(MOST).clamp(2, MOST);
        Self {
            image,
            options,
            present: BTreeSet::new(),
            servers: Vec::new(),
            stopped: Vec::new(),
            room,
        }
    }

    /// The server of a binary, started when it is first asked for.
    pub(crate) fn server(&mut self, binary: usize) -> Result<&mut Server, Error> {
        self.servers.retain(|(_, server)| !server.is_gone);
        let found = self.servers.iter().position(|(it, _)| *it == binary);
        let at = match found {
            Some(at) => at,
            None => {
                if self.servers.len() >= self.room {
                    self.servers.remove(0);
                }
                let server = Server::start(&self.image.binaries[binary], &self.image.root)?;
                self.present.extend(&server.mutants);
                self.servers.push((binary, server));
                self.servers.len() - 1
            }
        };
        Ok(&mut self.servers[at].1)
    }

    /// The server for a test with a mutant: one that is stopped in it, where that can be, or its binary's.
    pub(crate) fn server_for(
        &mut self,
        id: Option<u32>,
        judge: &Judge,
    ) -> Result<&mut Server, Error> {
        if id.is_none() || judge.prefix.get().is_none() || !self.stops_in(judge)? {
            return self.server(judge.test.binary);
        }
        // It has been put there.
        let last = self.stopped.len() - 1;
        Ok(&mut self.stopped[last].1)
    }

    /// Has a server stopped in a test at the end of its list. False where it does not stop.
    fn stops_in(&mut self, judge: &Judge) -> Result<bool, Error> {
        self.stopped.retain(|(_, server)| !server.is_gone);
        let title = &judge.test.title;
        let found = match self.stopped.iter().position(|(it, _)| it == title) {
            Some(at) => Some(self.stopped.remove(at)),
            None => {
                if self.stopped.len() >= STOPPED {
                    self.stopped.remove(0);
                }
                let binary = &self.image.binaries[judge.test.binary];
                let (root, words) = (&self.image.root, judge.test.words());
                let patience = limits(self, judge).wall.unwrap_or_default();
                let stop = &self.options.stop;
                let server = Server::start_in(binary, root, &words, patience, stop)?;
                server.map(|it| (title.clone(), it))
            }
        };
        let is_stopped = found.is_some();
        self.stopped.extend(found);
        Ok(is_stopped)
    }

    /// A test without a mutant, in a fork of a process that is stopped in it; `None` where it does not stop.
    pub(crate) fn run_stopped(
        &mut self,
        judge: &Judge,
        request: &Request<'_>,
    ) -> Result<Option<(Ended, Entered)>, Error> {
        if !self.stops_in(judge)? {
            return Ok(None);
        }
        let Some((_, server)) = self.stopped.last_mut() else { return Ok(None) };
        let ended = server.run(request, &self.options.stop)?;
        Ok(Some((ended, server.entered()?)))
    }

    /// Ends the servers that a test was run by, which do not answer.
    pub(crate) fn drop_servers(&mut self, test: &Test) {
        self.servers.retain(|(it, _)| *it != test.binary);
        self.stopped.retain(|(it, _)| *it != test.title);
    }
}

/// Does `count` pieces of work and hands over each result as it comes, with its place. The first error of either
/// ends it; so does the run's `stop`.
pub(crate) fn each<'a, T: Send>(
    workers: &mut [Worker<'a>],
    count: usize,
    work: &(dyn Fn(&mut Worker<'a>, usize) -> Result<T, Error> + Sync),
    done: &mut dyn FnMut(usize, Result<T, Error>) -> Result<(), Error>,
) -> Result<(), Error> {
    each_beside(workers, count, work, None, done)
}

/// What goes on beside the workers: it hands over results, in the place of none of them, each of which it waits to be heard, and is told
/// whether to go on.
type Beside<'b, T> = &'b mut (dyn FnMut(&mut dyn FnMut(T) -> bool) -> Result<(), Error> + Send);

/// As [`each`], with something beside it, which the first worker does before it works.
fn each_beside<'a, T: Send>(
    workers: &mut [Worker<'a>],
    count: usize,
    work: &(dyn Fn(&mut Worker<'a>, usize) -> Result<T, Error> + Sync),
    beside: Option<Beside<'_, T>>,
    done: &mut dyn FnMut(usize, Result<T, Error>) -> Result<(), Error>,
) -> Result<(), Error> {
    let next = AtomicUsize::new(0);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        // One of them does what goes on beside, and then as the others: so many things go on at a time as there are workers.
        let mut beside = beside;
        for worker in workers.iter_mut() {
            let (sender, next, is_over) = (sender.clone(), &next, &is_over);
            let beside = beside.take();
            scope.spawn(move || {
                if let Some(beside) = beside {
                    run_beside(beside, count, &sender, is_over);
                }
                while !is_over.load(Ordering::Relaxed) && !worker.options.is_stopped() {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count || sender.send((at, work(worker, at), None)).is_err() {
                        return;
                    }
                }
            });
        }
        if let Some(beside) = beside {
            let (sender, is_over) = (sender.clone(), &is_over);
            scope.spawn(move || run_beside(beside, count, &sender, is_over));
        }
        drop(sender);
        let mut first = Ok(());
        for (at, result, unheard) in receiver {
            if first.is_ok() {
                first = done(at, result);
                is_over.store(first.is_err(), Ordering::Relaxed);
            }
            drop(unheard);
        }
        first
    })
}

/// A result with its place, and what is dropped when it was heard.
type Sent<T> = (usize, Result<T, Error>, Option<mpsc::Sender<()>>);

/// Does what goes on beside the workers, and sends its results.
fn run_beside<T>(
    beside: Beside<'_, T>,
    count: usize,
    sender: &mpsc::Sender<Sent<T>>,
    is_over: &AtomicBool,
) {
    let ended = beside(&mut |result| {
        // Heard is what is dropped.
        let (unheard, heard) = mpsc::channel::<()>();
        let _ = sender.send((count, Ok(result), Some(unheard)));
        let _ = heard.recv();
        !is_over.load(Ordering::Relaxed)
    });
    let _ = ended.map_err(|error| sender.send((count, Err(error), None)));
}

/// Judges all mutants that were asked for: outcomes in the order of mutants.
pub(crate) fn judge_all(
    workers: &mut [Worker<'_>],
    image: &Image,
    baseline: &BaselineResult,
    plan: &Plan,
    on_event: &mut dyn FnMut(RunEvent<'_>),
) -> Result<Vec<Outcome>, Error> {
    let Some(options) = workers.first().map(|it| it.options) else { return Ok(Vec::new()) };
    let only = options.only.as_ref();
    let is_wanted = |at: &usize| only.is_none_or(|only| only.contains(&image.mutants[*at].id()));
    let order: Vec<usize> =
        begin_with(image, baseline, plan).into_iter().filter(is_wanted).collect();
    let mut memory = Memory::read(image, options, baseline, plan);
    let mut told = Told { on_event, outcomes: Vec::new(), total: order.len() };
    let (mut alone, mut left) = (Vec::new(), Vec::new());
    for at in &order {
        let mutant = &image.mutants[*at];
        match memory.recall(mutant) {
            Some(outcome) => told.tell(*at, outcome),
            None if mutant.is_alone() && options.alone.is_some() => alone.push(*at),
            None => left.push(*at),
        }
    }
    prefix::find(workers, image, baseline, plan, &left, told.on_event)?;
    let remembers = memory.keeps();
    let work = |worker: &mut Worker<'_>, at: usize| {
        let (at, mut entered) = (left[at], remembers.then(Entered::default));
        let outcome = judge(worker, &image.mutants[at], baseline, plan, &mut entered)?;
        Ok(outcome.map(|outcome| Step::Judged { at, outcome, entered }))
    };
    let mut builds = |say: &mut dyn FnMut(Option<Step>) -> bool| {
        let say = &mut |step| say(Some(step));
        judge_by_builds(image, options, &alone, baseline, plan, remembers, say)
    };
    let mut hear = |_: usize, step: Result<Option<Step>, Error>| {
        match step? {
            Some(Step::Builds { done, total }) => {
                (told.on_event)(RunEvent::BuildsAlone { done, total });
            }
            Some(Step::Judged { at, outcome, entered }) => {
                if let Some(entered) = entered {
                    memory.keep(&image.mutants[at], &outcome, &entered);
                }
                told.tell(at, outcome);
            }
            None => {}
        }
        Ok(())
    };
    // Who wants one thing at a time gets that.
    let is_beside = workers.len() > 1 && !alone.is_empty();
    let beside: Option<Beside<'_, Option<Step>>> = if is_beside { Some(&mut builds) } else { None };
    let mut result = each_beside(workers, left.len(), &work, beside, &mut hear);
    if result.is_ok() && !is_beside && !alone.is_empty() {
        result = each_beside(&mut [], 0, &work, Some(&mut builds), &mut hear);
    }
    memory.write()?;
    result?;
    let mut outcomes = told.outcomes;
    outcomes.sort_by_key(|(at, _)| *at);
    Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
}

/// Outcomes as they come, by the places of their mutants.
struct Told<'a> {
    on_event: &'a mut dyn FnMut(RunEvent<'_>),
    outcomes: Vec<(usize, Outcome)>,
    total: usize,
}

impl Told<'_> {
    fn tell(&mut self, at: usize, outcome: Outcome) {
        let done = self.outcomes.len() + 1;
        (self.on_event)(RunEvent::Judged { outcome: &outcome, done, total: self.total });
        self.outcomes.push((at, outcome));
    }
}

#[cfg(test)]
mod tests;
