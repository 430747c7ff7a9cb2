//! The part of a program that edits reach: what of it has other code than it had when the whole was last made.
//!
//! A function that has a slot is called through it, so other code in one is nobody else's business; it is made again
//! where what it consists of changed: itself, functions without slots that it leads to, constants. The part has these
//! functions, and all that they lead to up to the next slots, which it only declares.
//!
//! Small ones stand inside of their callers all the same (`small`). So who calls one that differs, or was small or is while it
//! is not or was not, is made again too; and of small ones that it calls the part knows more than how they are called.
//!
//! What nobody leads to any more stays in the program until the whole is made again. It becomes part of nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::known::{calls_of, referred};
use super::small::has_inside;
use super::{Address, Calls, Data, DataKind, Function, Linkage, Module};

/// What a module that is a part of a program has to know of the rest.
#[derive(Debug, Default)]
pub(crate) struct Outside {
    /// Live functions that the part calls. Those that are small are also among its functions, until they are inlined.
    pub(crate) declared: HashMap<String, Arc<Function>>,
    /// How the functions of the program call each other.
    pub(crate) calls: Arc<Calls>,
}

/// What of a program's functions and data is other than it was.
#[derive(Debug, Default)]
pub(crate) struct Change {
    pub(crate) functions: Vec<Arc<Function>>,
    pub(crate) data: Vec<Data>,
    /// Functions that may be gone: those that are not among the others are.
    pub(crate) forgotten: Vec<String>,
    /// All files, by number.
    pub(crate) files: Vec<String>,
}

/// A program, and how it differs from what was last made of it as a whole.
pub(crate) struct Differing {
    /// Whether a live function of this symbol has a slot. Some have names of their own, and none.
    has_slot: Box<dyn Fn(&str) -> bool + Send>,
    functions: HashMap<String, Arc<Function>>,
    data: HashMap<String, Data>,
    /// Who names a symbol. Some may have done so only once.
    named_by: HashMap<String, BTreeSet<String>>,
    calls: Arc<Calls>,
    /// Functions that are small and were not, or the other way.
    resized: HashSet<String>,
    /// What differs, with what it was; nothing where it was not.
    changed: BTreeMap<String, Option<Item>>,
}

#[derive(Clone, Debug, PartialEq)]
enum Item {
    Function(Arc<Function>),
    Data(Data),
}

/// More that differs is made as a whole again.
const MOST_CHANGED: usize = 64;

impl Differing {
    /// A program that was just made as a whole.
    pub(crate) fn of(
        module: &Module,
        has_slot: impl Fn(&str) -> bool + Send + 'static,
    ) -> Differing {
        let mut program = Differing {
            has_slot: Box::new(has_slot),
            functions: HashMap::new(),
            data: HashMap::new(),
            named_by: HashMap::new(),
            calls: super::calls(module),
            resized: HashSet::new(),
            changed: BTreeMap::new(),
        };
        module.functions.iter().for_each(|function| program.add_function(function.clone()));
        module.data.iter().for_each(|data| program.add_data(data.clone()));
        program
    }

    /// Takes in what an edit changes. Whether that is possible: where it is not, the program is not to be used any more.
    pub(crate) fn take(&mut self, change: &Change) -> bool {
        let mut forgotten: BTreeSet<&str> = change.forgotten.iter().map(String::as_str).collect();
        let mut touched = HashSet::new();
        for function in &change.functions {
            let old = self.functions.get(&function.symbol).cloned();
            let is_forgotten = forgotten.remove(function.symbol.as_str());
            if old.is_some() && !is_forgotten {
                return false;
            }
            // Functions that others see do not come and go.
            let is_seen = function.linkage == Linkage::Live;
            if old.as_ref().map_or(is_seen, |old| old.linkage != function.linkage) {
                return false;
            }
            if old.as_ref() != Some(function) {
                self.note(&function.symbol, old.clone().map(Item::Function));
                old.iter().for_each(|old| self.count(old, false, &mut touched));
                self.add_function(function.clone());
                self.count(function, true, &mut touched);
                self.settle(&function.symbol);
            }
        }
        for symbol in forgotten {
            let Some(old) = self.functions.remove(symbol) else { continue };
            if old.linkage == Linkage::Live {
                return false;
            }
            self.count(&old, false, &mut touched);
            self.note(symbol, Some(Item::Function(old)));
        }
        for data in &change.data {
            let old = self.data.get(&data.symbol);
            if old != Some(data) {
                self.note(&data.symbol, old.cloned().map(Item::Data));
                self.add_data(data.clone());
                self.settle(&data.symbol);
            }
        }
        self.judge(touched);
        self.changed.len() <= MOST_CHANGED
    }

    /// Finds out which live functions are small now. What that has a part in has changed, or is called otherwise than it was.
    fn judge(&mut self, touched: HashSet<String>) {
        let (mut open, mut seen) = (Vec::from_iter(touched), HashSet::new());
        let calls = Arc::make_mut(&mut self.calls);
        while let Some(symbol) = open.pop() {
            let function = self.functions.get(&symbol);
            let live = function.filter(|function| function.linkage == Linkage::Live);
            let look = |name: &str| self.functions.get(name).map(|function| &**function);
            let is_news = match live {
                Some(live) => calls.judge(live, look),
                None => seen.insert(symbol.clone()),
            };
            if !is_news {
                continue;
            }
            if live.is_some() && !self.resized.remove(&symbol) {
                self.resized.insert(symbol.clone());
            }
            open.extend(self.named_by.get(&symbol).into_iter().flatten().cloned());
        }
    }

    /// What differs from the whole; nothing where that is not to be told: a static's value has a part in it, or what is
    /// gone is named.
    pub(crate) fn part(&self, files: &[String]) -> Option<Module> {
        let roots = self.roots()?;
        let mut module = Module { files: files.to_vec(), ..Module::default() };
        let mut outside = Outside { calls: self.calls.clone(), ..Outside::default() };
        let (mut seen, mut open) = (HashSet::new(), Vec::from_iter(roots.iter().copied()));
        while let Some(symbol) = open.pop() {
            if !seen.insert(symbol) {
                continue;
            }
            if let Some(function) = self.functions.get(symbol) {
                if self.has_slot(function) && !roots.contains(symbol) {
                    outside.declared.insert(symbol.to_owned(), function.clone());
                    if !self.calls.is_small(symbol) {
                        continue;
                    }
                }
                module.functions.push(function.clone());
                let names = referred(function);
                if names.iter().any(|name| self.is_gone(name)) {
                    return None;
                }
                open.extend(names.iter().filter_map(|name| self.known(name)));
            } else if let Some(data) = self.data.get(symbol) {
                module.data.push(data.clone());
                open.extend(named_in(data).filter_map(|name| self.known(name)));
            }
        }
        module.functions.sort_by(|a, b| a.symbol.cmp(&b.symbol));
        module.data.sort_by(|a, b| a.symbol.cmp(&b.symbol));
        module.outside = Some(outside.into());
        Some(module)
    }

    /// The functions with slots that lead to what differs.
    fn roots(&self) -> Option<BTreeSet<&str>> {
        let (mut roots, mut seen) = (BTreeSet::new(), HashSet::new());
        // What is new is named by what changed.
        let changed = self.changed.iter().filter(|(_, was)| was.is_some());
        let mut open: Vec<&str> = changed.map(|(symbol, _)| symbol.as_str()).collect();
        open.extend(self.resized.iter().flat_map(|symbol| self.who_has_inside(symbol)));
        while let Some(symbol) = open.pop() {
            if !seen.insert(symbol) {
                continue;
            }
            match (self.functions.get_key_value(symbol), self.data.get(symbol)) {
                (Some((symbol, function)), _) if self.has_slot(function) => {
                    roots.insert(symbol.as_str());
                    open.extend(self.who_has_inside(symbol));
                }
                // It has its value already.
                (None, Some(data)) if data.kind != DataKind::Constant => return None,
                _ => {
                    open.extend(
                        self.named_by.get(symbol).into_iter().flatten().map(String::as_str),
                    );
                }
            }
        }
        Some(roots)
    }

    /// Who may have a live function inside, or may have had it when the whole was made and is what it was.
    fn who_has_inside(&self, symbol: &str) -> impl Iterator<Item = &str> {
        let is_small = self.calls.is_small(symbol) || self.resized.contains(symbol);
        let callers = self.named_by.get(symbol).filter(|_| is_small).into_iter().flatten();
        let has = move |name: &&String| {
            self.functions.get(*name).is_some_and(|caller| has_inside(caller, symbol))
        };
        callers.filter(has).map(String::as_str)
    }

    fn is_gone(&self, name: &str) -> bool {
        self.changed.contains_key(name)
            && !self.functions.contains_key(name)
            && !self.data.contains_key(name)
    }

    fn has_slot(&self, function: &Function) -> bool {
        function.linkage == Linkage::Live && (self.has_slot)(&function.symbol)
    }

    /// A name, for as long as the program.
    fn known(&self, name: &str) -> Option<&str> {
        let function = self.functions.get_key_value(name).map(|(name, _)| name.as_str());
        function.or_else(|| self.data.get_key_value(name).map(|(name, _)| name.as_str()))
    }

    /// Notes what something was, the first time that it differs.
    fn note(&mut self, symbol: &str, was: Option<Item>) {
        if !self.changed.contains_key(symbol) {
            self.changed.insert(symbol.to_owned(), was);
        }
    }

    /// What is as it was does not differ.
    fn settle(&mut self, symbol: &str) {
        let function = self.functions.get(symbol).cloned().map(Item::Function);
        let is = function.or_else(|| self.data.get(symbol).cloned().map(Item::Data));
        if self.changed.get(symbol) == Some(&is) {
            self.changed.remove(symbol);
        }
    }

    fn add_function(&mut self, function: Arc<Function>) {
        for name in referred(&function) {
            self.named_by.entry(name).or_default().insert(function.symbol.clone());
        }
        self.functions.insert(function.symbol.clone(), function);
    }

    fn add_data(&mut self, data: Data) {
        for name in named_in(&data) {
            self.named_by.entry(name.to_owned()).or_default().insert(data.symbol.clone());
        }
        self.data.insert(data.symbol.clone(), data);
    }

    /// Counts the calls of a function, or takes them back. What that may tell of who is small is noted.
    fn count(&mut self, function: &Function, is_there: bool, touched: &mut HashSet<String>) {
        Arc::make_mut(&mut self.calls).count(function, is_there);
        let is_live = |name: &&str| {
            self.functions.get(*name).is_some_and(|callee| callee.linkage == Linkage::Live)
        };
        touched.extend(calls_of(function).filter(is_live).map(str::to_owned));
        touched.insert(function.symbol.clone());
    }
}

fn named_in(data: &Data) -> impl Iterator<Item = &str> {
    data.addresses.iter().map(|(_, Address::Function(name) | Address::Data(name), _)| name.as_str())
}

#[cfg(test)]
mod tests;
