//! The thread that looks whether calls last too long: one per process, asleep while no program has a deadline.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    thread::{self, Thread},
    time::{Duration, Instant},
};

use segue_compiler::{ask_no_more, ask_to_stop};

use super::{Limit, Limits, Now, Running};

/// Between two looks while somebody is to stop.
const SOON: Duration = Duration::from_millis(1);
/// How long a thread is asked at a time. What does not poll, since it is in other code, is not to hold
/// up the polls of all others.
const PATIENCE: Duration = Duration::from_millis(20);
/// Looks during one limit: so much later than its limit a call is stopped at most.
const LOOKS: u32 = 8;

static WATCHED: Mutex<Watched> = Mutex::new(Watched {
    limits: Vec::new(),
    threads: Vec::new(),
    free: Vec::new(),
    watcher: None,
});

/// Whom the watcher looks at.
struct Watched {
    /// Of the programs there are.
    limits: Vec<Limit>,
    threads: Vec<Seen>,
    /// Of threads that have ended, for others.
    free: Vec<&'static Running>,
    watcher: Option<Thread>,
}

/// One thread, as the watcher saw it last.
struct Seen {
    running: &'static Running,
    call: Now,
    since: Instant,
    /// Since when it is asked to stop.
    asked: Option<Instant>,
}

fn watched() -> MutexGuard<'static, Watched> {
    WATCHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// As long as it is there, calls of a program with such limits are watched.
#[derive(Debug)]
pub(crate) struct Watch(Vec<Limit>);

/// Begins to watch for a program with these limits.
///
/// # Errors
///
/// When the machine gives no thread.
pub(crate) fn watch(limits: Limits) -> std::io::Result<Watch> {
    let own = [limits.closures, limits.handles];
    let own: Vec<Limit> = own.into_iter().filter(|limit| *limit != Limit::NONE).collect();
    let mut watched = watched();
    if !own.is_empty() {
        if watched.watcher.is_none() {
            let builder = thread::Builder::new().name("segue-deadline".into());
            watched.watcher = Some(builder.spawn(run)?.thread().clone());
        }
        watched.limits.extend(&own);
        // It may be asleep for longer than these limits.
        watched.watcher.iter().for_each(Thread::unpark);
    }
    Ok(Watch(own))
}

impl Drop for Watch {
    fn drop(&mut self) {
        let mut watched = watched();
        for limit in &self.0 {
            let known = watched.limits.iter().position(|known| known == limit);
            known.map(|index| watched.limits.swap_remove(index));
        }
    }
}

/// The words of one more thread.
pub(crate) fn join() -> &'static Running {
    let mut watched = watched();
    let running = watched.free.pop().unwrap_or_else(|| Box::leak(Box::new(Running::new())));
    let (call, since) = (running.now(), Instant::now());
    watched.threads.push(Seen { running, call, since, asked: None });
    running
}

/// A thread has ended that had these words.
pub(crate) fn leave(running: &'static Running) {
    let mut watched = watched();
    let is_own = |seen: &Seen| std::ptr::eq(seen.running, running);
    if let Some(index) = watched.threads.iter().position(is_own) {
        let mut seen = watched.threads.swap_remove(index);
        seen.withdraw();
        watched.free.push(running);
    }
}

fn run() {
    loop {
        let pause = watched().look();
        match pause {
            Some(pause) => thread::park_timeout(pause),
            None => thread::park(),
        }
    }
}

impl Watched {
    /// Looks at everybody. How long until the next time; `None` while there is no deadline.
    fn look(&mut self) -> Option<Duration> {
        let mut is_soon = false;
        for seen in &mut self.threads {
            is_soon |= seen.look();
        }
        let shortest = self.limits.iter().map(|limit| limit.duration()).min();
        let pause = shortest.map(|shortest| (shortest / LOOKS).max(SOON));
        if is_soon { Some(SOON) } else { pause }
    }
}

impl Seen {
    /// Whether the thread is asked to stop.
    fn look(&mut self) -> bool {
        let (call, now) = (self.running.now(), Instant::now());
        if call != self.call || call.limit() == Limit::NONE {
            self.withdraw();
            (self.call, self.since) = (call, now);
        } else if self.asked.is_some_and(|asked| now - asked > PATIENCE) {
            // It has its time once more.
            self.withdraw();
            self.since = now;
        } else if self.asked.is_none() && now - self.since > call.limit().duration() {
            self.running.stop(call);
            ask_to_stop();
            self.asked = Some(now);
        }
        self.asked.is_some()
    }

    fn withdraw(&mut self) {
        if self.asked.take().is_some() {
            self.running.withdraw();
            ask_no_more();
        }
    }
}
