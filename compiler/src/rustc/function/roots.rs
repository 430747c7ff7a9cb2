//! What a program would be: the whole file compiled once more, with nothing exported but its roots.
//!
//! LLVM inlines a function of any size that is private and called in one place only. In the object of an
//! ordinary compile no function is private, since each is to be replaceable. So the optimised tier has a
//! second object. Only **roots** are exported there: shims of functions that no other function of the file calls. Whatever
//! the roots have not inlined is taken from the first object, and called through its slot as ever: of the second one, only
//! roots count, and functions that nobody calls by name (methods in tables).
//!
//! Both are compiled with the same flags, and no pass that would change how a function is called knows
//! whether it is private (`unit` names those that are off): the second object differs from the first one by
//! what is inlined, and in nothing else. What was put together is an ordinary compile to everything that comes after: an edit
//! takes whoever can reach the edited function from where nothing is inlined (`opaque`), the roots among them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::merge::Merge;
use super::part::Part;
use crate::error::{Error, ErrorKind};
use crate::rustc::{Manner, Rustc};
use crate::shim::{Exclusions, Origin};
use crate::source::{Cancel, Source};
use crate::states::Survey;
use crate::symbol::{FUNCTION, crate_name, function_path, is_live};
use crate::tree::Tree;

/// The object of an ordinary compile, which left out `excluded`, with roots as a program has them; nothing where
/// there is nothing to gain, or where it cannot be made.
///
/// # Errors
///
/// [`ErrorKind::Cancelled`] alone.
pub(super) fn compile(
    rustc: &Rustc,
    source: &Source,
    tree: &Tree,
    whole: &Arc<[u8]>,
    excluded: &Exclusions,
    cancel: &Cancel,
) -> Result<Option<Arc<[u8]>>, Error> {
    let crate_name = crate_name(&source.path);
    let is_known = |name: &str| is_live(name, &crate_name);
    let Ok(whole) = Part::with_names(whole.clone(), &is_known) else { return Ok(None) };
    let called = called(&whole, &crate_name);
    if called.is_empty() || !whole.is_plain() {
        return Ok(None);
    }
    let excluded = &without_shims_of(&called, tree, excluded);
    let roots = match rustc.compile_tree(source, tree, &Manner::Roots { excluded }, cancel) {
        Ok((compiled, _)) => Part::with_names(compiled.object, &is_known),
        Err(error) if matches!(error.kind(), ErrorKind::Cancelled) => return Err(error),
        Err(_) => return Ok(None),
    };
    let Ok(roots) = roots else { return Ok(None) };
    Ok(put_together(&whole, &roots, &called, &crate_name).ok().map(Arc::from))
}

/// Functions that the code of another one calls, and that are not roots for that. The shim of a function does not count.
/// Of functions that call each other in a circle, and that nobody else calls, each is a root.
fn called<'a>(part: &'a Part, crate_name: &str) -> HashSet<&'a str> {
    let mut callees: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut called: HashSet<&str> = HashSet::new();
    for (caller, edges) in part.all_edges().filter(|(name, _)| is_function(part, name)) {
        let own = caller.strip_prefix(FUNCTION);
        let is_callee = |callee: &&str| {
            is_function(part, callee)
                && is_live(callee, crate_name)
                && own.is_none_or(|own| function_path(callee) != own)
        };
        let all: Vec<&str> = edges.by_code.iter().map(String::as_str).filter(is_callee).collect();
        called.extend(&all);
        callees.insert(caller, all);
    }
    let mut open: Vec<&str> =
        callees.keys().copied().filter(|name| !called.contains(name)).collect();
    let mut found = HashSet::new();
    while let Some(caller) = open.pop() {
        let callees = callees.get(caller).into_iter().flatten().copied();
        open.extend(callees.filter(|callee| found.insert(*callee)));
    }
    found
}

/// Leaves out the shims of called functions: with it such a function would have two callers.
fn without_shims_of(called: &HashSet<&str>, tree: &Tree, excluded: &Exclusions) -> Exclusions {
    let paths: HashSet<String> = called.iter().map(|name| function_path(name)).collect();
    let mut excluded = excluded.clone();
    for (number, function) in Survey::of(tree).functions.iter().enumerate() {
        if paths.contains(&function.path) {
            let why = "another function calls it".to_owned();
            excluded.entry(Origin::Function(number)).or_insert(why);
        }
    }
    excluded
}

fn is_function(part: &Part, name: &str) -> bool {
    part.named.get(name).is_some_and(|at| part.symbols[*at].is_function())
}

fn put_together(
    whole: &Part,
    roots: &Part,
    called: &HashSet<&str>,
    crate_name: &str,
) -> Result<Vec<u8>, String> {
    let is_root = |name: &str| {
        is_function(roots, name) && is_live(name, crate_name) && !called.contains(name)
    };
    let choose = |name: &str| match (whole.named.contains_key(name), is_root(name)) {
        (_, true) => Some(1),
        (true, false) => Some(0),
        (false, false) => roots.named.contains_key(name).then_some(1),
    };
    let merge = Merge {
        parts: &[whole, roots],
        roots: None,
        choose: &choose,
        amend: &|_, _, _| {},
        is_newest: &|_, _, _| false,
        crate_name,
    };
    merge.write()
}

#[cfg(test)]
mod tests;
