//! What is known of functions from earlier compiles: what inlining made of them, and their machine code.
//!
//! A function's *key* is a digest of all that decides both: its own MIR, what it calls and how that is called, the
//! keys of what may be inlined into it, and where the module's symbols are. Equal keys mean equal results, whatever
//! happened in between, so nothing is ever found out of date: a function that changed has another key, and so
//! have those that may inline it. What may lead back to itself by calls that may be inlined has none: what becomes
//! of it depends on where one begins.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::inline::called;
use super::{Address, Calls, DataKind, Function, LocalId, Module, Operand, visit};

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    all: u128,
    /// Of all but the function itself.
    around: u128,
}

impl Key {
    /// Whether nothing but the function itself differs.
    pub(crate) fn is_alike(self, other: Key) -> bool {
        self.around == other.around
    }
}

/// Rounds of a kind that something is kept for which nobody asks. Programs take turns.
const KEPT: u64 = 64;

/// What is compiled in a round. Parts ask for little: what wholes asked for stays for wholes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Round {
    Whole,
    Part,
}

/// Functions by their keys; `C` is what code is.
#[derive(Debug)]
pub(crate) struct Known<C> {
    functions: HashMap<Key, Entry<C>>,
    /// How many rounds there were, of either kind, and how many of wholes.
    rounds: u64,
    wholes: u64,
    now: Round,
}

#[derive(Debug)]
struct Entry<C> {
    function: Arc<Function>,
    code: Option<Arc<C>>,
    /// It is for one round: what inlining made of the function differs from what is here in floats.
    is_stand_in: bool,
    /// The last round that asked for it, and the last whole; 0 where there was none.
    asked: u64,
    of_whole: u64,
}

impl<C> Default for Known<C> {
    fn default() -> Known<C> {
        Known { functions: HashMap::new(), rounds: 0, wholes: 0, now: Round::Whole }
    }
}

impl<C> Known<C> {
    /// A compile begins: what has not been asked for in a long time goes.
    pub(crate) fn begin(&mut self, round: Round) {
        self.now = round;
        self.rounds += 1;
        self.wholes += u64::from(round == Round::Whole);
        let oldest = self.rounds.saturating_sub(KEPT);
        let oldest_whole = self.wholes.saturating_sub(KEPT).max(1);
        self.functions
            .retain(|_, it| !it.is_stand_in && (it.asked >= oldest || it.of_whole >= oldest_whole));
    }

    /// When somebody asks now.
    fn asked(&self) -> (u64, u64) {
        (self.rounds, if self.now == Round::Whole { self.wholes } else { 0 })
    }

    /// The function after inlining.
    pub(crate) fn function(&mut self, key: Key) -> Option<Arc<Function>> {
        let (asked, of_whole) = self.asked();
        let entry = self.functions.get_mut(&key)?;
        (entry.asked, entry.of_whole) = (asked, of_whole.max(entry.of_whole));
        Some(entry.function.clone())
    }

    pub(crate) fn add(&mut self, key: Key, function: Arc<Function>) {
        let (asked, of_whole) = self.asked();
        let entry = Entry { function, code: None, is_stand_in: false, asked, of_whole };
        self.functions.insert(key, entry);
    }

    /// Until the next round, a function that nobody has inside has this code; `function` is what it would be after inlining
    /// but for its floats.
    pub(crate) fn stand_in(&mut self, key: Key, function: Arc<Function>, code: Arc<C>) {
        let (asked, of_whole) = self.asked();
        let entry = Entry { function, code: Some(code), is_stand_in: true, asked, of_whole };
        self.functions.insert(key, entry);
    }

    pub(crate) fn has(&self, key: Key) -> bool {
        self.functions.contains_key(&key)
    }

    pub(crate) fn code(&self, key: Key) -> Option<Arc<C>> {
        self.functions.get(&key)?.code.clone()
    }

    pub(crate) fn add_code(&mut self, key: Key, code: Arc<C>) {
        if let Some(entry) = self.functions.get_mut(&key) {
            entry.code = Some(code);
        }
    }

    /// How many functions are known.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.functions.len()
    }
}

/// The key of every function of a module, in their order; `None` where there is none.
pub(crate) fn keys(module: &Module, calls: &Calls) -> Vec<Option<Key>> {
    let functions = module.functions.iter().enumerate();
    let by_name = functions.map(|(index, it)| (it.symbol.as_str(), index)).collect();
    let constants = module.data.iter().filter(|data| data.kind == DataKind::Constant);
    let near = constants.map(|data| (data.symbol.as_str(), ())).collect();
    let states = vec![State::Open; module.functions.len()];
    let mut keys = Keys { module, calls, by_name, near, states };
    (0..module.functions.len()).map(|index| keys.of(index)).collect()
}

/// What is to be digested, as bytes: what MIR consists of is small, and to digest each piece by itself takes longer.
struct Written(Vec<u8>);

impl Hasher for Written {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        xxh3_64(&self.0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    /// Its callees are being looked at.
    Begun,
    Done(Option<Key>),
}

struct Keys<'a> {
    module: &'a Module,
    calls: &'a Calls,
    by_name: HashMap<&'a str, usize>,
    /// The constants of the module: where they are is known to the code.
    near: HashMap<&'a str, ()>,
    states: Vec<State>,
}

impl Keys<'_> {
    /// A function's key, after those of its callees. The stack is a list of our own: user code may nest as deep
    /// as it likes.
    fn of(&mut self, first: usize) -> Option<Key> {
        let mut stack = vec![first];
        while let Some(index) = stack.pop() {
            match self.states[index] {
                State::Done(_) => {}
                State::Begun => self.states[index] = State::Done(self.digest(index)),
                State::Open => {
                    self.states[index] = State::Begun;
                    stack.push(index);
                    let callees = self.inlined(index);
                    stack.extend(callees.filter(|it| self.states[*it] == State::Open));
                }
            }
        }
        match self.states[first] {
            State::Done(key) => key,
            State::Open | State::Begun => None,
        }
    }

    /// The callees that may be inlined.
    fn inlined(&self, index: usize) -> impl Iterator<Item = usize> {
        let caller = &*self.module.functions[index];
        let callees = caller.blocks.iter().filter_map(|block| {
            let (name, call) = called(&block.end.0)?;
            let callee = *self.by_name.get(name)?;
            let may = self.calls.may_inline(caller, &self.module.functions[callee], call);
            may.then_some(callee)
        });
        callees.collect::<Vec<_>>().into_iter()
    }

    fn digest(&self, index: usize) -> Option<Key> {
        let function = &*self.module.functions[index];
        let mut hasher = Written(Vec::with_capacity(1 << 12));
        function.hash(&mut hasher);
        let own = hasher.0.len();
        self.module.files.hash(&mut hasher);
        for block in &function.blocks {
            if let Some((name, call)) = called(&block.end.0) {
                let callee = self.by_name.get(name).map(|index| &*self.module.functions[*index]);
                callee.or_else(|| self.declared(name)).map(called_as).hash(&mut hasher);
                self.calls.is_one(name).hash(&mut hasher);
                // What calls itself is not inlined into itself.
                let inlined = callee.filter(|_| self.by_name[name] != index);
                let inlined =
                    inlined.filter(|callee| self.calls.may_inline(function, callee, call));
                inlined.is_some().hash(&mut hasher);
                if inlined.is_some() {
                    let State::Done(Some(key)) = self.states[self.by_name[name]] else {
                        return None;
                    };
                    key.hash(&mut hasher);
                }
            }
        }
        each_address(function, &mut |address| self.place(address).hash(&mut hasher));
        Some(Key { all: xxh3_128(&hasher.0), around: xxh3_128(&hasher.0[own..]) })
    }

    /// A live function that is not in this part of the program.
    fn declared(&self, name: &str) -> Option<&Function> {
        self.module.outside.as_ref()?.declared.get(name).map(|function| &**function)
    }

    /// What code knows of where an address is.
    fn place(&self, address: &Address) -> (bool, bool) {
        let (Address::Function(name) | Address::Data(name)) = address;
        let function = self.by_name.get(name.as_str()).map(|it| self.module.functions[*it].linkage);
        (function == Some(super::Linkage::Private), self.near.contains_key(name.as_str()))
    }
}

/// What callers, and those who check them, know of a function.
fn called_as(function: &Function) -> impl Hash + use<'_> {
    let layout = |id: &LocalId| function.locals[id.0 as usize].layout;
    let parameters: Vec<_> = function.parameters.iter().map(layout).collect();
    (parameters, layout(&function.result), function.abi, function.linkage, function.inline)
}

/// Every address that a function names.
pub(super) fn each_address(function: &Function, note: &mut impl FnMut(&Address)) {
    let mut of_operand = |operand: &Operand| {
        if let Operand::Address(address, _) = operand {
            note(address);
        }
    };
    for block in &function.blocks {
        for (statement, _) in &block.statements {
            visit::each_operand(statement, &mut of_operand);
        }
        visit::each_operand_of_end(&block.end.0, &mut of_operand);
    }
}

/// The symbols that a function names.
pub(super) fn referred(function: &Function) -> Vec<String> {
    let mut names = Vec::new();
    each_address(function, &mut |address| {
        let (Address::Function(name) | Address::Data(name)) = address;
        names.push(name.clone());
    });
    names.extend(calls_of(function).map(str::to_owned));
    names
}

/// The functions that a function calls, each as often as it is.
pub(super) fn calls_of(function: &Function) -> impl Iterator<Item = &str> {
    function.blocks.iter().filter_map(|block| called(&block.end.0).map(|(name, _)| name))
}

#[cfg(test)]
mod tests;
