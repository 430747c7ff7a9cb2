//! What should be live: the function modules that the shims of an object reach, and their order.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use segue_compiler::function_path;
use segue_loader::Split;

use crate::{functions::Functions, table::OwnedSlot};

/// What the shims that a compiler exports are called.
pub(crate) const SHIM: &str = "__segue_";

/// And those among them that stand for a function of the file.
pub(crate) const FUNCTION_SHIM: &str = "__segue_fn_";

/// A function that should be live: a module of an object.
#[derive(Clone)]
pub(crate) struct Wanted {
    pub(crate) symbol: Arc<str>,
    pub(crate) split: Arc<Split>,
    pub(crate) module: usize,
}

impl Wanted {
    pub(crate) fn module(&self) -> &segue_loader::FunctionModule {
        &self.split.modules()[self.module]
    }
}

/// The shims of a source, what its constructors call, and every live function that these reach. Of objects
/// that have the same function, the first one counts.
pub(crate) fn reachable(splits: &[Arc<Split>]) -> Vec<Wanted> {
    let count = splits.iter().map(|split| split.modules().len()).sum();
    let mut index: HashMap<&str, (usize, usize)> = HashMap::with_capacity(count);
    for (number, split) in splits.iter().enumerate() {
        for (at, module) in split.modules().iter().enumerate() {
            index.entry(&module.name).or_insert((number, at));
        }
    }
    let startup: Vec<String> = splits.iter().flat_map(|split| split.startup_calls()).collect();
    let shims = index.keys().copied().filter(|name| name.starts_with(SHIM));
    let mut open: Vec<&str> = shims.chain(startup.iter().map(String::as_str)).collect();
    let mut wanted = Vec::new();
    while let Some(name) = open.pop() {
        // What was taken is not found again.
        let Some((number, module)) = index.remove(name) else { continue };
        let split = &splits[number];
        wanted.push(Wanted { symbol: Arc::from(name), split: split.clone(), module });
        open.extend(split.modules()[module].calls.iter().map(String::as_str));
    }
    wanted.sort_by(|a, b| a.symbol.cmp(&b.symbol));
    wanted
}

/// Functions of one object, with their slots.
pub(crate) type Group = (Arc<Split>, Vec<(Wanted, Arc<OwnedSlot>)>);

/// Puts functions of the same object together.
pub(crate) fn by_split(wanted: Vec<(Wanted, Arc<OwnedSlot>)>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for each in wanted {
        match groups.iter_mut().find(|(split, _)| Arc::ptr_eq(split, &each.0.split)) {
            Some((_, group)) => group.push(each),
            None => groups.push((each.0.split.clone(), vec![each])),
        }
    }
    groups
}

/// The functions that are `due`, by symbol, in an order in which callees stand before their callers, cycles aside.
pub(crate) fn callees_first(functions: &Functions, mut due: Vec<Arc<str>>) -> Vec<Arc<str>> {
    // Most edits are of one function.
    if due.len() < 2 {
        return due;
    }
    enum Step<'a> {
        Enter(&'a Arc<str>),
        Leave(&'a Arc<str>),
    }
    due.sort();
    let mut seen: HashSet<&Arc<str>> = HashSet::new();
    let mut order = Vec::with_capacity(due.len());
    // What they reach is gone through, and nothing else.
    for root in &due {
        let mut open = vec![Step::Enter(root)];
        while let Some(step) = open.pop() {
            match step {
                Step::Leave(symbol) => {
                    order.extend(due.binary_search(symbol).is_ok().then(|| symbol.clone()));
                }
                Step::Enter(symbol) => {
                    if !seen.insert(symbol) {
                        continue;
                    }
                    open.push(Step::Leave(symbol));
                    for callee in functions[symbol].calls() {
                        if let Some((callee, _)) = functions.get_key_value(callee.as_str()) {
                            open.push(Step::Enter(callee));
                        }
                    }
                }
            }
        }
    }
    order
}

/// Symbols as people write them, without what Segue made itself.
pub(crate) fn readable(symbols: &[String]) -> Vec<String> {
    let mut names: Vec<String> = symbols
        .iter()
        .filter(|symbol| !symbol.starts_with(SHIM) || symbol.starts_with(FUNCTION_SHIM))
        .map(|symbol| function_path(symbol))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// What changed, for a report: where no function is among `symbols`, what a state's `Default` or
/// `Drop` was inlined into.
pub(crate) fn changed(symbols: &[String]) -> Vec<String> {
    let mut names = readable(symbols);
    if names.is_empty() {
        names.extend(symbols.iter().filter_map(|symbol| of_state(symbol)));
        names.sort();
    }
    names
}

/// `__segue_default_State` is `State::default`.
fn of_state(symbol: &str) -> Option<String> {
    let (what, state) = symbol.strip_prefix(SHIM)?.split_once('_')?;
    ["default", "drop"].contains(&what).then(|| format!("{state}::{what}"))
}
