//! What makes MIR faster before code is made from it; the order in which it happens.

use super::{Calls, Function, Key, Known, Module, forward, inline, thread, unroll};

/// Inlines. Private functions and constants that nobody needs then go. `keys` are those of the module's functions, and
/// afterwards of what is left.
pub(crate) fn settle<C>(
    module: &mut Module,
    calls: &Calls,
    keys: &mut Vec<Option<Key>>,
    known: &mut Known<C>,
) {
    inline::inline(module, calls, keys, known);
}

/// Makes a function do the same in fewer steps, before code is made from it.
pub(crate) fn finish(function: &mut Function) {
    // What pointers led to is decided now, and what was decided may have been the last pointer.
    thread::thread(function);
    forward::forward(function);
    if unroll::is_worth(function) {
        unroll::unroll(function);
    }
}

/// Both, for tests that look at what comes out.
#[cfg(test)]
pub(crate) fn optimise(module: &mut Module) {
    let mut keys = vec![None; module.functions.len()];
    let calls = super::calls(module);
    settle(module, &calls, &mut keys, &mut Known::<()>::default());
    for function in &mut module.functions {
        finish(std::sync::Arc::make_mut(function));
    }
}
