//! What makes MIR faster before code is made from it; the order in which it happens.

use super::{Module, forward, inline, thread};

/// Makes the module do the same in fewer steps. Private functions and constants that nobody needs then go.
pub(crate) fn optimise(module: &mut Module) {
    inline::inline(module);
    for function in &mut module.functions {
        // What pointers led to is decided now, and what was decided may have been the last pointer.
        thread::thread(function);
        forward::forward(function);
    }
}
