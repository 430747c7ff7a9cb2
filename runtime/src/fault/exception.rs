//! Exceptions that arrived at a guard, and the standard library's count of panics.
//!
//! The standard library counts the panics of each thread that nobody caught yet. A thread whose count
//! is not zero is *panicking*: a guard of a `Mutex` then poisons it. Frames that are abandoned
//! while a panic unwinds through them leave the count too high. Only `catch_unwind` lowers it,
//! for each exception that it catches; so it is given one that was thrown on another thread.
//!
//! The thread that faulted may be one that must not wait: a few such exceptions are kept ready, and
//! made anew by the thread that stands by.

use std::{
    any::Any,
    ffi::{c_int, c_void},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::LazyLock,
    thread,
};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::{Caught, catch::NO_TEXT, guard::Ended, guard::guarded, thread::THREAD};

/// How Rust's exceptions are told apart (library/panic_unwind/src/gcc.rs).
const RUST: u64 = u64::from_ne_bytes(*b"MOZ\0RUST");
/// Panics that can be on their way at once, at most: the standard library ends the process for more.
const NESTED: usize = 8;

/// Exceptions that another thread counted. Taking one neither locks nor waits.
static READY: LazyLock<(Sender<usize>, Receiver<usize>)> = LazyLock::new(|| bounded(NESTED));

unsafe extern "C-unwind" {
    fn _Unwind_RaiseException(exception: *mut c_void) -> c_int;
}
unsafe extern "C" {
    fn _Unwind_DeleteException(exception: *mut c_void);
}

/// Ends the exception that a guard owns, and says what it was. `noted` is what the panic hook
/// wrote down last.
pub(super) fn end(exception: *mut c_void, noted: Option<Caught>) -> Caught {
    // SAFETY: the guard owns it: an `_Unwind_Exception`, which begins with its class.
    if unsafe { exception.cast::<u64>().read() } != RUST {
        // SAFETY: as above; it is not used afterwards.
        unsafe { _Unwind_DeleteException(exception) };
        return Caught::message("an exception of another language");
    }
    let Some(payload) = catch(exception) else { return Caught::message("a panic") };
    let text = text(&*payload).unwrap_or(NO_TEXT);
    // What the standard library itself resumes is not seen by `nounwind::resume`: then what was
    // noted may belong to a panic that live code caught.
    let noted = noted.filter(|noted| noted.message == text);
    let caught = noted.unwrap_or_else(|| Caught::message(text));
    // The payload's type may be the live file's own, and its drop may panic as well; that one's
    // payload is leaked, or there would be no end to it.
    let dropped = THREAD.with(|thread| guarded(&thread.guard, || drop(payload)));
    if let Ended::Exception(exception) = dropped {
        std::mem::forget(catch(exception));
    }
    caught
}

/// What the payload of a panic says.
pub(super) fn text(payload: &(dyn Any + Send)) -> Option<&str> {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
}

/// Lets `catch_unwind` catch an exception of Rust's.
fn catch(exception: *mut c_void) -> Option<Box<dyn Any + Send>> {
    // SAFETY: the exception is ours, and is thrown once.
    catch_unwind(AssertUnwindSafe(|| unsafe { _Unwind_RaiseException(exception) })).err()
}

/// Makes the calling thread one that is not panicking, after panics were abandoned on it.
pub(super) fn forget_panics() {
    for _ in 0..NESTED {
        if !thread::panicking() {
            return;
        }
        // None is ready where so many threads faulted at once that they are used up.
        let ready = READY.1.try_recv().ok();
        let Some(exception) = ready.or_else(|| thrown(1).pop()) else { return };
        drop(catch(std::ptr::with_exposed_provenance_mut(exception)));
    }
}

/// Makes up for the exceptions that were used.
pub(crate) fn make_ready() {
    for exception in thrown(NESTED - READY.1.len()) {
        // Full where somebody else was faster: what is left over is leaked.
        let _ = READY.0.try_send(exception);
    }
}

/// Addresses of so many exceptions, thrown on a thread that ends panicking; fewer where the system
/// gives no thread.
fn thrown(count: usize) -> Vec<usize> {
    let throw = move || {
        let one = || THREAD.with(|thread| guarded(&thread.guard, || resume_unwind(Box::new(()))));
        let ended = (0..count).map(|_| one());
        let thrown = ended.filter_map(|ended| match ended {
            Ended::Exception(exception) => Some(exception.expose_provenance()),
            _ => None,
        });
        thrown.collect()
    };
    if count == 0 {
        return Vec::new();
    }
    let thread = thread::Builder::new().name("segue-panic".into()).spawn(throw);
    thread.ok().and_then(|thread| thread.join().ok()).unwrap_or_default()
}

#[cfg(all(test, not(loom)))]
mod tests;
