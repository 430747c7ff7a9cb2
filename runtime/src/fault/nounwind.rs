//! Panics that cannot unwind: out of an `extern "C"` function, or out of a destructor while another
//! panic unwinds.
//!
//! rustc makes each such place call a function of `core` that ends the process. Live code is given
//! these instead: they end the guarded call. The frames between are abandoned, live ones and those
//! of the host's generic code that live code was compiled with.

use segue_loader::Symbols;

use super::{
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
