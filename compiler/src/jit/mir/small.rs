//! Which live functions may stand inside of their callers.
//!
//! Who has a function inside has other code when that function has: its key covers the other's (`known`), so an edit
//! makes both new (`part`), and both are published in one commit, as where rustc inlines (the runtime's `live` has the
//! rules). What an edit costs must stay small, though. So only small functions are inlined, only where few call them, and
//! only if they lead to nothing that is called: what may come back to itself never does.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::inline::{called, size_of};
use super::known::calls_of;
use super::{Abi, Call, Callee, End, Function, Inline, Linkage, Module};
use crate::symbol::PREFIX;

/// Statements and ends of a function and of all that is inlined into it, before any of them is made smaller.
const SMALL: usize = 200;
/// As many calls of a function are those of few.
const FEW: usize = 16;

/// How the functions of a program call each other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calls {
    /// How often each function is called, by name.
    count: HashMap<String, usize>,
    /// Live functions that may be inlined.
    small: HashSet<String>,
}

/// How the functions of a module's program call each other.
pub(crate) fn calls(module: &Module) -> Arc<Calls> {
    match &module.outside {
        Some(outside) => outside.calls.clone(),
        None => Calls::of(&module.functions).into(),
    }
}

impl Calls {
    pub(super) fn of(functions: &[Arc<Function>]) -> Calls {
        let mut calls = Calls::default();
        functions.iter().for_each(|function| calls.count(function, true));
        let named = functions.iter().map(|function| (function.symbol.as_str(), &**function));
        let by_name: HashMap<&str, &Function> = named.collect();
        for function in functions {
            calls.judge(function, |name| by_name.get(name).copied());
        }
        calls
    }

    /// Counts the calls of a function, or takes them back.
    pub(super) fn count(&mut self, function: &Function, is_there: bool) {
        for name in calls_of(function) {
            match self.count.get_mut(name) {
                Some(count) if is_there => *count += 1,
                Some(count) => *count -= 1,
                None => drop(self.count.insert(name.to_owned(), 1)),
            }
        }
    }

    /// Finds out whether a live function may be inlined, and says whether that is news. It depends on what the function
    /// leads to, and how often all of that is called.
    pub(super) fn judge<'a>(
        &mut self,
        function: &'a Function,
        program: impl Fn(&str) -> Option<&'a Function>,
    ) -> bool {
        let is_live = function.linkage == Linkage::Live;
        if is_live && self.is_small_in(function, program) {
            let is_known = self.small.contains(&function.symbol);
            !is_known && self.small.insert(function.symbol.clone())
        } else {
            self.small.remove(&function.symbol)
        }
    }

    /// How often a function is called.
    #[cfg(test)]
    pub(super) fn times(&self, name: &str) -> usize {
        self.count.get(name).copied().unwrap_or_default()
    }

    /// Whether a function is called in one place only.
    pub(super) fn is_one(&self, name: &str) -> bool {
        self.count.get(name) == Some(&1)
    }

    /// Whether this is a live function that may be inlined.
    pub(crate) fn is_small(&self, name: &str) -> bool {
        self.small.contains(name)
    }

    /// Whether a call may be inlined, if the callee is small enough. Who ends in a panic is not called often.
    pub(super) fn may_inline(&self, caller: &Function, callee: &Function, call: &Call) -> bool {
        let is_private = callee.linkage == Linkage::Private;
        (is_private || self.is_small(&callee.symbol) && !is_shim(caller))
            && callee.abi == call.abi
            && callee.inline != Inline::Never
            && call.then.is_some()
    }

    /// Whether a function may be inlined, if it is small enough.
    fn is_allowed(&self, function: &Function) -> bool {
        match function.linkage {
            Linkage::Private => true,
            Linkage::Live => {
                let count = self.count.get(&function.symbol);
                let is_few = count.is_some_and(|count| (1..=FEW).contains(count));
                is_few && function.abi == Abi::Rust && function.inline != Inline::Never
            }
        }
    }

    /// Whether a function is small with all that it calls. What leads back to itself is not, however often one goes
    /// around.
    fn is_small_in<'a>(
        &self,
        function: &'a Function,
        program: impl Fn(&str) -> Option<&'a Function>,
    ) -> bool {
        let (mut size, mut open) = (0, vec![function]);
        while let Some(function) = open.pop() {
            size += size_of(function);
            if size > SMALL || !self.is_allowed(function) {
                return false;
            }
            for callee in callees(function) {
                let Some(callee) = callee.and_then(&program) else { return false };
                open.push(callee);
            }
        }
        true
    }
}

/// The functions that a function calls, if they are known. The host's do not call back, and who panics is done.
fn callees(function: &Function) -> impl Iterator<Item = Option<&str>> {
    function.blocks.iter().filter_map(|block| match &block.end.0 {
        End::Call(call) if call.then.is_some() && call.abi == Abi::Rust => match &call.callee {
            Callee::Function(name) => Some(Some(name.as_str())),
            Callee::Pointer(_) => Some(None),
        },
        _ => None,
    })
}

/// Whether the host calls this to come to a live function. There is one for most of them, so that each edit would be one of
/// two functions, and the call that it makes is not one of many.
fn is_shim(function: &Function) -> bool {
    function.symbol.starts_with(PREFIX)
}

/// Whether `caller` may have `callee` inside, where that may be inlined.
pub(super) fn has_inside(caller: &Function, callee: &str) -> bool {
    !is_shim(caller)
        && caller.blocks.iter().any(|block| {
            called(&block.end.0).is_some_and(|(name, call)| name == callee && call.then.is_some())
        })
}

#[cfg(test)]
mod tests;
