//! Panics that cannot unwind: out of an `extern "C"` function, or out of a destructor while another
//! panic unwinds.
//!
//! rustc makes each such place call a function of `core` that ends the process. Live code is given
//! these instead: they end the guarded call. The frames between are abandoned, live ones and those
//! of the host's generic code that live code was compiled with.
//!
//! And panics that ask no hook: what live code resumes passes through here, so that it is not told as
//! one that live code had caught.

use std::{any::Any, panic::resume_unwind};

use segue_loader::Symbols;

use super::{
    catch::resumed,
    guard::leave,
    thread::{THREAD, Why},
};

/// Makes the functions known to `symbols`. Their names end alike in every release; what stands
/// before depends on the compiler.
pub(crate) fn define(symbols: &mut Symbols) {
    let mut define = |name: &str, address: *const ()| {
        let ending = format!("4core9panicking{}{name}", name.len());
        symbols.define_ending(&ending, address as usize);
    };
    define("panic_cannot_unwind", cannot_unwind as *const ());
    define("panic_nounwind", cannot_unwind as *const ());
    define("panic_nounwind_fmt", cannot_unwind as *const ());
    define("panic_nounwind_nobacktrace", cannot_unwind as *const ());
    define("panic_in_cleanup", in_cleanup as *const ());
    let resume: fn(Box<dyn Any + Send>) -> ! = resume;
    for name in ["3std5panic13resume_unwind", "3std9panicking23rust_panic_without_hook"] {
        symbols.define_ending(name, resume as usize);
    }
}

/// Instead of the standard library's, for live code, which is compiled by the same compiler.
fn resume(payload: Box<dyn Any + Send>) -> ! {
    resumed(&*payload);
    resume_unwind(payload)
}

extern "C" fn cannot_unwind() -> ! {
    end(Why::CannotUnwind)
}

extern "C" fn in_cleanup() -> ! {
    end(Why::InCleanup)
}

fn end(why: Why) -> ! {
    THREAD.with(|thread| {
        let guard = thread.guard.get();
        if guard == 0 {
            // Nobody guards this call: the standard library's way to end.
            eprintln!("a panic of live code cannot unwind, and nothing guards the call");
            std::process::abort();
        }
        thread.why.set(why);
        thread.count.set(0);
        // SAFETY: the guard is this thread's; what called this function is compiled code that says
        // it cannot go on.
        unsafe { leave(guard) }
    })
}
