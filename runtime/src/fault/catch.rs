//! Running live code inside of a guard, and making a value of what went wrong.

use std::{any::Any, cell::RefCell, mem::ManuallyDrop, panic::PanicHookInfo, sync::Once};

use segue_loader::Backtrace;

use super::{
    Caught, FaultKind, Faults, exception,
    guard::{Ended, guarded},
    signal,
    thread::{THREAD, Thread, Why},
};
use crate::deadline::Limit;

/// What is told of a payload that says nothing.
pub(super) const NO_TEXT: &str = "a panic with a value that is no text";

thread_local! {
    /// Without a destructor, so that it is there for live code that the thread's other ones call.
    static CAUGHT: ManuallyDrop<RefCell<Option<Caught>>> =
        const { ManuallyDrop::new(RefCell::new(None)) };
}

/// Installs the panic hook, and the signal handlers that `faults` asks for, once per process.
pub(crate) fn install(faults: Faults) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let is_inside = THREAD.with(|thread| {
                signal::put_back(thread);
                thread.guard.get() != 0
            });
            if is_inside { note(info) } else { previous(info) }
        }));
        exception::make_ready();
        #[cfg(feature = "jit")]
        segue_compiler::decide_interrupts(|| THREAD.with(overrun));
    });
    signal::install(faults);
}

/// Makes the calling thread ready for faults: a stack for the signal handler, and the zone at the end
/// of its own stack. The first guarded call of a thread does the same; a real-time thread calls this
/// when it starts, since it allocates and makes a few system calls.
///
/// Before a program was opened in this process, it does nothing.
pub fn prepare_thread() {
    THREAD.with(|thread| {
        signal::prepare(thread);
        thread.running();
    });
}

/// As long as it is there, guarded calls of this thread have a limit.
pub(crate) struct Within {
    before: Limit,
}

/// Gives the guarded calls that this thread is about to make a limit.
#[inline]
pub(crate) fn within(limit: Limit) -> Within {
    Within { before: THREAD.with(|thread| thread.limit.replace(limit)) }
}

impl Drop for Within {
    #[inline]
    fn drop(&mut self) {
        THREAD.with(|thread| thread.limit.set(self.before));
    }
}

/// Asked at a poll: what the panic says that stops the call that the thread is in, if it overran its limit.
#[cfg(feature = "jit")]
fn overrun(thread: &Thread) -> Option<String> {
    let limit = thread.running().filter(|_| thread.guard.get() != 0)?.take_stop()?;
    thread.overran.set(true);
    Some(format!("it did not end within {:?}, its deadline", limit.duration()))
}

fn note(info: &PanicHookInfo<'_>) {
    let message = info.payload_as_str().unwrap_or(NO_TEXT);
    let mut caught = Caught::message(message);
    if THREAD.with(|thread| thread.overran.take()) {
        caught.kind = FaultKind::Deadline;
    }
    if let Some(place) = segue_compiler::panic_place(info) {
        caught.file = place.file.into();
        caught.line = place.line;
        caught.column = place.column;
    } else if let Some(place) = info.location() {
        caught.file = place.file().into();
        caught.line = place.line();
        caught.column = place.column();
    }
    caught.addresses = Backtrace::addresses();
    put(caught);
}

fn put(caught: Caught) {
    THREAD.with(|thread| thread.noted.set(true));
    CAUGHT.with(|slot| *slot.borrow_mut() = Some(caught));
}

/// Live code resumes a panic, of which no hook is told. What was noted may belong to one that it caught:
/// of a panic that says the same the place is kept, its frames are not those of this one.
pub(super) fn resumed(payload: &(dyn Any + Send)) {
    let Some(noted) = THREAD.with(|thread| (thread.guard.get() != 0).then(|| noted(thread))) else {
        return;
    };
    let text = exception::text(payload).unwrap_or(NO_TEXT);
    let same = noted.filter(|noted| noted.message == text);
    put(Caught { addresses: Vec::new(), ..same.unwrap_or_else(|| Caught::message(text)) });
}

/// Runs live code, and gives its fault as a value.
///
/// Without a fault: a look at three words of the thread's, two stores where there is a limit, and the guard. When frames are abandoned,
/// whatever `live` owns is leaked.
#[inline]
pub(crate) fn catch<R>(live: impl FnOnce() -> R) -> Result<R, Caught> {
    THREAD.with(|thread| {
        if !thread.ready.get() {
            signal::prepare(thread);
        }
        let was_panicking = std::thread::panicking();
        // What an earlier call caught by itself is not told for this one's.
        let outer = thread.noted.replace(false);
        let limit = thread.limit.get();
        let running = if limit == Limit::NONE { None } else { thread.running() };
        let before = running.map(|running| running.enter(limit));
        let ended = match guarded(&thread.guard, live) {
            Ended::Returned(result) => Ok(result),
            Ended::Exception(exception) => {
                Err(settled(thread, was_panicking, exception::end(exception, noted(thread))))
            }
            Ended::Abandoned => Err(settled(thread, was_panicking, abandoned(thread))),
        };
        if let (Some(running), Some(before)) = (running, before) {
            running.enter(before);
        }
        thread.noted.set(outer);
        ended
    })
}

/// What was noted in the guarded call that the thread is in, or has just left.
fn noted(thread: &Thread) -> Option<Caught> {
    if thread.noted.replace(false) { CAUGHT.with(|slot| slot.borrow_mut().take()) } else { None }
}

/// Leaves the thread as it was before the call that ended in `caught`.
#[cold]
fn settled(thread: &Thread, was_panicking: bool, caught: Caught) -> Caught {
    // Whatever was replaced is in an abandoned frame.
    thread.replaced.set(None);
    thread.close();
    // A host that calls live code while it panics itself goes on panicking: how much of the count
    // is its own nobody can say.
    if !was_panicking {
        exception::forget_panics();
    }
    caught
}

#[cold]
fn abandoned(thread: &Thread) -> Caught {
    let noted = noted(thread);
    let after_a_panic = |kind, what: &str| {
        let mut caught = noted.unwrap_or_else(|| Caught::message("a panic"));
        caught.kind = kind;
        caught.message = format!("{}, {what}", caught.message);
        caught
    };
    let here = |kind, message: String| {
        // SAFETY: the thread's own; the handler that wrote it is done.
        let frames = unsafe { &*thread.frames.get() };
        let addresses = frames[..thread.count.get()].to_vec();
        Caught { kind, message, addresses, ..Caught::default() }
    };
    match thread.why.get() {
        Why::CannotUnwind => {
            after_a_panic(FaultKind::Abandoned, "in a function that cannot unwind")
        }
        Why::InCleanup => {
            after_a_panic(FaultKind::Abandoned, "in a destructor, while another panic unwound")
        }
        Why::Overflow => here(FaultKind::StackOverflow, "stack overflow".to_owned()),
        Why::Signal(number, address) => {
            let (name, meaning) = signal::meaning(number);
            here(FaultKind::Signal(number), format!("{name} ({meaning}, at {address:#x})"))
        }
    }
}
